import type { Conversation } from './conversation.ts';
import { POLICY } from './policy.ts';
import type { HistoryEntry, Status, Ticket } from './ticket.ts';

/** The groups of the desk's list, in their order. */
export const DESK_GROUPS = [
  'decide',
  'on_hold',
  'building',
  'delivered',
  'asking',
  'over',
] as const;
export type DeskGroup = (typeof DESK_GROUPS)[number];

export const GROUP_WORDS = {
  decide: 'Needs you',
  on_hold: 'On hold',
  building: 'Building',
  delivered: 'Delivered',
  asking: 'With the customer',
  over: 'Over',
} as const satisfies Record<DeskGroup, string>;

const GROUP_OF = {
  collecting: 'asking',
  on_hold: 'on_hold',
  awaiting_approval: 'decide',
  approved: 'building',
  building: 'building',
  delivered: 'delivered',
  expired: 'over',
  purged: 'over',
  rejected: 'over',
  cancelled: 'over',
  failed: 'decide',
} as const satisfies Record<Status, DeskGroup>;

/** What somebody at the desk has to do, and since when it waits. */
export type Need = {
  what: 'approval' | 'extension' | 'failed' | 'human' | 'answer';
  since: Date;
};

export const NEED_WORDS = {
  approval: 'waits for approval',
  extension: 'asks for an extension',
  failed: 'failed',
  human: 'wants to talk to a person',
  answer: 'answered your question',
} as const satisfies Record<Need['what'], string>;

/** What was asked of the desk outside of the status. Looked at only where it tells, so getters may fetch it. */
type Asked = {
  readonly conversation: Conversation | null;
  readonly history: readonly HistoryEntry[];
};

/** What a ticket needs of the desk; null when it can be left alone. */
export function needOf(ticket: Ticket, asked: Asked): Need | null {
  if (ticket.status === 'awaiting_approval') {
    return { what: 'approval', since: ticket.statusChangedAt };
  }
  if (ticket.extensionAskedHours !== null) {
    const line = asked.history.findLast(({ event }) => event === 'extension_asked');
    return { what: 'extension', since: line?.at ?? ticket.statusChangedAt };
  }
  if (ticket.status === 'failed') return { what: 'failed', since: ticket.statusChangedAt };
  const humanSince = asked.conversation?.humanSince;
  const since = humanSince ? wroteToHumanAt(humanSince, asked.history) : null;
  if (since) return { what: 'human', since };
  const answer = asked.history.findLast(
    ({ event, actor }) => event === 'answer' || actor.startsWith('desk:'),
  );
  return answer?.event === 'answer' ? { what: 'answer', since: answer.at } : null;
}

/** When the customer called for a person, or first wrote after the desk's last reply; null when the reply was the last. */
function wroteToHumanAt(humanSince: Date, history: readonly HistoryEntry[]): Date | null {
  const lastReply = history.findLastIndex(({ event }) => event === 'reply');
  if (lastReply < 0) return humanSince;
  return history.slice(lastReply + 1).find(({ event }) => TO_HUMAN.includes(event))?.at ?? null;
}

export function groupOf(ticket: Ticket, need: Need | null): DeskGroup {
  return need ? 'decide' : GROUP_OF[ticket.status];
}

/** What a customer writes while a person has the talk. */
const TO_HUMAN = ['human_asked', 'message', 'answer'];

const ORDER_OF_NEEDS: readonly Need['what'][] = [
  'approval',
  'extension',
  'failed',
  'human',
  'answer',
];

/** Sorts what needs the desk: by kind, and what has waited longest first. */
export function compareNeeds(a: Need, b: Need): number {
  return (
    ORDER_OF_NEEDS.indexOf(a.what) - ORDER_OF_NEEDS.indexOf(b.what) ||
    a.since.getTime() - b.since.getTime()
  );
}

/** Nobody has answered for longer than POLICY.nudgeDeskAfterHours. */
export function isLate(need: Need, now: Date): boolean {
  return now.getTime() - need.since.getTime() > POLICY.nudgeDeskAfterHours * 3_600_000;
}
