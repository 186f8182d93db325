import { hash } from 'node:crypto';
import { type MissingReason, UnreadableFile } from '../../domain/content.ts';
import { ExportFailure, throwIfCancelled } from '../../domain/failure.ts';
import { POLICY } from '../../domain/policy.ts';
import type { PartFile } from '../../ports/part-writer.ts';
import type { FileContent } from '../../ports/source.ts';
import type { Buffers, Slot } from './buffers.ts';
import { deflateWhole } from './deflate.ts';
import type { Seal, Sealer } from './seal.ts';

/** So many files are opened and read at a time, so that the disk is never waited for. */
const FILES_AHEAD = 12;
/** Files up to this are held in memory: at most 12 times 4 MiB. */
const MEMORY_FILE_BYTES = 4 * 1024 * 1024;

/** `data` is valid until the next file is asked for; `packed` is set when deflating made it smaller. */
export type LoadedSmall = { data: Buffer; packed: Buffer | null; seal: Seal | null };

export type Loaded<T> = { file: T } & (
  | { kind: 'missing'; reason: MissingReason }
  | ({ kind: 'small' } & LoadedSmall)
  /** Too large for memory. Whoever takes it closes `content`. */
  | { kind: 'large'; content: FileContent }
);

type Reading = {
  signal: AbortSignal;
  buffers: Buffers;
  sealer: Sealer | null;
  /** In a part with ZIP64 a file may have any size. */
  mayBeHuge: boolean;
};

/** Opens and reads files ahead of their turn and hands them out in order. */
export async function* readAhead<T extends PartFile>(
  files: AsyncIterable<T>,
  reading: Reading,
): AsyncIterable<Loaded<T>> {
  const { signal, buffers } = reading;
  const source = files[Symbol.asyncIterator]();
  const queue: { slot: Slot; loading: Promise<Loaded<T>> }[] = [];
  const slots = Array.from({ length: FILES_AHEAD }, () => buffers.takeSlot());
  const free = [...slots];
  let more = true;
  try {
    while (more || queue.length) {
      throwIfCancelled(signal);
      while (more && free.length) {
        const next = await source.next();
        const slot = free.pop();
        if (next.done || !slot) more = false;
        else queue.push({ slot, loading: start(next.value, slot, reading) });
      }
      const head = queue.shift();
      if (!head) break;
      yield await head.loading;
      free.push(head.slot);
    }
  } finally {
    for (const { loading } of queue) {
      const loaded = await loading.catch(() => null);
      if (loaded?.kind === 'large') await loaded.content.close();
    }
    for (const slot of slots) buffers.giveSlot(slot);
    await source.return?.();
  }
}

function start<T extends PartFile>(file: T, slot: Slot, reading: Reading): Promise<Loaded<T>> {
  const loading = load(file, slot, reading);
  // Thrown when its turn comes; until then it must not count as unhandled.
  loading.catch(() => {});
  return loading;
}

async function load<T extends PartFile>(file: T, slot: Slot, reading: Reading): Promise<Loaded<T>> {
  try {
    // A file that changes while it is read is given a second chance: most are written once and then stay.
    const first = await attempt(file, slot, reading);
    return first ?? (await attempt(file, slot, reading)) ?? changed(file);
  } catch (error) {
    if (error instanceof UnreadableFile) return { file, kind: 'missing', reason: error.reason };
    throw error;
  }
}

function changed<T>(file: T): Loaded<T> {
  return { file, kind: 'missing', reason: 'changed_while_reading' };
}

/** Null when the file has another length than it had when it was opened. */
async function attempt<T extends PartFile>(
  file: T,
  slot: Slot,
  { sealer, mayBeHuge }: Reading,
): Promise<Loaded<T> | null> {
  const content = await file.open();
  let keep = false;
  try {
    if (content.sizeBytes > POLICY.maxPartBytes && !mayBeHuge) throw tooLarge(file.path);
    if (content.sizeBytes > MEMORY_FILE_BYTES) {
      keep = true;
      return { file, kind: 'large', content };
    }
    const data = await readWhole(content, slot);
    if (!data) return null;
    const packed = file.compress && data.length ? await deflateWhole(data) : null;
    const smaller = packed && packed.length < data.length ? packed : null;
    const seal = sealer && data.length ? await sealer(file.path, sha256(smaller ?? data)) : null;
    return { file, kind: 'small', data, packed: smaller, seal };
  } finally {
    if (!keep) await content.close();
  }
}

async function readWhole(content: FileContent, slot: Slot): Promise<Buffer | null> {
  // One byte more than there should be: when it is filled, the file has grown.
  const wanted = content.sizeBytes + 1;
  if (slot.buffer.length < wanted) slot.buffer = Buffer.allocUnsafeSlow(roundUp(wanted));
  const filled = await content.read(slot.buffer.subarray(0, wanted), 0);
  return filled === content.sizeBytes ? slot.buffer.subarray(0, filled) : null;
}

/** In steps of 256 KiB, so that a slot does not grow a little with every file. */
function roundUp(bytes: number): number {
  return Math.ceil(bytes / 262_144) * 262_144;
}

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}

function tooLarge(path: string): ExportFailure {
  return new ExportFailure('file_too_large', `The file ${path} is larger than 4 GB.`);
}
