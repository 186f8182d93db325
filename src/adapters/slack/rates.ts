import { setTimeout } from 'node:timers/promises';
import { SendError } from '../../domain/send-error.ts';

/** Calls a minute that Slack takes from one app in one workspace (docs.slack.dev, rate limits). */
const TIER = { two: 20, three: 50, four: 100 } as const;
/** Slack says "several hundred" messages a minute for a whole workspace. */
const MESSAGES_A_MINUTE = 200;
/** About one a second, with short bursts. */
const MESSAGES_A_MINUTE_IN_A_CHANNEL = 60;

const POST = 'chat.postMessage';

/** Every method that is called; another one is held to the tier of the rare ones. */
export const CALLS_A_MINUTE: Readonly<Record<string, number>> = {
  [POST]: MESSAGES_A_MINUTE,
  'chat.update': TIER.three,
  'chat.postEphemeral': TIER.four,
  'chat.getPermalink': TIER.four,
  'views.open': TIER.four,
  'views.update': TIER.four,
  'views.publish': TIER.four,
  'users.info': TIER.four,
  'usergroups.users.list': TIER.two,
  'conversations.info': TIER.three,
  'conversations.history': TIER.three,
  'conversations.replies': TIER.three,
  'conversations.members': TIER.four,
  'conversations.open': TIER.three,
  'files.getUploadURLExternal': TIER.four,
  'files.completeUploadExternal': TIER.four,
  'auth.test': TIER.four,
};

/** Longer than this a call does not wait here: others would be held up behind it. */
const PATIENCE_MS = 2_000;
/** So much of a minute's calls may come at once; the rest follows evenly, so that no minute has more than its number. */
const BURST_SHARE = 1 / 3;
const BURST_IN_A_CHANNEL = 6;
/** Calls a minute that are never made, because the line does not deliver them at equal distances. */
const SPARE = 2;

/** When the next call may be made. */
export type Rates = {
  /**
   * Waits for the turn of a call.
   * @throws SendError, marked as untried, when its turn is too far away; it says when to come again
   */
  turn(method: string, channel: string | null): Promise<void>;
};

/** Keeps calls within Slack's rates, so that Slack has nothing to refuse. */
export function createRates({
  nowMs = () => performance.now(),
  wait = (ms: number): Promise<unknown> => setTimeout(ms),
} = {}): Rates {
  const gates = new Map<string, Gate>();

  function gate(key: string, perMinute: number, burst: number): Gate {
    const known = gates.get(key) ?? createGate(perMinute, burst);
    gates.set(key, known);
    return known;
  }

  return {
    async turn(method, channel) {
      const perMinute = CALLS_A_MINUTE[method] ?? TIER.two;
      const both = [gate(method, perMinute, Math.floor(perMinute * BURST_SHARE))];
      if (method === POST && channel) {
        both.push(gate(channel, MESSAGES_A_MINUTE_IN_A_CHANNEL, BURST_IN_A_CHANNEL));
      }
      const now = nowMs();
      const waitMs = Math.max(...both.map((one) => one.waitMs(now)));
      if (waitMs > PATIENCE_MS) {
        const laterMs = Math.max(...both.map((one) => one.laterMs(now)));
        throw new SendError(`Slack takes ${method} only so often; its turn has not come yet.`, {
          untried: true,
          retryAfterSeconds: laterMs / 1000,
        });
      }
      for (const one of both) one.take(now);
      if (waitMs > 0) await wait(waitMs);
    },
  };
}

type Gate = {
  waitMs(now: number): number;
  take(now: number): void;
  /** When to come again: each who is sent away is given a moment of their own. */
  laterMs(now: number): number;
};

/** Lets `burst` through at once and the rest of `perMinute` at equal distances (the generic cell rate algorithm). */
function createGate(perMinute: number, burst: number): Gate {
  const gapMs = 60_000 / (perMinute - burst - SPARE);
  const ahead = (burst - 1) * gapMs;
  let freeAt = Number.NEGATIVE_INFINITY;
  let sentAwayUntil = Number.NEGATIVE_INFINITY;
  const waitMs = (now: number) => Math.max(0, freeAt - ahead - now);
  return {
    waitMs,
    take(now) {
      freeAt = Math.max(freeAt, now) + gapMs;
    },
    laterMs(now) {
      const wanted = now + waitMs(now);
      if (wanted <= now) return 0;
      sentAwayUntil = Math.max(wanted, sentAwayUntil + gapMs);
      return sentAwayUntil - now;
    },
  };
}
