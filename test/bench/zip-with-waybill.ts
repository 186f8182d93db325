import { readdir } from 'node:fs/promises';
import { createFileOpener } from '../../src/adapters/ats/files.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import type { PartFile } from '../../src/ports/part-writer.ts';
import { sayMeasured } from './measure.ts';

/** The part writer into the folder store, files opened as those of an ATS are; with a count, some go in again and again. */
const [source = '', target = '', count = ''] = process.argv.slice(2);
const startedAt = performance.now();
const store = createFolderExportStore({ root: target });
const blob = await store.create('e1/part.zip', { contentType: 'application/zip' });
const signal = new AbortController().signal;
const part = createZipParts({ spoolFolder: target })(blob, { signal });
for await (const added of part.addFiles(files())) {
  if (added.missing) throw new Error(`${added.file.path} is ${added.missing}.`);
}
const { sizeBytes, sha256 } = await part.finish();
await blob.commit({ sizeBytes, sha256 });
await part.close();
sayMeasured(startedAt);

async function* files(): AsyncIterable<PartFile> {
  const open = createFileOpener(source);
  const names = await readdir(source);
  for (let n = 0; n < (Number(count) || names.length); n++) {
    const name = names[n % names.length] ?? '';
    const modifiedAt = '2026-01-01T00:00:00Z';
    yield { path: `${n}/${name}`, modifiedAt, compress: false, open: () => open('acme', name) };
  }
}
