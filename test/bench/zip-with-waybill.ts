import { readdir } from 'node:fs/promises';
import { createFileOpener } from '../../src/adapters/ats/files.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import type { PartFile } from '../../src/ports/part-writer.ts';
import { sayMeasured } from './measure.ts';

/**
 * The part writer into the folder store, files opened as those of an ATS are; with a count, some go in again and
 * again. A small part comes first, since the threads of a running bot are running too.
 */
const [source = '', target = '', count = ''] = process.argv.slice(2);
const store = createFolderExportStore({ root: target });
const openPart = createZipParts({ spoolFolder: target });
const names = await readdir(source);
await writePart('e0/first.zip', 50);
await store.remove('e0/');
const startedAt = performance.now();
await writePart('e1/part.zip', Number(count) || names.length);
sayMeasured(startedAt);

async function writePart(name: string, files: number): Promise<void> {
  const blob = await store.create(name, { contentType: 'application/zip' });
  const part = openPart(blob, { signal: new AbortController().signal });
  for await (const added of part.addFiles(listed(files))) {
    if (added.missing) throw new Error(`${added.file.path} is ${added.missing}.`);
  }
  const { sizeBytes, sha256 } = await part.finish();
  await blob.commit({ sizeBytes, sha256 });
  await part.close();
}

async function* listed(files: number): AsyncIterable<PartFile> {
  const open = createFileOpener(source);
  for (let n = 0; n < files; n++) {
    const name = names[n % names.length] ?? '';
    const modifiedAt = '2026-01-01T00:00:00Z';
    yield { path: `${n}/${name}`, modifiedAt, compress: false, open: () => open('acme', name) };
  }
}
