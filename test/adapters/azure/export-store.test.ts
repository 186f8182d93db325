import { randomBytes } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAzureExportStore } from '../../../src/adapters/azure/export-store.ts';
import { listBlobs } from '../../../src/adapters/azure/list.ts';
import type { ExportStore } from '../../../src/ports/export-store.ts';
import { exportStoreContract } from '../../contracts/export-store.ts';
import { type Azurite, connectionString, hasAzurite, startAzurite } from '../../support/azurite.ts';
import { sha256 } from '../../support/zips.ts';

const ZIP = { contentType: 'application/zip' };

describe.skipIf(!hasAzurite)('Azure', () => {
  let azurite: Azurite;
  let service: BlobServiceClient;
  beforeAll(async () => {
    azurite = await startAzurite();
    service = BlobServiceClient.fromConnectionString(connectionString(azurite.url));
  });
  afterAll(() => azurite.close());

  const open = (container: string, layout: 'one' | 'per-export' = 'one') =>
    createAzureExportStore({
      connectionString: connectionString(azurite.url),
      container,
      layout,
    });
  const close = async () => {};

  exportStoreContract('a container', async () => ({ store: await open('contract'), close }));

  exportStoreContract('a container for each export', async () => ({
    store: await open('each', 'per-export'),
    close,
  }));

  describe('a container', () => {
    let store: ExportStore;
    beforeAll(async () => {
      store = await open('own');
    });
    const sumOf = (bytes: Buffer) => ({ sizeBytes: bytes.length, sha256: sha256(bytes) });
    const blobOf = (name: string) => service.getContainerClient('own').getBlockBlobClient(name);
    const staged = async (name: string) =>
      (await blobOf(name).getBlockList('uncommitted')).uncommittedBlocks?.length ?? 0;
    const everything = () => listBlobs(service.getContainerClient('own'), '', { unfinished: true });
    const filled = async (name: string, bytes: Buffer) => {
      const blob = await store.create(name, ZIP);
      await blob.write(bytes);
      return blob;
    };

    test('is private, and a blob in it has type, file name and hash', async () => {
      const bytes = randomBytes(20_000_000);
      const blob = await filled('e1/Acme part 1.zip', bytes);
      await blob.commit(sumOf(bytes));
      const found = await blobOf('e1/Acme part 1.zip').getProperties();
      expect(found).toMatchObject({
        contentType: 'application/zip',
        contentLength: bytes.length,
        metadata: { sha256: sha256(bytes) },
      });
      expect(found.contentDisposition).toContain('filename="Acme part 1.zip"');
      const { blobPublicAccess } = await service.getContainerClient('own').getProperties();
      expect(blobPublicAccess).toBeUndefined();
      expect((await fetch(blobOf('e1/Acme part 1.zip').url)).ok).toBe(false);
      await store.remove('e1/');
    });

    test('an aborted blob leaves no block behind, and neither does a refused one', async () => {
      const aborted = await filled('e2/a.zip', randomBytes(9_000_000));
      await aborted.abort();
      await aborted.abort();
      const refused = await filled('e2/b.zip', Buffer.from('four'));
      await expect(refused.commit(sumOf(Buffer.from('five')))).rejects.toThrow();
      expect(await everything()).toEqual([]);
    });

    test('a second writer writes beside, and nothing of it stays', async () => {
      const bytes = [randomBytes(9_000_000), randomBytes(9_000_000)] as const;
      const first = await filled('e3/a.zip', bytes[0]);
      const second = await filled('e3/a.zip', bytes[1]);
      await first.commit(sumOf(bytes[0]));
      expect(await store.stat('e3/a.zip')).toEqual(sumOf(bytes[0]));
      await second.commit(sumOf(bytes[1]));
      expect(await store.stat('e3/a.zip')).toEqual(sumOf(bytes[1]));
      expect((await everything()).map(({ name }) => name)).toEqual(['e3/a.zip']);
      await store.remove('e3/');
    });

    test('two writers of the same bytes are both content, in any order', async () => {
      const bytes = randomBytes(9_000_000);
      const first = await filled('e4/a.zip', bytes);
      const second = await filled('e4/a.zip', bytes);
      await second.commit(sumOf(bytes));
      await first.commit(sumOf(bytes));
      expect(await store.stat('e4/a.zip')).toEqual(sumOf(bytes));
      await store.remove('e4/');
    });

    test('a writer whose blocks went with the commit of another one fails, and says so', async () => {
      const first = await filled('e5/a.zip', randomBytes(9_000_000));
      const second = await filled('e5/a.zip', Buffer.from('second'));
      await second.commit(sumOf(Buffer.from('second')));
      await expect(first.commit({ sizeBytes: 1, sha256: '' })).rejects.toMatchObject({
        reason: 'blob_differs',
      });
      expect(await store.stat('e5/a.zip')).toEqual(sumOf(Buffer.from('second')));
      await store.remove('e5/');
    });

    test('a writer that aborts leaves the blocks of another one alone', async () => {
      const first = await filled('e6/a.zip', Buffer.from('first'));
      const second = await filled('e6/a.zip', Buffer.from('second'));
      await second.abort();
      await first.commit(sumOf(Buffer.from('first')));
      expect(await store.stat('e6/a.zip')).toEqual(sumOf(Buffer.from('first')));
      await store.remove('e6/');
    });

    test('blocks that a crash left, even with ids of another length, do not stop the next writer', async () => {
      const shape = await open('own');
      const crashed = await shape.create('e7/a.zip', ZIP);
      await crashed.write(randomBytes(9_000_000));
      for (const [name, id] of [
        ['e7/b.zip', 'x'],
        ['e7/c.zip', 'a very long name of a block'],
      ] as const)
        await blobOf(name).stageBlock(Buffer.from(id).toString('base64'), 'left', 4);
      const bytes = randomBytes(10_000_000);
      for (const name of ['e7/a.zip', 'e7/b.zip', 'e7/c.zip']) {
        const blob = await filled(name, bytes);
        await blob.commit(sumOf(bytes));
        expect(await store.stat(name)).toEqual(sumOf(bytes));
        expect(await staged(name)).toBe(0);
      }
      expect(await store.remove('e7/')).toEqual({ blobs: 3, bytes: 30_000_000 });
    });

    test('remove takes what is staged, under its name and beside it', async () => {
      await filled('e8/a.zip', Buffer.from('first'));
      await filled('e8/a.zip', Buffer.from('second'));
      await store.put('e8/b.txt', { contentType: 'text/plain' }, Buffer.from('seen'));
      expect(await store.remove('e8/')).toEqual({ blobs: 1, bytes: 4 });
      expect(await everything()).toEqual([]);
    });

    test('a list longer than a page is whole', async () => {
      for (let n = 0; n < 7; n++) await store.put(`e9/${n}.txt`, ZIP, Buffer.from('x'));
      const listed = await listBlobs(service.getContainerClient('own'), 'e9/', { pageSize: 2 });
      expect(listed.map(({ name }) => name)).toEqual(
        [0, 1, 2, 3, 4, 5, 6].map((n) => `e9/${n}.txt`),
      );
      await store.remove('e9/');
    });

    test('that was deleted is made again', async () => {
      const other = await open('deleted');
      await other.put('e1/a.txt', ZIP, Buffer.from('x'));
      await service.deleteContainer('deleted');
      expect(await other.stat('e1/a.txt')).toBeNull();
      await expect(other.put('e1/a.txt', ZIP, Buffer.from('x'))).rejects.toMatchObject({
        reason: 'store_unwritable',
        message: 'The container "deleted" of Azure Blob Storage is not there any more.',
      });
      await other.put('e1/a.txt', ZIP, Buffer.from('x'));
      expect(await other.list('e1/')).toEqual(['e1/a.txt']);
    });
  });

  test('each export in a container of its own, which goes with it', async () => {
    const store = await open('purge', 'per-export');
    const containers = async () => {
      const names: string[] = [];
      for await (const { name } of service.listContainers({ prefix: 'purge' })) names.push(name);
      return names;
    };
    await store.put('ticket-7-abc/a.txt', ZIP, Buffer.from('four'));
    await store.put('Ticket_8/a.txt', ZIP, Buffer.from('four'));
    const made = await containers();
    expect(made).toContain('purge-ticket-7-abc');
    expect(made).toHaveLength(2);
    expect(await store.remove('ticket-7-abc/')).toEqual({ blobs: 1, bytes: 4 });
    expect(await containers()).toHaveLength(1);
    expect(await store.list('Ticket_8/')).toEqual(['Ticket_8/a.txt']);
    expect(await store.list('ticket-7-abc/')).toEqual([]);
  });
});
