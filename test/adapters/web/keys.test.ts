import { expect, onTestFinished, test } from 'vitest';
import { createSigner, keyIdOf } from '../../../src/adapters/crypto/signer.ts';
import { registerKeys } from '../../../src/adapters/web/keys.ts';
import { createServer } from '../../../src/adapters/web/server.ts';
import { RecordingLog } from '../../support/recorders.ts';

test('/keys publishes the public key, and nothing else of it', async () => {
  const app = await createServer(new RecordingLog());
  onTestFinished(() => app.close());
  const { publicKey } = createSigner(Buffer.from('a secret of thirty-two characters'));
  registerKeys(app, { publicKey });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const { keys } = (await (await fetch(`${url}/keys`)).json()) as { keys: object[] };
  const { x, keyId } = publicKey;
  expect(keys).toEqual([{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA', kid: keyId, x }]);
  expect(keyIdOf(x)).toBe(keyId);
});
