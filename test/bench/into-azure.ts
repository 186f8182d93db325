import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { BlobServiceClient } from '@azure/storage-blob';
import { createAzureExportStore } from '../../src/adapters/azure/export-store.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import { filesIn } from './files-in.ts';
import { sayMeasured } from './measure.ts';

/** One way of getting bytes into Azure: `sdk` and `file` take a ready file, `part` a folder that is made a ZIP. */
const [way = '', connectionString = '', source = '', checked = ''] = process.argv.slice(2);
const checkBlocks = checked === 'checked';
const container = 'bench';
const CHUNK_BYTES = 4 * 1024 * 1024;
const ZIP = { contentType: 'application/zip' };

const ways: Record<string, () => Promise<void>> = {
  /** The SDK's own uploadFile, with nothing set. */
  async sdk() {
    const service = BlobServiceClient.fromConnectionString(connectionString);
    const client = service.getContainerClient(container);
    await client.createIfNotExists();
    await client.getBlockBlobClient('ready.zip').uploadFile(source);
  },

  /** Our store, fed with the same ready file; it makes MD5 and SHA-256. */
  async file() {
    const store = await createAzureExportStore({ connectionString, container, checkBlocks });
    const blob = await store.create('e1/ready.zip', ZIP);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of createReadStream(source, { highWaterMark: CHUNK_BYTES })) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      await blob.write(chunk);
    }
    await blob.commit({ sizeBytes, sha256: hash.digest('hex') });
  },

  /** Everything: read, zip, hash, upload. */
  async part() {
    const store = await createAzureExportStore({ connectionString, container, checkBlocks });
    const blob = await store.create('e1/part.zip', ZIP);
    const { signal } = new AbortController();
    const part = createZipParts({ spoolFolder: tmpdir() })(blob, { signal });
    try {
      for await (const _ of part.addFiles(filesIn(source))) {
        // Only the bytes count here.
      }
      await blob.commit(await part.finish());
    } finally {
      await part.close();
    }
  },
};

const startedAt = performance.now();
await ways[way]?.();
sayMeasured(startedAt);
