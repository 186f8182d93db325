import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAzureExportStore } from '../../../src/adapters/azure/export-store.ts';
import { inspectZip } from '../../../src/adapters/zip/inspect.ts';
import { partBlob } from '../../../src/domain/plan.ts';
import { type Azurite, connectionString, hasAzurite, startAzurite } from '../../support/azurite.ts';
import { type Fault, startFaultProxy } from '../../support/fault-proxy.ts';
import { build } from '../../support/pipeline.ts';
import { sampleSource } from '../../support/sample.ts';
import { sha256 } from '../../support/zips.ts';

const PART_BYTES = 300_000;

describe.skipIf(!hasAzurite)('an export into Azure', () => {
  let azurite: Azurite;
  let root: string;
  beforeAll(async () => {
    azurite = await startAzurite();
    root = await mkdtemp(join(tmpdir(), 'waybill-azure-'));
  });
  afterAll(async () => {
    await azurite.close();
    await rm(root, { recursive: true, force: true });
  });

  test('with trouble on the way has the bytes of the same export into a folder', async () => {
    const faults: Fault[] = ['busy', null, null, 'lose', null, 'cut', null];
    const proxy = await startFaultProxy(azurite.url, ({ count }) => faults[count % 7] ?? null);
    try {
      const { source } = await sampleSource();
      const inFolder = await build(root, source, { partSizeBytes: PART_BYTES });
      const store = await createAzureExportStore({
        connectionString: connectionString(proxy.url),
        container: 'pipeline',
      });
      const built = await build(root, source, { partSizeBytes: PART_BYTES }, { store });
      expect(built.files).toEqual(inFolder.files);
      expect(built.receipts.length).toBeGreaterThan(2);
      for (const { name } of built.files) {
        const blob = partBlob('e1', name);
        const url = (await store.temporaryUrl(blob, basename(name), 10)) ?? '';
        // A reader comes to Azure itself.
        const answer = await fetch(url.replace(proxy.url, azurite.url));
        const bytes = Buffer.from(await answer.arrayBuffer());
        expect(sha256(bytes)).toBe(sha256(await readFile(join(root, 'e1', name))));
        if (!name.endsWith('.zip')) continue;
        await writeFile(join(root, 'downloaded.zip'), bytes);
        expect((await inspectZip(join(root, 'downloaded.zip'))).problems).toEqual([]);
      }
      expect(Object.keys(proxy.hits).sort()).toEqual(['busy', 'cut', 'lose']);
    } finally {
      await proxy.close();
    }
  });
});
