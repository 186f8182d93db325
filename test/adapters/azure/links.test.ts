import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAzureDirectLinks } from '../../../src/adapters/azure/direct-links.ts';
import { createAzureExportStore } from '../../../src/adapters/azure/export-store.ts';
import type { DirectLinks } from '../../../src/ports/direct-links.ts';
import type { ExportStore } from '../../../src/ports/export-store.ts';
import { type Azurite, connectionString, hasAzurite, startAzurite } from '../../support/azurite.ts';

const ZIP = { contentType: 'application/zip' };
const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

describe.skipIf(!hasAzurite)('URLs of Azure', () => {
  let azurite: Azurite;
  let store: ExportStore;
  beforeAll(async () => {
    azurite = await startAzurite();
    store = await createAzureExportStore({ ...withKey(), container: 'links' });
    await store.put('e1/Acme ü.zip', ZIP, Buffer.from('0123456789'));
  });
  afterAll(() => azurite.close());
  const withKey = () => ({ connectionString: connectionString(azurite.url) });

  test('a temporary URL gives the blob as a download under its name, in ranges too', async () => {
    const url = (await store.temporaryUrl('e1/Acme ü.zip', 'Acme "ü".zip', 10)) ?? '';
    const whole = await fetch(url);
    expect(whole.headers.get('content-type')).toBe('application/zip');
    expect(whole.headers.get('content-disposition')).toBe(
      `attachment; filename="Acme ___.zip"; filename*=UTF-8''Acme%20%22%C3%BC%22.zip`,
    );
    expect(await whole.text()).toBe('0123456789');
    const some = await fetch(url, { headers: { range: 'bytes=2-4' } });
    expect([some.status, await some.text()]).toEqual([206, '234']);
  });

  test('a temporary URL reads one blob, and works for its minutes only', async () => {
    await store.put('e1/other.zip', ZIP, Buffer.from('other'));
    const url = (await store.temporaryUrl('e1/Acme ü.zip', 'a.zip', 10)) ?? '';
    const query = new URL(url).searchParams;
    expect(query.get('sp')).toBe('r');
    const begins = Date.parse(query.get('st') ?? '');
    expect(Date.now() - begins).toBeGreaterThan(5 * 60_000);
    expect(Date.parse(query.get('se') ?? '') - Date.now()).toBeLessThanOrEqual(10 * 60_000);
    expect((await fetch(url.replace('Acme%20%C3%BC.zip', 'other.zip'))).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    const earlier = await createAzureExportStore({
      ...withKey(),
      container: 'links',
      now: () => inHours(-1),
    });
    const old = (await earlier.temporaryUrl('e1/Acme ü.zip', 'a.zip', 10)) ?? '';
    expect((await fetch(old)).status).toBe(403);
  });

  test('a temporary URL of an account that has TLS works over TLS only', async () => {
    const cloud = await createAzureExportStore({
      connectionString:
        'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=AAAA;EndpointSuffix=core.windows.net',
      container: 'links',
    });
    const url = new URL((await cloud.temporaryUrl('e1/a.zip', 'a.zip', 10)) ?? '');
    expect(url.origin + url.pathname).toBe('https://acme.blob.core.windows.net/links/e1/a.zip');
    expect(url.searchParams.get('spr')).toBe('https');
  });

  test('without a key there is no temporary URL', async () => {
    const signed = await createAzureExportStore({
      connectionString: `BlobEndpoint=${azurite.url}/devstoreaccount1;SharedAccessSignature=sv=2021-01-01&sig=x`,
      container: 'links',
    });
    expect(await signed.temporaryUrl('e1/a.zip', 'a.zip', 10)).toBeNull();
  });

  describe('direct links', () => {
    let links: DirectLinks;
    let own: ExportStore;
    beforeAll(async () => {
      const config = { ...withKey(), container: 'direct' };
      links = await createAzureDirectLinks(config);
      own = await createAzureExportStore({ ...config, layout: 'per-export' });
      for (const id of ['e1', 'e2', 'e3', 'e4']) {
        await own.put(`${id}/a.zip`, ZIP, Buffer.from('zip'));
      }
    });
    const statusOf = async (url: string) => (await fetch(url)).status;

    test('work while their window is open; an extension moves them, closing kills them', async () => {
      const url = links.url('e1/a.zip', 'Acme.zip', 'v1');
      const other = links.url('e2/a.zip', 'Acme.zip', 'v1');
      await links.openWindow('e2', 'v1', inHours(24));
      expect(await statusOf(url)).toBe(403);
      await links.openWindow('e1', 'v1', inHours(-1));
      expect(await statusOf(url)).toBe(403);
      await links.openWindow('e1', 'v1', inHours(9 * 24));
      const answer = await fetch(url);
      expect(await answer.text()).toBe('zip');
      expect(answer.headers.get('content-disposition')).toContain('filename="Acme.zip"');
      expect(links.url('e1/a.zip', 'Acme.zip', 'v1')).toBe(url);
      await links.closeWindow('e1', 'v1');
      await links.closeWindow('e1', 'v1');
      expect(await statusOf(url)).toBe(403);
      expect(await statusOf(other)).toBe(200);
    });

    test('of a new window work, and those of the closed one stay dead', async () => {
      await links.openWindow('e3', 'v1', inHours(1));
      await links.openWindow('e3', 'v2', inHours(1));
      const [old, fresh] = ['v1', 'v2'].map((id) => links.url('e3/a.zip', 'a.zip', id));
      await links.closeWindow('e3', 'v1');
      expect([await statusOf(old ?? ''), await statusOf(fresh ?? '')]).toEqual([403, 200]);
    });

    test('have five windows at most, those that are over not counted', async () => {
      await links.openWindow('e4', 'over', inHours(-1));
      for (const id of ['v1', 'v2', 'v3', 'v4', 'v5']) {
        await links.openWindow('e4', id, inHours(1));
      }
      await expect(links.openWindow('e4', 'v6', inHours(1))).rejects.toThrow('at most 5 windows');
      await links.openWindow('e4', 'v5', inHours(2));
    });

    test('go with their export, and closing their window then does no harm', async () => {
      const url = links.url('e2/a.zip', 'a.zip', 'v1');
      await own.remove('e2/');
      expect(await statusOf(url)).not.toBe(200);
      await links.closeWindow('e2', 'v1');
    });

    test('need the key of the account, and say so', async () => {
      await expect(
        createAzureDirectLinks({ account: 'acme', container: 'direct' }),
      ).rejects.toThrow(/LINKS=direct needs the key/);
    });
  });
});
