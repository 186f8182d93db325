import { signal } from '@preact/signals';
import type { PageFile, PageState } from '../../domain/page-state.ts';
import { type Kept, keep } from './kept.ts';
import type { FromWorker, ToWorker, Why } from './save-file.ts';

/** So many files at once: one alone leaves a fast line idle, many only share a slow one. */
export const AT_ONCE = 3;
const LONGEST_WAIT_MS = 60_000;
const TRIES_BEFORE_BLOCKED = 3;
const TRIES_WITH_DAMAGE = 2;

type FileState = 'waiting' | 'loading' | 'done' | 'broken';
export type Item = {
  file: PageFile;
  state: FileState;
  have: number;
  /** Tries in a row that brought nothing. */
  fruitless: number;
  damaged: number;
  notBefore: number;
};
export type Phase = 'idle' | 'running' | 'paused' | 'finished';
export type Trouble = Exclude<Why, 'stopped'> | 'broken';

/** Files on their way into a folder. */
export const items = signal<readonly Item[]>([]);
export const phase = signal<Phase>('idle');
export const trouble = signal<Trouble | null>(null);

let kept: Kept | null = null;
let number = 0;
const running = new Map<string, Worker>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes over what the server says there is; more files may come while the export is being built. */
export function setFiles(state: PageState): void {
  number = state.number;
  const known = new Map(items.value.map((item) => [item.file.name, item]));
  items.value = state.files.map((file) => {
    const item = known.get(file.name);
    if (item?.file.sha256 === file.sha256) return { ...item, file };
    return { file, state: 'waiting', have: 0, fruitless: 0, damaged: 0, notBefore: 0 };
  });
  if (phase.value === 'finished' && items.value.some(({ state }) => state === 'waiting')) {
    phase.value = 'running';
  }
  if (phase.value === 'running') next();
}

/** Begins, or goes on, in a folder: what is there in full is not fetched again. */
export async function start(wanted: Kept): Promise<void> {
  kept = wanted;
  phase.value = 'running';
  trouble.value = null;
  for (const item of items.value) {
    const size = await sizeIn(wanted.folder, item.file.name);
    const isDone = wanted.done[item.file.name] === item.file.sha256 && size === item.file.sizeBytes;
    const have = Math.min(size ?? 0, item.file.sizeBytes);
    change(item.file.name, {
      state: isDone ? 'done' : 'waiting',
      have,
      fruitless: 0,
      damaged: 0,
      notBefore: 0,
    });
  }
  await keep(number, wanted);
  next();
}

export function pause(): void {
  phase.value = 'paused';
  clearTimeout(timer);
  for (const worker of running.values()) worker.postMessage({ kind: 'stop' } satisfies ToWorker);
}

export function resume(): void {
  if (kept) void start(kept);
}

/** The line is back: nobody waits for the next try. */
export function tryNow(): void {
  items.value = items.value.map((item) => ({ ...item, notBefore: 0 }));
  next();
}

async function sizeIn(folder: FileSystemDirectoryHandle, name: string): Promise<number | null> {
  const handle = await folder.getFileHandle(name).catch(() => null);
  return handle ? (await handle.getFile()).size : null;
}

function change(name: string, patch: Partial<Item>): void {
  items.value = items.value.map((item) => (item.file.name === name ? { ...item, ...patch } : item));
}

function next(): void {
  clearTimeout(timer);
  if (phase.value !== 'running' || !kept) return;
  const now = Date.now();
  const waiting = items.value.filter(({ state }) => state === 'waiting');
  for (const item of waiting) {
    if (running.size >= AT_ONCE) return;
    if (item.notBefore <= now && !running.has(item.file.name)) fetchOne(item, kept.folder);
  }
  const soonest = Math.min(...waiting.map(({ notBefore }) => notBefore));
  if (waiting.length > 0) timer = setTimeout(next, Math.max(50, soonest - now));
  else if (running.size === 0) end();
}

function end(): void {
  const isAll = items.value.every(({ state }) => state === 'done');
  phase.value = isAll ? 'finished' : 'paused';
  if (isAll) trouble.value = null;
}

function fetchOne({ file }: Item, folder: FileSystemDirectoryHandle): void {
  const worker = new Worker(new URL('./part-worker.ts', import.meta.url), { type: 'module' });
  running.set(file.name, worker);
  change(file.name, { state: 'loading' });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'progress') {
      change(file.name, { have: data.have, fruitless: 0 });
      if (trouble.value === 'lost') trouble.value = null;
      return;
    }
    leave(file.name);
    settle(file, data);
    next();
  };
  worker.onerror = () => {
    leave(file.name);
    again(file.name, 0);
    next();
  };
  worker.postMessage({ kind: 'save', folder, file } satisfies ToWorker);
}

function leave(name: string): void {
  running.get(name)?.terminate();
  running.delete(name);
}

function settle(file: PageFile, result: Exclude<FromWorker, { kind: 'progress' }>): void {
  switch (result.kind) {
    case 'done':
      change(file.name, { state: 'done', have: file.sizeBytes });
      if (kept) {
        kept = { ...kept, done: { ...kept.done, [file.name]: file.sha256 } };
        void keep(number, kept);
      }
      return;
    case 'damaged':
      damaged(file.name);
      return;
    case 'ended':
      ended(file.name, result.why, result.waitMs);
  }
}

/** Fetched once more from the beginning, then reported. */
function damaged(name: string): void {
  const times = (items.value.find(({ file }) => file.name === name)?.damaged ?? 0) + 1;
  const isBroken = times >= TRIES_WITH_DAMAGE;
  change(name, { damaged: times, have: 0, state: isBroken ? 'broken' : 'waiting' });
  if (isBroken) trouble.value = 'broken';
}

function ended(name: string, why: Why, waitMs: number): void {
  if (why === 'stopped') {
    change(name, { state: 'waiting' });
    return;
  }
  if (why === 'lost' || why === 'blocked') {
    again(name, waitMs);
    const item = items.value.find(({ file }) => file.name === name);
    const isBlocked = why === 'blocked' && (item?.fruitless ?? 0) >= TRIES_BEFORE_BLOCKED;
    trouble.value = isBlocked ? 'blocked' : 'lost';
    if (isBlocked) pause();
    return;
  }
  change(name, { state: 'waiting' });
  trouble.value = why;
  pause();
}

/** Twice as long each time, up to a minute; at once after a try that brought something. */
function again(name: string, waitMs: number): void {
  const fruitless = (items.value.find(({ file }) => file.name === name)?.fruitless ?? 0) + 1;
  const pauseMs = fruitless === 1 ? 200 : Math.min(LONGEST_WAIT_MS, 500 * 2 ** fruitless);
  change(name, {
    state: 'waiting',
    fruitless,
    notBefore: Date.now() + Math.max(waitMs, pauseMs),
  });
}
