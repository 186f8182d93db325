import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { type AzureConfig, openAccount } from './account.ts';
import { differs } from './blob-writer.ts';
import { createAzureExportStore } from './export-store.ts';
import { patiently } from './patience.ts';

const CONTENT = Buffer.from('Waybill was here.');

/**
 * Tries the storage for real: writes, reads and deletes a small blob.
 * @returns sentences on what works but should be known
 * @throws ExportFailure with what is wrong
 */
export async function checkAzure(config: AzureConfig): Promise<string[]> {
  const store = await createAzureExportStore(config);
  const exportId = `doctor-${randomUUID().slice(0, 8)}`;
  const name = `${exportId}/check.txt`;
  const warnings: string[] = [];
  try {
    await store.put(name, { contentType: 'text/plain' }, CONTENT);
    if (!CONTENT.equals(await buffer(await store.read(name)))) throw differs(name);
    if (!(await store.temporaryUrl(name, 'check.txt', 1))) {
      warnings.push(
        'Azure Blob Storage: no URLs can be signed without the key of the account, so all downloads pass through this server.',
      );
    }
  } finally {
    await store.remove(`${exportId}/`);
  }
  const days = await daysKept(config);
  if (days) {
    warnings.push(
      `Azure Blob Storage: soft delete is on, so deleted exports can be restored for ${days} days; switch it off for this account if purged has to mean gone.`,
    );
  }
  return warnings;
}

/** How long the account keeps what is deleted; null when it does not, or does not tell us. */
async function daysKept(config: AzureConfig): Promise<number | null> {
  const { quick } = await openAccount(config);
  const kept = await patiently((abortSignal) => quick.getProperties({ abortSignal })).catch(
    () => null,
  );
  const policy = kept?.deleteRetentionPolicy;
  return policy?.enabled ? (policy.days ?? null) : null;
}
