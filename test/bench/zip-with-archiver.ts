import { createHash } from 'node:crypto';
import { createWriteStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import { sayMeasured } from './measure.ts';

/** archiver as it is commonly used: `file()`, stored, its output hashed on the way to the disk. A small one comes first. */
const [source = '', target = ''] = process.argv.slice(2);
const names = readdirSync(source);
await writeZip(names.slice(0, 50));
const startedAt = performance.now();
await writeZip(names);
sayMeasured(startedAt);

async function writeZip(files: string[]): Promise<void> {
  const archive = new ZipArchive({ store: true });
  const hash = createHash('sha256');
  const hashing = new PassThrough({ highWaterMark: 1024 * 1024 });
  hashing.on('data', (chunk) => hash.update(chunk));
  for (const name of files) archive.file(join(source, name), { name });
  const written = pipeline(archive, hashing, createWriteStream(join(target, 'zip.zip')));
  await archive.finalize();
  await written;
  hash.digest('hex');
}
