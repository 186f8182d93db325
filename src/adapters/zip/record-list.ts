const CHUNK_BYTES = 64 * 1024;

/** The records of the central directory, joined: sixty thousand buffers of their own would weigh five times as much. */
export type RecordList = {
  add(record: Buffer): void;
  count(): number;
  /** All that was added. */
  chunks(): Iterable<Buffer>;
};

export function createRecordList(): RecordList {
  const full: Buffer[] = [];
  let chunk = Buffer.alloc(0);
  let used = 0;
  let count = 0;

  function add(record: Buffer): void {
    count += 1;
    if (used + record.length > chunk.length) {
      if (used > 0) full.push(chunk.subarray(0, used));
      chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, record.length));
      used = 0;
    }
    used += record.copy(chunk, used);
  }

  function* chunks(): Iterable<Buffer> {
    yield* full;
    yield chunk.subarray(0, used);
  }

  return { add, count: () => count, chunks };
}
