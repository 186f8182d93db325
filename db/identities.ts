import { and, count, desc, eq, gte, sql } from 'drizzle-orm';
import type { Identities } from '../src/ports/identity.ts';
import type { Db } from './open.ts';
import { identities, identityCodes, identityProofs } from './schema-people.ts';

/** Who people of chat services are. */
export function createIdentities(db: Db): Identities {
  return {
    find: (who) => db.select().from(identities).where(eq(identities.who, who)).get() ?? null,

    withEmail: (prefix, email) =>
      db
        .select()
        .from(identities)
        .where(
          and(
            eq(identities.email, email.toLowerCase()),
            sql`substr(${identities.who}, 1, ${prefix.length}) = ${prefix}`,
          ),
        )
        .orderBy(desc(identities.provenAt))
        .all(),

    remember: (identity) =>
      db.transaction(() => {
        const row = { ...identity, email: identity.email.toLowerCase() };
        db.insert(identities)
          .values(row)
          .onConflictDoUpdate({ target: identities.who, set: row })
          .run();
        db.delete(identityProofs).where(eq(identityProofs.who, identity.who)).run();
      }),

    proof: (who) => {
      const row = db.select().from(identityProofs).where(eq(identityProofs.who, who)).get();
      if (!row) return null;
      if (!row.code) return { ...row, code: null };
      const { sentAtMs, ...code } = row.code;
      return { ...row, code: { ...code, sentAt: new Date(sentAtMs) } };
    },

    asksIn: (thread) =>
      db
        .select({ who: identityProofs.who })
        .from(identityProofs)
        .where(eq(identityProofs.thread, thread))
        .limit(1)
        .get() !== undefined,

    keepProof: ({ who, thread, request, code }) => {
      const stored = code && {
        email: code.email,
        hash: code.hash,
        tries: code.tries,
        sentAtMs: code.sentAt.getTime(),
      };
      const row = { who, thread, request, code: stored };
      db.insert(identityProofs)
        .values(row)
        .onConflictDoUpdate({ target: identityProofs.who, set: row })
        .run();
    },

    countCode: (who, email, at, since) =>
      db.transaction(() => {
        db.insert(identityCodes).values({ who, email: email.toLowerCase(), at }).run();
        const of = (condition: ReturnType<typeof eq>) =>
          db
            .select({ n: count() })
            .from(identityCodes)
            .where(and(condition, gte(identityCodes.at, since)))
            .get()?.n ?? 0;
        return {
          ofPerson: of(eq(identityCodes.who, who)),
          ofEmail: of(eq(identityCodes.email, email.toLowerCase())),
        };
      }),
  };
}
