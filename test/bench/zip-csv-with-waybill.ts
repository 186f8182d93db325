import { createReadStream } from 'node:fs';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import { sayMeasured } from './measure.ts';

/** A CSV into a part in the folder store, in pieces as the pipeline makes them. */
const [csv = '', target = ''] = process.argv.slice(2);
const startedAt = performance.now();
const store = createFolderExportStore({ root: target });
const blob = await store.create('e1/part.zip', { contentType: 'application/zip' });
const part = createZipParts({ spoolFolder: target })(blob, {
  signal: new AbortController().signal,
});
await part.addText(
  { path: 'Data Files/Audit_Logs.csv', modifiedAt: '2026-01-01T00:00:00Z' },
  createReadStream(csv, { highWaterMark: 128 * 1024 }),
);
const { sizeBytes, sha256 } = await part.finish();
await blob.commit({ sizeBytes, sha256 });
await part.close();
sayMeasured(startedAt);
