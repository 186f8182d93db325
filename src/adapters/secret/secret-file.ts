import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The secret from which every token is derived: the given one, or one that is made once and kept in the
 * data folder, readable by its owner only.
 */
export function ensureSecret(dataDir: string, given: string | null): Uint8Array {
  if (given !== null) return Buffer.from(given, 'utf8');
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    try {
      // A hard link fails when another process was faster, whose secret then counts.
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  const kept = readFileSync(file, 'utf8').trim();
  if (kept.length < 32) {
    throw new Error(
      `The secret in ${file} is damaged; restore it from a backup, or delete the file to make a new one (links and sessions given out before stop working).`,
    );
  }
  return Buffer.from(kept, 'utf8');
}
