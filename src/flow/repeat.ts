import type { Deps } from './deps.ts';

/** Calls `work` again and again, with a pause between; what it throws is logged. */
export function repeat(
  work: () => Promise<void>,
  pauseMs: number,
  { log }: Pick<Deps, 'log'>,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const next = (): void => {
    running = work()
      .catch((error: unknown) => log.error({ error }, 'periodic work failed'))
      .finally(() => {
        if (!stopped) timer = setTimeout(next, pauseMs);
      });
  };
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
