import {
  DATA_SETS,
  type DataSet,
  type FileSection,
  type KeyRange,
  type RowKey,
  type SourceFile,
  type SourceRow,
  type SourceTotals,
  UnreadableFile,
} from '../../src/domain/content.ts';
import type { FileContent, Source } from '../../src/ports/source.ts';

/** A file with its bytes; `null` is a row whose file is gone. */
export type MemoryFile = SourceFile & { content: Buffer | null };

export type MemoryAccount = {
  rows?: Partial<Record<DataSet, SourceRow[]>>;
  files?: MemoryFile[];
};

/** A file row with sensible values; its key puts files of one job and candidate together, as every source must. */
export function memoryFile(
  changes: Partial<MemoryFile> & { fileId: string; content: Buffer | null },
): MemoryFile {
  const file: MemoryFile = {
    accountId: 'acme',
    section: 'cvs',
    key: [],
    path: changes.fileId,
    name: `${changes.fileId}.pdf`,
    sizeBytes: changes.content?.length ?? 100,
    createdAt: '2026-03-04T05:06:08Z',
    jobId: 'j1',
    jobTitle: 'Welder',
    candidateId: 'c1',
    candidateName: 'Ada Lovelace',
    ...changes,
  };
  if (file.key.length) return file;
  return { ...file, key: [file.jobId ?? '', file.candidateId ?? '', file.fileId] };
}

/** So many rows of a data set with the columns `id` and `text`. */
export function memoryRows(count: number): SourceRow[] {
  return Array.from({ length: count }, (_, n) => ({
    accountId: 'acme',
    key: [n],
    values: [n, `row ${n} ${'x'.repeat(90)}`],
  }));
}

/** So many files of 1,000 bytes in one candidate's folder, called `f0000` and so on. */
export function memoryFiles(count: number, changes: Partial<MemoryFile> = {}): MemoryFile[] {
  return Array.from({ length: count }, (_, n) =>
    memoryFile({
      fileId: `f${String(n).padStart(4, '0')}`,
      content: Buffer.alloc(1_000, n),
      ...changes,
    }),
  );
}

/** A small source of real bytes for tests of the pipeline. Its lists can be changed while it is in use. */
export function createMemorySource(account: MemoryAccount): Source & { account: MemoryAccount } {
  const listed = (section: FileSection): MemoryFile[] =>
    (account.files ?? [])
      .filter((file) => file.section === section)
      .sort((a, b) => compareKeys(a.key, b.key));
  return {
    account,
    snapshot(work) {
      // Of whoever has put methods of its own over these, too.
      return work(this);
    },
    columns: () => ['id', 'text'],
    async totals() {
      const rows = DATA_SETS.map((name) => [name, account.rows?.[name]?.length ?? 0]);
      const totals: SourceTotals = {
        rows: Object.fromEntries(rows),
        files: { attachments: {}, cvs: {} },
      };
      for (const file of account.files ?? []) {
        const job = file.jobId ?? '';
        const sum = totals.files[file.section][job] ?? { count: 0, bytes: 0 };
        totals.files[file.section][job] = {
          count: sum.count + 1,
          bytes: sum.bytes + file.sizeBytes,
        };
      }
      return totals;
    },
    async *rows(_accountId, dataSet, _selection, range) {
      for (const row of account.rows?.[dataSet] ?? []) if (isWithin(row.key, range)) yield row;
    },
    async *files(_accountId, section, _selection, range) {
      for (const file of listed(section)) if (isWithin(file.key, range)) yield file;
    },
    async open(file) {
      const found = account.files?.find(
        (one) => one.fileId === file.fileId && one.section === file.section,
      );
      if (!found?.content) throw new UnreadableFile('gone', 'It is gone.');
      return contentOf(found.content);
    },
  };
}

export function contentOf(bytes: Buffer): FileContent {
  return {
    sizeBytes: bytes.length,
    read: async (buffer, position) => bytes.copy(buffer, 0, position),
    close: async () => {},
  };
}

function isWithin(key: RowKey, range: KeyRange): boolean {
  if (range.after && compareKeys(key, range.after) <= 0) return false;
  return !range.upTo || compareKeys(key, range.upTo) <= 0;
}

function compareKeys(a: RowKey, b: RowKey): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? '';
    if (value !== other) return value < other ? -1 : 1;
  }
  return 0;
}
