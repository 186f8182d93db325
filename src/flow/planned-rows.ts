import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import type { ListName } from '../domain/content.ts';
import { ExportFailure } from '../domain/failure.ts';
import type { Stretch } from '../domain/plan.ts';
import {
  type PlannedFile,
  type PlannedRow,
  plannedLine,
  plannedRowsBlob,
  readPlannedLine,
} from '../domain/planned-row.ts';
import type { BlobWriter, ExportStore } from '../ports/export-store.ts';

const compress = promisify(gzip);

/** Lines are compressed and handed on in chunks of about this size. */
const CHUNK_CHARS = 256 * 1024;

/** Keeps what is planned, one blob for each stretch, in memory that does not grow. */
export type PlannedRowsWriter = {
  add(stretch: Pick<Stretch, 'list' | 'volume'>, row: PlannedRow | PlannedFile): Promise<void>;
  end(): Promise<void>;
  /** Throws away what is unfinished; for `finally`. */
  close(): Promise<void>;
};

type OpenBlob = {
  list: ListName;
  volume: number;
  blob: BlobWriter;
  hash: Hash;
  sizeBytes: number;
  text: string;
};

export function createPlannedRowsWriter(store: ExportStore, exportId: string): PlannedRowsWriter {
  let open: OpenBlob | null = null;

  async function begin(list: ListName, volume: number): Promise<OpenBlob> {
    const name = plannedRowsBlob(exportId, list, volume);
    const blob = await store.create(name, { contentType: 'application/gzip' });
    return { list, volume, blob, hash: createHash('sha256'), sizeBytes: 0, text: '' };
  }

  async function end(): Promise<void> {
    if (!open) return;
    const { blob, hash } = open;
    await flush(open);
    await blob.commit({ sizeBytes: open.sizeBytes, sha256: hash.digest('hex') });
    open = null;
  }

  return {
    async add({ list, volume }, row) {
      if (open?.list !== list || open.volume !== volume) {
        await end();
        open = await begin(list, volume);
      }
      open.text += plannedLine(row);
      if (open.text.length >= CHUNK_CHARS) await flush(open);
    },
    end,
    close: async () => open?.blob.abort(),
  };
}

/** Members of gzip may follow each other: together they are one file. */
async function flush(open: OpenBlob): Promise<void> {
  const bytes = await compress(open.text, { level: 1 });
  open.text = '';
  open.hash.update(bytes);
  open.sizeBytes += bytes.length;
  await open.blob.write(bytes);
}

/**
 * What was planned for a stretch, in key order.
 * @throws ExportFailure `plan_lost` when it is no longer there
 */
export async function* readPlannedRows(
  store: ExportStore,
  exportId: string,
  { list, volume }: Pick<Stretch, 'list' | 'volume'>,
): AsyncGenerator<PlannedFile> {
  const name = plannedRowsBlob(exportId, list, volume);
  if (!(await store.stat(name))) {
    throw new ExportFailure('plan_lost', `What was planned of ${list} is no longer in the store.`);
  }
  const lines = createGunzip();
  // What goes wrong on the way is thrown by the loop.
  pipeline(await store.read(name), lines).catch(() => {});
  try {
    let rest = '';
    for await (const chunk of lines.setEncoding('utf8')) {
      const whole = (rest + chunk).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) yield readPlannedLine(line);
    }
  } finally {
    lines.destroy();
  }
}
