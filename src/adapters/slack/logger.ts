import type { AppOptions } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Log } from '../../ports/log.ts';

export type BoltLogger = NonNullable<AppOptions['logger']>;

/** Bolt's own lines, in our log. What it says below a warning may hold what people wrote, so it is for debugging only. */
export function createBoltLogger(log: Log): BoltLogger {
  const text = (parts: unknown[]) => parts.map(String).join(' ').slice(0, 500);
  return {
    debug: () => undefined,
    info: (...parts) => log.debug({ said: text(parts) }, 'Slack library'),
    warn: (...parts) => log.warn({ said: text(parts) }, 'Slack library'),
    error: (...parts) => log.error({ said: text(parts) }, 'Slack library'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
