import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { PageFile } from '../../domain/page-state.ts';

export type ToWorker =
  | { kind: 'save'; folder: FileSystemDirectoryHandle; file: PageFile }
  | { kind: 'stop' };

export type FromWorker =
  | { kind: 'progress'; have: number }
  | { kind: 'done' }
  /** All of it came, with another SHA-256 than it must have; it was thrown away. */
  | { kind: 'damaged' }
  | { kind: 'ended'; why: Why; waitMs: number };

/** Why a file did not come in full this time. What came stays. */
export type Why =
  | 'stopped'
  | 'lost'
  /** The server is there, and the bytes cannot be had from here. */
  | 'blocked'
  | 'dead'
  | 'full'
  | 'denied';

const STALLED_MS = 60_000;
const TELL_EVERY_MS = 250;
/** A browser keeps what is written only when the file is closed: so much, or so long, may be lost with a crash. */
const KEEP_BYTES = 256_000_000;
const KEEP_MS = 60_000;

class Ended extends Error {
  readonly why: Why;
  readonly waitMs: number;
  constructor(why: Why, waitMs = 0) {
    super(why);
    this.why = why;
    this.waitMs = waitMs;
  }
}

/** Brings the rest of a file into the folder, and compares the SHA-256 of all of it. */
export async function saveFile(
  folder: FileSystemDirectoryHandle,
  file: PageFile,
  stop: AbortSignal,
  tell: (message: FromWorker) => void,
): Promise<FromWorker> {
  try {
    const handle = await folder.getFileHandle(file.name, { create: true });
    const hash = sha256.create();
    const there = await handle.getFile();
    let have = there.size <= file.sizeBytes ? there.size : 0;
    if (have > 0) await readInto(hash, there, stop, tell);
    if (have < file.sizeBytes) have = await fetchRest(handle, file, have, hash, stop, tell);
    else if (there.size > file.sizeBytes || file.sizeBytes === 0) await empty(handle);
    if (have === file.sizeBytes && bytesToHex(hash.digest()) === file.sha256)
      return { kind: 'done' };
    await empty(handle);
    return { kind: 'damaged' };
  } catch (error) {
    if (error instanceof Ended) return { kind: 'ended', why: error.why, waitMs: error.waitMs };
    return { kind: 'ended', why: stop.aborted ? 'stopped' : whyOf(error), waitMs: 0 };
  }
}

type Hash = ReturnType<typeof sha256.create>;

async function readInto(
  hash: Hash,
  there: Blob,
  stop: AbortSignal,
  tell: (message: FromWorker) => void,
): Promise<void> {
  let read = 0;
  for await (const chunk of chunksOf(there.stream())) {
    if (stop.aborted) throw new Ended('stopped');
    hash.update(chunk);
    read += chunk.length;
  }
  tell({ kind: 'progress', have: read });
}

/** @returns how much of the file is there afterwards; less than all of it never comes back without an error */
async function fetchRest(
  handle: FileSystemFileHandle,
  file: PageFile,
  from: number,
  hash: Hash,
  stop: AbortSignal,
  tell: (message: FromWorker) => void,
): Promise<number> {
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), STALLED_MS);
  const signal = AbortSignal.any([stop, stalled.signal]);
  let out: FileSystemWritableFileStream | null = null;
  let have = from;
  try {
    const response = await ask(file, from, signal);
    const body = response.body;
    if (!body) throw new Ended('lost');
    out = await handle.createWritable({ keepExistingData: from > 0 });
    let kept = { have, at: performance.now() };
    let told = 0;
    await out.seek(have);
    for await (const chunk of chunksOf(body)) {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(), STALLED_MS);
      await out.write(chunk);
      hash.update(chunk);
      have += chunk.length;
      const now = performance.now();
      if (now - told >= TELL_EVERY_MS) {
        told = now;
        tell({ kind: 'progress', have });
      }
      if (have - kept.have >= KEEP_BYTES && now - kept.at >= KEEP_MS) {
        await out.close();
        out = await handle.createWritable({ keepExistingData: true });
        await out.seek(have);
        kept = { have, at: now };
      }
    }
    if (have < file.sizeBytes) throw new Ended('lost');
    return have;
  } finally {
    clearTimeout(timer);
    // What has come is kept, whatever ended it.
    await out?.close();
    if (have > from) tell({ kind: 'progress', have });
  }
}

/** A server that answers with the whole file when the rest was asked for has another one: it must not be appended. */
async function ask(file: PageFile, from: number, signal: AbortSignal): Promise<Response> {
  const headers: HeadersInit = from > 0 ? { range: `bytes=${from}-` } : {};
  const init: RequestInit = { headers, signal, cache: 'no-store', credentials: 'omit' };
  const response = await fetch(file.url, init).catch(async (error: unknown) => {
    if (signal.aborted || !(error instanceof TypeError)) throw error;
    const isThere = await fetch(file.url, { method: 'HEAD', signal, cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    throw new Ended(isThere ? 'blocked' : 'lost');
  });
  if (response.status === 404 || response.status === 410) throw new Ended('dead');
  if (response.status === (from > 0 ? 206 : 200)) return response;
  await response.body?.cancel();
  throw new Ended('lost', Number(response.headers.get('retry-after') ?? 0) * 1000);
}

async function empty(handle: FileSystemFileHandle): Promise<void> {
  const out = await handle.createWritable({ keepExistingData: false });
  await out.close();
}

/** By hand, because Safari's streams cannot be iterated. */
async function* chunksOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function whyOf(error: unknown): Why {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  return [
    'NotAllowedError',
    'NotFoundError',
    'NoModificationAllowedError',
    'SecurityError',
  ].includes(name)
    ? 'denied'
    : 'lost';
}
