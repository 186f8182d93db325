import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
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
  /** The same with a line that is ready. */
  addLine(stretch: Pick<Stretch, 'list' | 'volume'>, line: string): Promise<void>;
  end(): Promise<void>;
  /** Throws away what is unfinished; for `finally`. */
  close(): Promise<void>;
};

type OpenBlob = {
  list: Stretch['list'];
  volume: number;
  blob: BlobWriter;
  hash: Hash;
  sizeBytes: number;
  text: string;
};

export function createPlannedRowsWriter(store: ExportStore, exportId: string): PlannedRowsWriter {
  let open: OpenBlob | null = null;

  async function begin(list: Stretch['list'], volume: number): Promise<OpenBlob> {
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

  async function addLine({ list, volume }: Pick<Stretch, 'list' | 'volume'>, line: string) {
    if (open?.list !== list || open.volume !== volume) {
      await end();
      open = await begin(list, volume);
    }
    open.text += line;
    if (open.text.length >= CHUNK_CHARS) await flush(open);
  }

  return {
    add: (stretch, row) => addLine(stretch, plannedLine(row)),
    addLine,
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

/** What was planned for a stretch, in key order. @throws ExportFailure `plan_lost` when it is no longer there */
export async function* readPlannedRows(
  store: ExportStore,
  exportId: string,
  stretch: Pick<Stretch, 'list' | 'volume'>,
): AsyncGenerator<PlannedFile> {
  for await (const chunk of readPlannedText(store, exportId, stretch)) {
    for (const line of chunk.split('\n')) if (line !== '') yield readPlannedLine(line);
  }
}

/** The lines that were written for a stretch, many at a time and each of them whole; see `readPlannedRows`. */
export async function* readPlannedText(
  store: ExportStore,
  exportId: string,
  { list, volume }: Pick<Stretch, 'list' | 'volume'>,
): AsyncGenerator<string> {
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
      const text = rest + chunk;
      const end = text.lastIndexOf('\n') + 1;
      rest = text.slice(end);
      if (end > 0) yield text.slice(0, end);
    }
  } finally {
    lines.destroy();
  }
}
