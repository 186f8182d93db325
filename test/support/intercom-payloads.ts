import { createHmac } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../payloads/intercom/', import.meta.url));

/** The bodies as Intercom posts them, by the name of their file. */
export const PAYLOADS: Record<string, string> = Object.fromEntries(
  globSync('*.json', { cwd: FOLDER })
    .sort()
    .map((file) => [basename(file, '.json'), readFileSync(`${FOLDER}${file}`, 'utf8')]),
);

export function payload(name: string): string {
  const body = PAYLOADS[name];
  if (body === undefined) throw new Error(`There is no payload ${name}.`);
  return body;
}

/** The headers with which Intercom posts a body. */
export function signed(body: string | Buffer, clientSecret: string): Record<string, string> {
  const mac = createHmac('sha1', clientSecret).update(body).digest('hex');
  return { 'content-type': 'application/json', 'x-hub-signature': `sha1=${mac}` };
}
