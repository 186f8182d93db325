import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAccessWebhook, signatureOf } from '../../../src/adapters/webhook/access.ts';
import { describePlatformAccess } from '../../contracts/platform-access.ts';
import { startAccessReceiver } from '../../support/access-receiver.ts';

const SECRET = 'a-secret-of-the-ats-000';
const ALICE = { id: 'waybill-1', accountId: 'acme', email: 'alice@acme.example' };
const GRANT = { ...ALICE, until: new Date('2026-11-22T10:00:00Z'), reason: 'Screenshots' };

describePlatformAccess('a signed webhook', async () => {
  const receiver = await startAccessReceiver(SECRET);
  return {
    access: createAccessWebhook({ url: receiver.url, secret: SECRET }),
    holds: async () => receiver.held(),
    close: receiver.close,
  };
});

let receiver: Awaited<ReturnType<typeof startAccessReceiver>>;
beforeEach(async () => {
  receiver = await startAccessReceiver(SECRET);
});
afterEach(() => receiver.close());

test('what was taken though the line broke is tried again under the same key', async () => {
  receiver.trouble.push('cut', 503);
  const access = createAccessWebhook({ url: receiver.url, secret: SECRET }, { pauseMs: 1 });
  await access.grant(GRANT);
  expect(receiver.requests).toEqual([
    { event: 'access.grant', key: 'waybill-1-grant' },
    { event: 'access.grant', key: 'waybill-1-grant' },
    { event: 'access.grant', key: 'waybill-1-grant' },
  ]);
  expect(receiver.held()).toHaveLength(1);
});

test('a refusal is not tried again, and an outage not for ever', async () => {
  const access = createAccessWebhook({ url: receiver.url, secret: SECRET }, { pauseMs: 1 });
  receiver.trouble.push(422);
  await expect(access.grant(GRANT)).rejects.toThrow(
    'The webhook of the ATS did not confirm access.grant: it answered 422.',
  );
  expect(receiver.requests).toHaveLength(1);
  receiver.trouble.push(500, 500, 500, 500);
  await expect(access.revoke(ALICE)).rejects.toThrow('it answered 500');
  expect(receiver.requests).toHaveLength(4);
});

test('another secret, or a time long ago, is refused by the receiver', async () => {
  const other = createAccessWebhook({ url: receiver.url, secret: 'another-secret-0000' });
  await expect(other.grant(GRANT)).rejects.toThrow('it answered 401');
  const late = createAccessWebhook(
    { url: receiver.url, secret: SECRET },
    { now: () => new Date(Date.now() - 301_000) },
  );
  await expect(late.grant(GRANT)).rejects.toThrow('it answered 401');
  expect(receiver.held()).toEqual([]);
});

test('the signature is that of the example in the README', () => {
  // printf '1700000000.{"event":"access.list"}' | openssl dgst -sha256 -hmac waybill-example-secret
  expect(signatureOf('waybill-example-secret', '1700000000', '{"event":"access.list"}')).toBe(
    'v1=61bca5d6bb501e1e8fc8cc0fdb8154dfc4a42657ed1dc813ca3dece749dfc048',
  );
});
