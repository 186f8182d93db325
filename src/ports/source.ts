import type {
  DataSet,
  FileSection,
  KeyRange,
  Selection,
  SourceFile,
  SourceRow,
  SourceTotals,
} from '../domain/content.ts';

/** The data and files of an account, streamed in key order and never held in memory. */
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
}

/** An open file. Close it in `finally`. */
export interface FileContent {
  sizeBytes: number;
  /** Fills `buffer` from `position` on; returns the bytes read, fewer than there is room for only where the file ends. */
  read(buffer: Buffer, position: number): Promise<number>;
  close(): Promise<void>;
}
