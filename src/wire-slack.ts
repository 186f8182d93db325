import type { FastifyInstance } from 'fastify';
import { createSlackApp } from './adapters/slack/app.ts';
import { registerSlackEvents } from './adapters/slack/mount.ts';
import type { SlackConfig } from './config.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';

/**
 * Everything of Slack. Loaded only when SLACK_BOT_TOKEN is set. Nothing is connected before `start`.
 */
export function openSlack(config: SlackConfig, { clock, log }: { clock: Clock; log: Log }) {
  // Signatures go by the real time, whatever the clock of a sample shows.
  const slack = createSlackApp(config, { log, now: () => new Date() });
  return {
    slack,
    clock,
    /** Mounts POST /slack/events; not in Socket Mode. */
    mount(app: FastifyInstance): void {
      if (slack.http) registerSlackEvents(app, slack.http);
    },
  };
}
