import type { MissingReason } from '../domain/content.ts';
import type { BlobWriter } from './export-store.ts';
import type { FileContent } from './source.ts';

/** What an entry is called and when it was made (ISO 8601 in UTC). */
export type EntryHead = { path: string; modifiedAt: string };

/** An entry made of generated text. */
type PartText = { head: EntryHead; chunks: AsyncIterable<Buffer> };

/** A file to go into a part. */
export type PartFile = EntryHead & {
  compress: boolean;
  /** @throws UnreadableFile when it cannot be read */
  open(): Promise<FileContent>;
  /** Texts that go into the part before this file, made when length and CRC-32 of the file are known. */
  before?(sum: { sizeBytes: number; crc32: number }): PartText[];
};

/** What became of a file: it is in the part, or it is missing, and why. */
export type AddedFile<T> = { file: T } & (
  | { missing: null; sizeBytes: number; crc32: number }
  | { missing: MissingReason }
);

export type PartOptions = {
  signal: AbortSignal;
  /** Allows ZIP64, for the one file that does not go without. */
  zip64?: boolean;
  /** AES-256 with this password (printable ASCII). The same export, paths and contents give the same bytes. */
  encryption?: { password: string; exportId: string } | null;
};

/** Opens a part that is written to a blob. The blob is committed or aborted by the caller. */
export type OpenPart = (blob: BlobWriter, options: PartOptions) => PartWriter;

/** Writes one part (a ZIP) in order, reading ahead, in memory that does not grow with the part. */
export interface PartWriter {
  /** Adds an entry made of generated text, compressed. */
  addText(head: EntryHead, chunks: AsyncIterable<Buffer>): Promise<void>;
  /**
   * Adds files and says for each what became of it, in order.
   * @throws TornFile when a file changed after its header was written: abort, and begin the part again without it.
   */
  addFiles<T extends PartFile>(files: AsyncIterable<T>): AsyncIterable<AddedFile<T>>;
  /**
   * Ends the part; its length and SHA-256 (lower-case hex) are what the blob is committed with. `zip64` is true when
   * ZIP64 was needed.
   */
  finish(): Promise<{ sizeBytes: number; sha256: string; zip64: boolean }>;
  /** Gives back files and memory; for `finally`. */
  close(): Promise<void>;
}

/** What is wrong with a ZIP; nothing is when `problems` is empty. */
export type ZipReport = { entries: number; problems: string[] };

/** Reads a ZIP in a local file from the first to the last byte. */
export type InspectZip = (path: string) => Promise<ZipReport>;
