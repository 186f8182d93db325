import { addHours } from 'date-fns/addHours';
import type { Language } from './language.ts';
import { POLICY } from './policy.ts';
import type { HistoryEntry, Requester } from './ticket.ts';

const GRANT_STATUSES = [
  'asked',
  'granting',
  'active',
  'revoking',
  'ended',
  'denied',
  'lapsed',
] as const;
/** `granting` and `revoking`: decided, and not yet confirmed by the ATS. */
export type GrantStatus = (typeof GRANT_STATUSES)[number];

export type GrantAction = 'give' | 'deny' | 'lapse' | 'begin' | 'give_up' | 'revoke' | 'end';

/** All that may happen to an access. What is not in this table is refused. */
const TRANSITIONS: Record<GrantStatus, Partial<Record<GrantAction, GrantStatus>>> = {
  asked: { give: 'granting', deny: 'denied', lapse: 'lapsed' },
  // The ATS may have heard of it though it never said so; therefore what is given up is revoked.
  granting: { begin: 'active', give_up: 'revoking', revoke: 'revoking' },
  active: { revoke: 'revoking' },
  revoking: { end: 'ended' },
  ended: {},
  denied: {},
  lapsed: {},
};

/** The lengths that can be given, in hours. */
export const GRANT_HOURS = [24, 48] as const;
export type GrantHours = (typeof GRANT_HOURS)[number];

/** Access of one person to the platform itself for some hours, for exports by hand. */
export type Grant = {
  number: number;
  accountId: string;
  accountName: string;
  requester: Requester;
  /** Where the requester talks. */
  thread: string;
  language: Language;
  /** In the words of the customer. */
  reason: string;
  askedHours: GrantHours;
  status: GrantStatus;
  statusChangedAt: Date;
  /** What was given; null until somebody has decided. */
  hours: GrantHours | null;
  /** `desk:NAME` */
  decidedBy: string | null;
  /** Why it was denied; the customer reads it. */
  denial: string | null;
  beganAt: Date | null;
  endsAt: Date | null;
  endedAt: Date | null;
  warnedAt: Date | null;
  /** Tries in a row that the ATS did not confirm. */
  failures: number;
  nextTryAt: Date | null;
  lastError: string | null;
  /** The desk was last told that the ATS does not confirm. */
  alarmedAt: Date | null;
  createdAt: Date;
  /** Counts the changes; guards against two at once. */
  version: number;
};

export type NewGrant = Omit<Grant, 'number' | 'version'>;

/** An access before and after something happened to it, with the line for its history. */
export type GrantStep = { before: Grant; after: Grant; entry: HistoryEntry };

/** Something that the status of an access does not allow. */
class IllegalGrantStep extends Error {
  constructor(status: GrantStatus, action: GrantAction) {
    super(`An access that is ${GRANT_STATUS_WORDS[status]} cannot be changed by "${action}".`);
    this.name = 'IllegalGrantStep';
  }
}

/** Statuses in which the person may be able to work in the platform. */
const LIVE_GRANT_STATUSES: readonly GrantStatus[] = ['granting', 'active', 'revoking'];
export const OPEN_GRANT_STATUSES: readonly GrantStatus[] = ['asked', ...LIVE_GRANT_STATUSES];

export const GRANT_STATUS_WORDS = {
  asked: 'waiting for a decision',
  granting: 'given, not yet confirmed by the ATS',
  active: 'in force',
  revoking: 'being revoked',
  ended: 'over',
  denied: 'denied',
  lapsed: 'closed without a decision',
} as const satisfies Record<GrantStatus, string>;

export function canDoGrant({ status }: Pick<Grant, 'status'>, action: GrantAction): boolean {
  return action in TRANSITIONS[status];
}

type By = { now: Date; actor: string; detail?: HistoryEntry['detail'] };

/** @throws IllegalGrantStep when the status does not allow it */
export function actGrant(
  grant: Grant,
  action: GrantAction,
  { now, actor, detail = {} }: By,
  patch: Partial<NewGrant> = {},
): GrantStep {
  const status = TRANSITIONS[grant.status][action];
  if (!status) throw new IllegalGrantStep(grant.status, action);
  return {
    before: grant,
    after: {
      ...grant,
      status,
      statusChangedAt: now,
      failures: 0,
      nextTryAt: null,
      lastError: null,
      alarmedAt: null,
      ...patch,
    },
    entry: { at: now, actor, event: action, detail },
  };
}

/** A new wish for access, as the customer confirmed it. */
export function askGrant(
  wish: Pick<
    Grant,
    'accountId' | 'accountName' | 'requester' | 'thread' | 'language' | 'reason' | 'askedHours'
  >,
  now: Date,
): NewGrant {
  return {
    ...wish,
    status: 'asked',
    statusChangedAt: now,
    hours: null,
    decidedBy: null,
    denial: null,
    beganAt: null,
    endsAt: null,
    endedAt: null,
    warnedAt: null,
    failures: 0,
    nextTryAt: null,
    lastError: null,
    alarmedAt: null,
    createdAt: now,
  };
}

/** The ATS has confirmed it: the hours count from now. */
export function beginGrant(grant: Grant, now: Date): GrantStep {
  const endsAt = endIfBegun(grant, now);
  const detail = { hours: grant.hours, endsAt: endsAt.toISOString() };
  return actGrant(grant, 'begin', { now, actor: 'bot', detail }, { beganAt: now, endsAt });
}

/** When an access would end that began now. */
export function endIfBegun({ hours, askedHours }: Grant, now: Date): Date {
  return addHours(now, hours ?? askedHours);
}

/** The ATS did not confirm: tried again soon, later each time. */
export function failGrant(grant: Grant, problem: string, now: Date): GrantStep {
  const failures = grant.failures + 1;
  const minutes = Math.min(2 ** (failures - 1), POLICY.access.longestPauseMinutes);
  return {
    before: grant,
    after: {
      ...grant,
      failures,
      lastError: problem,
      nextTryAt: new Date(now.getTime() + minutes * 60_000),
    },
    entry: {
      at: now,
      actor: 'bot',
      event: 'not_confirmed',
      detail: { what: grant.status === 'revoking' ? 'revoking' : 'granting', error: problem },
    },
  };
}

/** True when the desk has to be told that the ATS does not confirm: after some failures, and again every few hours. */
export function isAlarmDue({ failures, alarmedAt }: Grant, now: Date): boolean {
  if (failures < POLICY.access.failuresBeforeAlarm) return false;
  return !alarmedAt || now >= addHours(alarmedAt, POLICY.access.alarmAgainAfterHours);
}

/** The length that a wish for so many hours comes to: 24 or 48; more than that is not given. */
export function grantHoursFor(wanted: number): GrantHours | null {
  if (!(wanted > 0)) return null;
  return GRANT_HOURS.find((hours) => wanted <= hours) ?? null;
}
