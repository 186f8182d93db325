import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkAzure } from '../../../src/adapters/azure/check.ts';
import { type Azurite, connectionString, hasAzurite, startAzurite } from '../../support/azurite.ts';

describe.skipIf(!hasAzurite)('the check of Azure', () => {
  let azurite: Azurite;
  beforeAll(async () => {
    azurite = await startAzurite();
  });
  afterAll(() => azurite.close());
  const config = () => ({
    connectionString: connectionString(azurite.url),
    container: 'check',
  });

  test('leaves nothing behind, and warns of soft delete', async () => {
    const service = BlobServiceClient.fromConnectionString(config().connectionString);
    expect(await checkAzure(config())).toEqual([]);
    const left = await service.getContainerClient('check').listBlobsFlat().next();
    expect(left.done).toBe(true);
    await service.setProperties({ deleteRetentionPolicy: { enabled: true, days: 7 } });
    expect(await checkAzure(config())).toEqual([
      expect.stringContaining('soft delete is on, so deleted exports can be restored for 7 days'),
    ]);
  });

  test('says what is wrong', async () => {
    const key = Buffer.alloc(64).toString('base64');
    const wrong = { ...config(), connectionString: connectionString(azurite.url, key) };
    await expect(checkAzure(wrong)).rejects.toThrow(/refuses us/);
  });
});
