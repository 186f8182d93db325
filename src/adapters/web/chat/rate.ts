import { LIMITS } from '../../../domain/chat-view.ts';

const MINUTE_MS = 60_000;

/** Counts the messages of each person in the last minute. */
export function createRateLimit(perMinute: number = LIMITS.messagesPerMinute): {
  /** True when one more may be sent now; it is counted then. */
  take(who: string, now: Date): boolean;
} {
  const sentAt = new Map<string, number[]>();

  function forgetOld(since: number): void {
    for (const [who, times] of sentAt) {
      if ((times.at(-1) ?? 0) <= since) sentAt.delete(who);
    }
  }

  return {
    take(who, now) {
      const since = now.getTime() - MINUTE_MS;
      const recent = (sentAt.get(who) ?? []).filter((time) => time > since);
      if (recent.length >= perMinute) return false;
      forgetOld(since);
      sentAt.set(who, [...recent, now.getTime()]);
      return true;
    },
  };
}
