import type {
  DataSet,
  FileSection,
  KeyRange,
  Selection,
  SourceFile,
  SourceRow,
  SourceTotals,
} from '../domain/content.ts';

/**
 * The data and files of an account, streamed and never held in memory. Lists come in key order, which is that of
 * `compareKeys` whatever the database; a row that was added or deleted since a plan was made does not move the others.
 */
export interface Source {
  /** Column names of a data set, in order; the CSV's header. */
  columns(dataSet: DataSet): string[];
  /** Counts and sizes by SQL, for the estimate and for the reconciliation. */
  totals(accountId: string, selection: Selection): Promise<SourceTotals>;
  rows(
    accountId: string,
    dataSet: DataSet,
    selection: Selection,
    range: KeyRange,
  ): AsyncIterable<SourceRow>;
  files(
    accountId: string,
    section: FileSection,
    selection: Selection,
    range: KeyRange,
  ): AsyncIterable<SourceFile>;
  /**
   * Opens a file for reading.
   * @throws UnreadableFile when it is gone, cannot be read, or lies outside the source's file root.
   */
  open(file: SourceFile): Promise<FileContent>;
  /**
   * Does `work` on the lists as they are at this moment, whatever is written meanwhile; files are those of their time.
   * When the database hangs up a new moment begins, and counts that then differ say so.
   */
  snapshot<T>(work: (frozen: Source) => Promise<T>): Promise<T>;
}

/** Where the files of all accounts lie. */
export interface FileRoot {
  /** @throws UnreadableFile for a fault of one file, and any other error when none can be read */
  open(accountId: string, path: string): Promise<FileContent>;
}

/** An open file. Close it in `finally`. */
export interface FileContent {
  sizeBytes: number;
  /** Fills `buffer` from `position` on; returns the bytes read, fewer than there is room for only where the file ends. */
  read(buffer: Buffer, position: number): Promise<number>;
  close(): Promise<void>;
}
