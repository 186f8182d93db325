import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ExportFailure } from '../../domain/failure.ts';
import type { PartProgress } from '../../ports/job-queue.ts';
import type { Answer, Order, Work } from './thread-messages.ts';

/** An unused thread gives its memory back after this. */
const IDLE_MS = 30_000;
/** A thread that has not stopped by then is ended as it is. */
const STOP_WITHIN_MS = 10_000;
/** A thread that grows beyond it ends alone, and not with the whole bot. */
const HEAP_MEGABYTES = 512;
/** V8 lets up to 48 MB of garbage gather first; what a part needs are mostly buffers outside of the heap. */
const YOUNG_HEAP_MEGABYTES = 4;

export type Threads = {
  /** Does one thing in a thread that has nothing else to do; waits for one when all are busy. */
  run<K extends keyof Work>(
    kind: K,
    input: Work[K]['input'],
    signal: AbortSignal,
    onProgress?: (done: PartProgress) => void,
  ): Promise<Work[K]['result']>;
  /** Breaks off what is running, and ends all threads. */
  close(): Promise<void>;
};

type Result = Work[keyof Work]['result'];

type Task = {
  order: Order;
  signal: AbortSignal;
  onProgress(done: PartProgress): void;
  result: PromiseWithResolvers<Result>;
};

type Thread = { worker: Worker; task: Task | null; idle: NodeJS.Timeout | undefined };

/**
 * Threads that start when there is something to do.
 * @param options.entry the module that runs in a thread; it calls `serveBuilder`
 * @param options.data what it needs to know, plain data
 */
export function createThreads(options: {
  entry: URL;
  data: unknown;
  size: number;
  stopWithinMs?: number;
}): Threads {
  const { entry, data, size, stopWithinMs = STOP_WITHIN_MS } = options;
  const threads = new Set<Thread>();
  const waiting: Task[] = [];
  let lastId = 0;
  let closed = false;

  async function run<K extends keyof Work>(
    kind: K,
    input: Work[K]['input'],
    signal: AbortSignal,
    onProgress: (done: PartProgress) => void = () => {},
  ): Promise<Work[K]['result']> {
    if (closed || signal.aborted) throw cancelled();
    lastId += 1;
    // Kind and input belong together, as do kind and result; a union cannot say so for a generic K.
    const order = { kind, id: lastId, input } as Order;
    const task: Task = { order, signal, onProgress, result: Promise.withResolvers<Result>() };
    const onAbort = () => abort(task);
    signal.addEventListener('abort', onAbort, { once: true });
    waiting.push(task);
    fill();
    try {
      return (await task.result.promise) as Work[K]['result'];
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  function fill(): void {
    while (waiting.length > 0 && !closed) {
      const thread = [...threads].find(({ task }) => !task);
      if (!thread && threads.size >= size) return;
      const task = waiting.shift();
      if (task) give(thread ?? start(), task);
    }
  }

  function give(thread: Thread, task: Task): void {
    clearTimeout(thread.idle);
    thread.task = task;
    thread.worker.ref();
    thread.worker.postMessage(task.order);
  }

  function start(): Thread {
    const resourceLimits = {
      maxOldGenerationSizeMb: HEAP_MEGABYTES,
      maxYoungGenerationSizeMb: YOUNG_HEAP_MEGABYTES,
    };
    // Without the options of this process: a thread needs none of them.
    const worker = new Worker(entry, { workerData: data, execArgv: [], resourceLimits });
    const thread: Thread = { worker, task: null, idle: undefined };
    threads.add(thread);
    worker.on('message', (answer: Answer) => hear(thread, answer));
    let why = 'it ended by itself';
    worker.on('error', (error) => {
      why = error.message;
    });
    worker.on('exit', () => lose(thread, why));
    return thread;
  }

  function hear(thread: Thread, answer: Answer): void {
    const { task, worker } = thread;
    if (task?.order.id !== answer.id) return;
    if (answer.kind === 'progress') {
      task.onProgress(answer.done);
      return;
    }
    thread.task = null;
    worker.unref();
    thread.idle = setTimeout(() => void worker.terminate(), IDLE_MS).unref();
    if (answer.kind === 'done') task.result.resolve(answer.result);
    else task.result.reject(failureOf(answer));
    fill();
  }

  function lose(thread: Thread, why: string): void {
    threads.delete(thread);
    clearTimeout(thread.idle);
    const { task } = thread;
    task?.result.reject(task.signal.aborted || closed ? cancelled() : died(task, why));
    fill();
  }

  function abort(task: Task): void {
    const at = waiting.indexOf(task);
    if (at >= 0) {
      waiting.splice(at, 1);
      task.result.reject(cancelled());
      return;
    }
    const thread = [...threads].find((one) => one.task === task);
    thread?.worker.postMessage({ kind: 'abort', id: task.order.id } satisfies Order);
  }

  async function close(): Promise<void> {
    closed = true;
    for (const task of waiting.splice(0)) task.result.reject(cancelled());
    await Promise.all([...threads].map(end));
  }

  /** What was begun is cleared away first. */
  async function end({ task, worker }: Thread): Promise<void> {
    if (task) {
      abort(task);
      const late = wait(stopWithinMs, undefined, { ref: false });
      await Promise.race([task.result.promise.catch(() => {}), late]);
    }
    await worker.terminate();
  }

  return { run, close };
}

function failureOf(answer: Extract<Answer, { kind: 'failed' }>): ExportFailure {
  const failure = new ExportFailure(answer.reason, answer.message);
  failure.stack = answer.stack;
  return failure;
}

function cancelled(): ExportFailure {
  return new ExportFailure('cancelled', 'The export was cancelled.');
}

function died({ order }: Task, why: string): ExportFailure {
  return new ExportFailure('unexpected', `The thread for a ${order.kind} died: ${why}.`);
}
