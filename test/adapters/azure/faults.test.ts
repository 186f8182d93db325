import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AzureConfig } from '../../../src/adapters/azure/account.ts';
import { createAzureExportStore } from '../../../src/adapters/azure/export-store.ts';
import {
  AZURITE_ACCOUNT,
  type Azurite,
  connectionString,
  hasAzurite,
  startAzurite,
} from '../../support/azurite.ts';
import { type Fault, type SeenRequest, startFaultProxy } from '../../support/fault-proxy.ts';
import { sha256 } from '../../support/zips.ts';

const ZIP = { contentType: 'application/zip' };
const CHUNK_BYTES = 4 * 1024 * 1024;

describe.skipIf(!hasAzurite)('Azure with trouble', () => {
  let azurite: Azurite;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>> | null = null;
  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterEach(async () => {
    await proxy?.close();
    proxy = null;
  });
  afterAll(() => azurite.close());

  const openBehind = async (fault: (request: SeenRequest) => Fault) => {
    proxy = await startFaultProxy(azurite.url, fault);
    const store = await createAzureExportStore({
      connectionString: connectionString(proxy.url),
      container: 'trouble',
    });
    return { store, hits: proxy.hits, most: proxy.most };
  };
  const upload = async (
    { store }: Awaited<ReturnType<typeof openBehind>>,
    name: string,
    bytes: Buffer,
  ) => {
    const blob = await store.create(name, ZIP);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const count = bytes.copy(chunk, 0, at);
      await blob.write(chunk.subarray(0, count));
    }
    const sum = { sizeBytes: bytes.length, sha256: sha256(bytes) };
    await blob.commit(sum);
    expect(await store.stat(name)).toEqual(sum);
  };
  const isBlock = ({ url }: SeenRequest) => url.includes('comp=block&');
  const isCommit = ({ url }: SeenRequest) =>
    url.includes('comp=blocklist') && !url.includes('type');

  test('that answers 503 to every fifth request takes 100 MB right', async () => {
    const bytes = randomBytes(100_000_000);
    const opened = await openBehind(({ count }) => (count % 5 === 0 ? 'busy' : null));
    await upload(opened, 'e1/a.zip', bytes);
    expect(opened.hits.busy).toBeGreaterThan(3);
    expect(sha256(await buffer(await opened.store.read('e1/a.zip')))).toBe(sha256(bytes));
  });

  test('that cuts lines, loses answers and is slow takes a blob right', async () => {
    const bytes = randomBytes(50_000_000);
    const faults: Fault[] = ['cut', null, 'slow', 'lose', null, null];
    const opened = await openBehind((seen) =>
      isBlock(seen) ? (faults[seen.count % faults.length] ?? null) : null,
    );
    await upload(opened, 'e2/a.zip', bytes);
    expect(Object.keys(opened.hits).sort()).toEqual(['cut', 'lose', 'slow']);
    expect(sha256(await buffer(await opened.store.read('e2/a.zip')))).toBe(sha256(bytes));
  });

  test('that is slow slows whoever writes: four blocks are on their way, and no more', async () => {
    const opened = await openBehind((seen) => (isBlock(seen) ? 'slow' : null));
    const blob = await opened.store.create('e5/a.zip', ZIP);
    const chunk = Buffer.alloc(8 * 1024 * 1024);
    const startedAt = performance.now();
    for (let n = 0; n < 13; n++) await blob.write(chunk);
    // Thirteen blocks, four at a time: the last one was taken when eight were answered.
    expect(performance.now() - startedAt).toBeGreaterThan(2 * 150);
    expect(opened.most()).toBe(4);
    await blob.abort();
    expect(await opened.store.list('e5/')).toEqual([]);
  });

  test('whose answer to a commit is lost has the blob, and nobody complains', async () => {
    let lost = false;
    const opened = await openBehind((seen) => {
      if (lost || seen.method !== 'PUT' || !isCommit(seen)) return null;
      lost = true;
      return 'lose';
    });
    await upload(opened, 'e3/a.zip', randomBytes(9_000_000));
    expect(opened.hits).toEqual({ lose: 1 });
  });

  test('that breaks off a download is read on where it broke', async () => {
    const bytes = randomBytes(3_000_000);
    let torn = 0;
    const opened = await openBehind(({ method, url }) =>
      method === 'GET' && !url.includes('comp=') && torn++ < 2 ? 'tear' : null,
    );
    await opened.store.put('e4/a.zip', ZIP, bytes);
    expect(sha256(await buffer(await opened.store.read('e4/a.zip')))).toBe(sha256(bytes));
    expect(opened.hits).toEqual({ tear: 2 });
  });

  test.each<[string, () => AzureConfig, RegExp]>([
    [
      'a wrong key',
      () => ({
        connectionString: connectionString(azurite.url, Buffer.alloc(64).toString('base64')),
        container: 'trouble',
      }),
      /refuses us .*AZURE_STORAGE_CONNECTION_STRING/,
    ],
    [
      'nobody who listens',
      () => ({ connectionString: connectionString('http://127.0.0.1:1'), container: 'trouble' }),
      /cannot be reached \(ECONNREFUSED\)/,
    ],
    [
      'an account that does not exist',
      () => ({
        connectionString:
          'DefaultEndpointsProtocol=https;AccountName=nobody;AccountKey=AAAA;BlobEndpoint=https://nobody.blob.invalid',
        container: 'trouble',
      }),
      /no storage account "nobody"/,
    ],
  ])('%s is said in one sentence', async (_, config, words) => {
    const store = await createAzureExportStore(config());
    await expect(store.create('e1/a.zip', ZIP)).rejects.toMatchObject({
      reason: 'store_unwritable',
      message: expect.stringMatching(words),
    });
  });

  test.each<[string, AzureConfig, RegExp]>([
    [
      'a connection string that is none',
      { connectionString: 'AccountKey=secret', container: 'trouble' },
      /^AZURE_STORAGE_CONNECTION_STRING cannot be read; copy it whole/,
    ],
    [
      'a container name that Azure does not take',
      { connectionString: connectionString('http://127.0.0.1:1'), container: 'My Exports' },
      /AZURE_CONTAINER/,
    ],
    [
      'an account name that cannot be',
      { account: 'https://x', container: 'trouble' },
      /AZURE_STORAGE_ACCOUNT/,
    ],
  ])('%s is refused at once', async (_, config, words) => {
    await expect(createAzureExportStore(config)).rejects.toThrow(words);
  });

  test('a failure shows neither key nor signature, however it is printed', async () => {
    const key = Buffer.alloc(64, 7).toString('base64');
    const store = await createAzureExportStore({
      connectionString: connectionString(azurite.url, key),
      container: 'trouble',
    });
    const error: unknown = await store.create('e1/a.zip', ZIP).catch((failed: unknown) => failed);
    const { inspect } = await import('node:util');
    const cause = error instanceof Error ? error.cause : null;
    const shown = [inspect(error, { depth: 9 }), JSON.stringify(cause), String(cause)].join();
    expect(shown).toContain(AZURITE_ACCOUNT);
    expect(shown).not.toContain(key);
    expect(shown).not.toMatch(/SharedKey \w+:[\w+/]{20}/);
  });
});
