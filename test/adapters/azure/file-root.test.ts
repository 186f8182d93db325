import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAzureFileRoot } from '../../../src/adapters/azure/file-root.ts';
import { UnreadableFile } from '../../../src/domain/content.ts';
import { openSourceFile } from '../../../src/wire-source.ts';
import { describeSource } from '../../contracts/source.ts';
import { type Azurite, connectionString, hasAzurite, startAzurite } from '../../support/azurite.ts';
import { bytesOf, makeSample, removeSample, type Sample } from '../../support/sample.ts';

const CONTAINER = 'resumes-of-the-ats';

describe.skipIf(!hasAzurite)('files in Azure', () => {
  let azurite: Azurite;
  let sample: Sample;
  let service: BlobServiceClient;
  beforeAll(async () => {
    [azurite, sample] = await Promise.all([startAzurite(), makeSample()]);
    service = BlobServiceClient.fromConnectionString(connectionString(azurite.url));
    const container = service.getContainerClient(CONTAINER);
    await container.create();
    const root = join(sample.dir, 'files');
    for (const name of globSync('**/*.*', { cwd: root })) {
      await upload(name, await readFile(join(root, name)));
    }
  }, 60_000);
  afterAll(async () => {
    await removeSample(sample);
    await azurite.close();
  });

  async function upload(name: string, bytes: Buffer): Promise<void> {
    const blob = service.getContainerClient(CONTAINER).getBlockBlobClient(name);
    await blob.upload(bytes, bytes.length);
  }

  function root(container = CONTAINER, prefix = '{account}/') {
    const config = { connectionString: connectionString(azurite.url), container, prefix };
    return createAzureFileRoot(config);
  }

  async function reasonOf(opening: Promise<unknown>): Promise<string> {
    const error = await opening.catch((reason: unknown) => reason);
    return error instanceof UnreadableFile ? error.reason : `not expected: ${error}`;
  }

  describeSource(
    'Azurite',
    async () => {
      const yaml = await readFile(sample.sourceFile, 'utf8');
      const storage = `azure:\n    container: ${CONTAINER}\n    connection_string: "${connectionString(azurite.url)}"`;
      const file = join(sample.dir, 'source-azure.yaml');
      await writeFile(file, yaml.replace(/folder: .*/, storage));
      const opened = await openSourceFile(file);
      return {
        ...opened,
        dir: sample.dir,
        bytesOf: (accountId, path) => bytesOf(sample, accountId, path),
        remove: () => opened.ats.close(),
      };
    },
    { inFolder: false },
  );

  test('a large file comes in pieces, from any position', async () => {
    const bytes = Buffer.alloc(9_500_000, 'a piece of a film; ');
    await upload('acme/film.mov', bytes);
    const content = await (await root()).open('acme', 'film.mov');
    expect(content.sizeBytes).toBe(bytes.length);
    const read = Buffer.alloc(bytes.length + 1);
    expect(await content.read(read, 0)).toBe(bytes.length);
    expect(read.subarray(0, -1).equals(bytes)).toBe(true);
    const middle = Buffer.alloc(1_000);
    expect(await content.read(middle, 9_000_000)).toBe(1_000);
    expect(middle.equals(bytes.subarray(9_000_000, 9_001_000))).toBe(true);
    expect(await content.read(middle, bytes.length - 10)).toBe(10);
    await content.close();
  });

  test('a file that changes between two requests says so', async () => {
    await upload('acme/changing.mov', Buffer.alloc(9_000_000, 'before'));
    const content = await (await root()).open('acme', 'changing.mov');
    await upload('acme/changing.mov', Buffer.alloc(9_000_000, 'after'));
    expect(await reasonOf(content.read(Buffer.alloc(9_000_000), 0))).toBe('changed_while_reading');
  });

  test('a file that goes between two requests is not cut short', async () => {
    await upload('acme/going.mov', Buffer.alloc(9_000_000, 'soon'));
    const content = await (await root()).open('acme', 'going.mov');
    await service.getContainerClient(CONTAINER).deleteBlob('acme/going.mov');
    const reason = await reasonOf(content.read(Buffer.alloc(9_000_000), 0));
    expect(reason).toMatch(/^(gone|changed_while_reading)$/);
  });

  test('no path and no id of an account leads to another container or account', async () => {
    await service.getContainerClient('others').create();
    await service
      .getContainerClient('others')
      .getBlockBlobClient('secret.pdf')
      .upload('of others', 9);
    const files = await root();
    for (const path of ['../../others/secret.pdf', '..%2f..%2fothers/secret.pdf', '..\\globex']) {
      expect(await reasonOf(files.open('acme', path)), path).toMatch(/^(outside_root|gone)$/);
    }
    for (const account of ['..', '.', 'a/b', '../others', 'acme/../globex', '']) {
      expect(await reasonOf(files.open(account, 'secret.pdf')), account).toBe('outside_root');
    }
    const flat = await root(CONTAINER, '');
    expect(await reasonOf(flat.open('acme', '../others/secret.pdf'))).toBe('outside_root');
  });

  test('when the container is not there, or we may not read it, no file is called gone', async () => {
    await expect((await root('nothing-here')).open('acme', 'x.pdf')).rejects.toThrow(
      'The container "nothing-here" with the files of the ATS is not there; correct storage.azure.',
    );
    const wrongKey = connectionString(azurite.url, Buffer.alloc(64, 1).toString('base64'));
    const config = { connectionString: wrongKey, container: CONTAINER, prefix: '{account}/' };
    await expect((await createAzureFileRoot(config)).open('acme', 'x.pdf')).rejects.toThrow(
      /The container "resumes-of-the-ats" .* cannot be read \(.*\); check storage\.azure and the rights/,
    );
    const broken = { connectionString: 'AccountKey=secret', container: 'x', prefix: '' };
    await expect(createAzureFileRoot(broken)).rejects.toThrow(/check its connection_string\.$/);
  });
});
