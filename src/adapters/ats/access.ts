import { z } from 'zod';
import type { AccessInForce, PlatformAccess } from '../../ports/platform-access.ts';
import { openStatements } from './access-statements.ts';
import type { Parameters } from './database.ts';
import { readSourceFile, type SourceDescription } from './source-file.ts';
import { messageOf, SourceProblem } from './source-problem.ts';
import type { SecretOf } from './source-secrets.ts';

const Row = z.object({
  id: z.coerce.string(),
  account_id: z.coerce.string(),
  email: z.string(),
  until: z.union([z.string(), z.date()]).transform((at) => new Date(at)),
});

/**
 * Temporary access by the SQL of a source file: the statements `access.grant`, `access.revoke` and `access.list`, on the
 * database of the source or on one of its own, for which another user may have the right to write.
 * @returns null when the source file has none
 * @throws SourceProblem
 */
export function openSqlAccess(file: string, secretOf?: SecretOf): PlatformAccess | null {
  const description = readSourceFile(file, secretOf);
  const { access } = description;
  return access ? createSqlAccess(file, access) : null;
}

function createSqlAccess(
  file: string,
  access: NonNullable<SourceDescription['access']>,
): PlatformAccess {
  const statements = openStatements(access.database);

  async function saying<T>(name: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (cause) {
      throw new SourceProblem(`${file}: access.${name} failed: ${messageOf(cause)}.`, { cause });
    }
  }

  return {
    grant: ({ id, accountId, email, until, reason }) =>
      saying('grant', async () => {
        const places = { ...placesOf({ id, accountId, email }), ...momentsOf(until), reason };
        await statements.run(access.grant, places);
      }),

    revoke: (one) => saying('revoke', () => statements.run(access.revoke, placesOf(one))),

    list: () =>
      saying('list', async () => {
        const rows = z.array(Row).parse(await statements.rows(access.list));
        return rows.map(
          ({ id, account_id: accountId, email, until }): AccessInForce => ({
            id,
            accountId,
            email,
            until,
          }),
        );
      }),

    close: async () => undefined,
  };
}

function placesOf({ id, accountId, email }: { id: string; accountId: string; email: string }) {
  return { id, account: accountId, email } satisfies Parameters;
}

/** `:until` in ISO 8601; `:until_utc` as MySQL wants it. */
function momentsOf(until: Date): Parameters {
  const iso = until.toISOString();
  return { until: iso, until_utc: iso.slice(0, 19).replace('T', ' ') };
}
