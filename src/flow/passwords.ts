import { buffer } from 'node:stream/consumers';
import { passwordBlob } from '../domain/plan.ts';
import { mainExportId } from '../domain/supplement.ts';
import type { ExportStore } from '../ports/export-store.ts';
import type { Passwords, Vault } from '../ports/passwords.ts';

/** Keeps each password sealed among the blobs of its export: whoever deletes the export deletes it too. */
export function createPasswords(store: ExportStore, vault: Vault): Passwords {
  async function find(exportId: string): Promise<string | null> {
    const id = mainExportId(exportId);
    const name = passwordBlob(id);
    if (!(await store.stat(name))) return null;
    return vault.open((await buffer(await store.read(name))).toString(), id);
  }

  return {
    find,
    async ensure(exportId) {
      const found = await find(exportId);
      if (found !== null) return found;
      const id = mainExportId(exportId);
      const password = vault.passphrase();
      const sealed = Buffer.from(vault.seal(password, id));
      await store.put(passwordBlob(id), { contentType: 'text/plain' }, sealed);
      return password;
    },
  };
}
