import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Intercom's own description of its API, where it is at hand: it is not part of this project. */
const DESCRIPTION = fileURLToPath(
  new URL('../../../shared/data/intercom-2.14.yaml', import.meta.url),
);
export const hasDescription = existsSync(DESCRIPTION);
if (!hasDescription) {
  console.warn(
    "Intercom's description of its API is not here: what the bot sends is not held against it.",
  );
}

export type Prism = { url: string; close(): Promise<void> };

/** Prism with Intercom's description: it refuses what Intercom would not understand. null without the description. */
export async function startPrism(): Promise<Prism | null> {
  if (!hasDescription) return null;
  const [{ getHttpOperationsFromSpec }, { createServer }] = await Promise.all([
    import('@stoplight/prism-http'),
    import('@stoplight/prism-http-server'),
  ]);
  const file = correctedDescription();
  const server = createServer(await getHttpOperationsFromSpec(file), {
    components: { logger: SILENT as never },
    config: {
      mock: { dynamic: false },
      validateRequest: true,
      validateResponse: false,
      checkSecurity: true,
      errors: false,
      isProxy: false,
      upstreamProxy: undefined,
    },
    cors: false,
  });
  rmSync(dirname(file), { recursive: true });
  return { url: await server.listen(0, '127.0.0.1'), close: () => server.close() };
}

/**
 * The description asks for the id of whoever begins a conversation to be a UUID of 24 characters, which there is none
 * of; Intercom's own examples are 24 hexadecimal digits.
 * @returns the path of a copy without that
 */
function correctedDescription(): string {
  const text = readFileSync(DESCRIPTION, 'utf8');
  const file = join(mkdtempSync(join(tmpdir(), 'waybill-intercom-api-')), 'api.yaml');
  const wrong = /(\n {4}create_conversation_request:\n[\s\S]*?)\n +format: uuid(\n +minLength: 24)/;
  writeFileSync(file, text.replace(wrong, '$1$2'));
  return file;
}

const nothing = () => undefined;
const SILENT = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  success: nothing,
  start: nothing,
  child: () => SILENT,
};
