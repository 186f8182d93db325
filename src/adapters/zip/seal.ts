import { createCipheriv, createHmac, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * WinZip's AES-256 (AE-2), as 7-Zip and WinRAR read it: salt, two bytes by which a wrong password is noticed, the
 * bytes encrypted in counter mode, ten bytes of HMAC-SHA1 over these.
 * Made here: zip.js draws salts at random, so a part that is built again would differ, and without data
 * descriptors it holds an entry back until its size is known.
 */
export type Seal = {
  /** What stands before the encrypted bytes. */
  head: Buffer;
  /** Encrypts in place, chunk after chunk. */
  encrypt(chunk: Buffer): void;
  /** What stands behind them. */
  tag(): Buffer;
};

/** A seal for an entry; `digest` is the SHA-256 of the bytes that will be encrypted. */
export type Sealer = (path: string, digest: Buffer) => Promise<Seal>;

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const CHECK_BYTES = 2;
const TAG_BYTES = 10;
/** What a seal adds to the bytes of an entry. */
export const SEAL_BYTES = SALT_BYTES + CHECK_BYTES + TAG_BYTES;

/** Set by the format, and few; a long password has to make up for it. */
const ROUNDS = 1_000;
/** For our own key: to guess a password by the salts must be harder than by the format itself. */
const SALT_KEY_ROUNDS = 200_000;

const derive = promisify(pbkdf2);

/**
 * Makes the seals of one part. In counter mode the same salt for two contents would give both away, and random ones
 * would give other bytes each time. So a salt is made of the password, the export, the path and the content: it
 * comes again only where everything that it encrypts comes again too.
 */
export function createSealer({
  password,
  exportId,
}: {
  password: string;
  exportId: string;
}): Sealer {
  const saltKey = derive(password, `waybill salts of ${exportId}`, SALT_KEY_ROUNDS, 32, 'sha256');
  // Thrown by the first seal; until then it must not count as unhandled.
  saltKey.catch(() => {});
  return async (path, digest) => {
    const whole = createHmac('sha256', await saltKey)
      .update(digest)
      .update(path)
      .digest();
    const salt = whole.subarray(0, SALT_BYTES);
    const keys = await derive(password, salt, ROUNDS, 2 * KEY_BYTES + CHECK_BYTES, 'sha1');
    return createSeal(salt, keys);
  };
}

function createSeal(salt: Buffer, keys: Buffer): Seal {
  const encrypt = createCounterMode(keys.subarray(0, KEY_BYTES));
  const hmac = createHmac('sha1', keys.subarray(KEY_BYTES, 2 * KEY_BYTES));
  return {
    head: Buffer.concat([salt, keys.subarray(2 * KEY_BYTES)]),
    encrypt(chunk) {
      encrypt(chunk);
      hmac.update(chunk);
    },
    tag: () => hmac.digest().subarray(0, TAG_BYTES),
  };
}

const BLOCK_BYTES = 16;
/** The key stream is made in pieces of this size, which stay near the processor. */
const STREAM_BYTES = 64 * 1024;

/**
 * Counter mode as WinZip has it: the counter begins at 1 and its lowest byte comes first. That of OpenSSL has the
 * lowest byte last, so the counters are encrypted one by one and laid over the bytes here: about 1 GB/s.
 */
function createCounterMode(key: Buffer): (chunk: Buffer) => void {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  let next = 1;
  let stream = Buffer.alloc(0);
  let used = 0;

  function refill(wantedBytes: number): void {
    const blocks = Math.ceil(Math.min(wantedBytes, STREAM_BYTES) / BLOCK_BYTES);
    const counters = new Uint32Array(blocks * 4);
    for (let n = 0; n < blocks; n++) {
      counters[4 * n] = next;
      // An entry of more than 64 GiB.
      counters[4 * n + 1] = next / 0x1_0000_0000;
      next += 1;
    }
    stream = cipher.update(Buffer.from(counters.buffer));
    used = 0;
  }

  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (used === stream.length) refill(chunk.length - at);
      const count = Math.min(stream.length - used, chunk.length - at);
      layOver(chunk.subarray(at, at + count), stream.subarray(used, used + count));
      used += count;
      at += count;
    }
  };
}

/** Four bytes at a time, which need an even place in memory; hence the copies, which cost little. */
const bytesScratch = Buffer.alloc(STREAM_BYTES);
const streamScratch = Buffer.alloc(STREAM_BYTES);
const bytesWords = new Uint32Array(bytesScratch.buffer, bytesScratch.byteOffset, STREAM_BYTES / 4);
const streamWords = new Uint32Array(
  streamScratch.buffer,
  streamScratch.byteOffset,
  STREAM_BYTES / 4,
);

function layOver(bytes: Buffer, stream: Buffer): void {
  bytes.copy(bytesScratch);
  stream.copy(streamScratch);
  const words = Math.ceil(bytes.length / 4);
  for (let n = 0; n < words; n++) bytesWords[n] = (bytesWords[n] ?? 0) ^ (streamWords[n] ?? 0);
  bytesScratch.copy(bytes, 0, 0, bytes.length);
}
