import type { Ticket } from '../domain/ticket.ts';
import type { Deps } from './deps.ts';

/** Stops the build of a ticket that was just closed. What a crash leaves undone here is done by the purge. */
export async function stopBuild(
  deps: Pick<Deps, 'exports' | 'queue' | 'clock' | 'log'>,
  { number, exportId }: Pick<Ticket, 'number' | 'exportId'>,
  status: 'cancelled' | 'failed',
): Promise<void> {
  const run = exportId === null ? null : deps.exports.find(exportId);
  if (run?.status !== 'planning' && run?.status !== 'building') return;
  deps.exports.end(run.id, status, deps.clock.now());
  try {
    await deps.queue.cancel(run.id);
  } catch (error) {
    deps.log.error({ ticket: number, exportId: run.id, error }, 'build not stopped yet');
  }
}
