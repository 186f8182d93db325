import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAzureExportStore } from '../../../src/adapters/azure/export-store.ts';
import { AZURITE_ACCOUNT, type Azurite, hasAzurite, startAzurite } from '../../support/azurite.ts';
import { hasTool } from '../../support/zip-tools.ts';
import { sha256 } from '../../support/zips.ts';

const canRun = hasAzurite && hasTool('openssl');
if (!canRun) console.warn('Without Azurite and openssl the identity of Azure is not tested.');

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A token as Azurite takes it: it reads who it is for and how long it lives, and cannot check the signature. */
function tokenOf(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const claims = {
    aud: 'https://storage.azure.com',
    iss: 'https://sts.windows.net/00000000-0000-0000-0000-000000000000/',
    oid: '00000000-0000-0000-0000-000000000001',
    tid: '00000000-0000-0000-0000-000000000000',
    iat: seconds,
    nbf: seconds - 60,
    exp: seconds + 3600,
  };
  const encoded = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...encoded, 'c2ln'].join('.');
}

describe.skipIf(!canRun)('Azure with an identity in place of a key', () => {
  let dir: string;
  let azurite: Azurite;
  let now = new Date();

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'waybill-tls-'));
    const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        ...['-keyout', key],
        '-out',
        cert,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
    setDefaultCACertificates([...getCACertificates('default'), await readFile(cert, 'utf8')]);
    azurite = await startAzurite('--oauth', 'basic', '--cert', cert, '--key', key);
  });
  afterAll(async () => {
    await azurite.close();
    await rm(dir, { recursive: true });
  });

  const open = () =>
    createAzureExportStore({
      account: AZURITE_ACCOUNT,
      endpoint: `${azurite.url}/${AZURITE_ACCOUNT}`,
      credential: {
        getToken: async () => ({
          token: tokenOf(Date.now()),
          expiresOnTimestamp: Date.now() + HOUR_MS,
        }),
      },
      container: 'identity',
      now: () => now,
    });

  test('blobs are written, copied from beside and read, and a temporary URL gives them', async () => {
    const store = await open();
    const bytes = randomBytes(10_000_000);
    const sum = { sizeBytes: bytes.length, sha256: sha256(bytes) };
    const first = await store.create('e1/a.zip', { contentType: 'application/zip' });
    const second = await store.create('e1/a.zip', { contentType: 'application/zip' });
    await second.write(bytes);
    await second.commit(sum);
    await first.abort();
    expect(await store.stat('e1/a.zip')).toEqual(sum);
    const url = (await store.temporaryUrl('e1/a.zip', 'Acme.zip', 10)) ?? '';
    expect(new URL(url).searchParams.get('spr')).toBe('https');
    const answer = await fetch(url);
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sum.sha256);
    expect(answer.headers.get('content-disposition')).toContain('filename="Acme.zip"');
  });

  test('the key that signs is kept for a day and lives less than seven', async () => {
    const store = await open();
    const keyEnd = async (minutes = 10) => {
      const url = (await store.temporaryUrl('e1/a.zip', 'a.zip', minutes)) ?? '';
      return Date.parse(new URL(url).searchParams.get('ske') ?? '');
    };
    const begun = Date.now();
    now = new Date(begun);
    const first = await keyEnd();
    expect(first - begun).toBeGreaterThan(DAY_MS - 60_000);
    expect(first - begun).toBeLessThan(7 * DAY_MS);
    now = new Date(begun + 22 * HOUR_MS);
    expect(await keyEnd()).toBe(first);
    now = new Date(begun + 23.5 * HOUR_MS);
    expect(await keyEnd()).toBeGreaterThan(first);
    await expect(keyEnd(7 * 24 * 60)).rejects.toThrow(/less than seven days/);
    now = new Date();
  });
});
