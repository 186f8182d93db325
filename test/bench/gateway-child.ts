import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { registerGateway } from '../../src/adapters/web/gateway.ts';
import { createServer } from '../../src/adapters/web/server.ts';
import { bytesOf, deliverExport, EXPORT_ID, openWorld } from '../support/delivered.ts';

/** The gateway in a process of its own, over large files in a folder: `node gateway-child.ts FILES MEGABYTES`. */
const [files = 4, megabytes = 64] = process.argv.slice(2).map(Number);
const MEGABYTE = 1_000_000;
const names = Array.from({ length: files }, (_, n) => `part-${n}.zip`);

const world = await openWorld();
const { ticket, links } = await deliverExport(
  world,
  names.map((name) => ({ name, bytes: bytesOf(10) })),
);
const folder = join(world.folder, EXPORT_ID);
mkdirSync(folder, { recursive: true });
const block = randomBytes(MEGABYTE);
for (const name of names) {
  writeFileSync(join(folder, name), '');
  for (let n = 0; n < megabytes; n++) writeFileSync(join(folder, name), block, { flag: 'a' });
}
const large = links.map(({ file }) => ({ ...file, sizeBytes: megabytes * MEGABYTE }));
world.links.ensure(ticket.number, EXPORT_ID, large);

const app = await createServer(world.log);
registerGateway(app, world);
await app.listen({ port: 0, host: '127.0.0.1' });
const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const urls = links.map(({ id, version }) => `${base}/d/${world.tokens.link(id, version)}`);
console.log(JSON.stringify({ folder, names, urls }));

process.on('SIGTERM', async () => {
  await app.close();
  await world.close();
});
