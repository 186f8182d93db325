import type { Role } from './account.ts';
import type { Approval } from './approval.ts';
import type { Language } from './language.ts';
import type { ExportOptions } from './options.ts';

export const STATUSES = [
  'collecting',
  'on_hold',
  'awaiting_approval',
  'approved',
  'building',
  'delivered',
  'expired',
  'purged',
  'rejected',
  'cancelled',
  'failed',
] as const;
export type Status = (typeof STATUSES)[number];

export const ACTIONS = [
  'confirm',
  'hold',
  'release',
  'approve',
  'reject',
  'cancel',
  'build',
  'deliver',
  'fail',
  'retry',
  'extend',
  'expire',
  'purge',
  'rebuild',
  'lapse',
] as const;
/** Something that moves a ticket from one status to another. */
export type Action = (typeof ACTIONS)[number];

/** All that may happen to a ticket. What is not in this table is refused. */
export const TRANSITIONS = {
  collecting: {
    confirm: 'awaiting_approval',
    hold: 'on_hold',
    cancel: 'cancelled',
    lapse: 'cancelled',
  },
  on_hold: {
    release: 'collecting',
    confirm: 'awaiting_approval',
    cancel: 'cancelled',
    lapse: 'cancelled',
  },
  awaiting_approval: {
    approve: 'approved',
    reject: 'rejected',
    hold: 'on_hold',
    cancel: 'cancelled',
    lapse: 'cancelled',
  },
  approved: { build: 'building', fail: 'failed', cancel: 'cancelled', lapse: 'failed' },
  building: { deliver: 'delivered', fail: 'failed', cancel: 'cancelled', lapse: 'failed' },
  delivered: { extend: 'delivered', expire: 'expired', rebuild: 'approved', cancel: 'cancelled' },
  expired: { extend: 'delivered', purge: 'purged', rebuild: 'approved', cancel: 'cancelled' },
  failed: { retry: 'approved', cancel: 'cancelled', lapse: 'cancelled' },
  purged: { rebuild: 'awaiting_approval' },
  rejected: {},
  cancelled: {},
} satisfies Record<Status, Partial<Record<Action, Status>>>;

/** Nothing more happens by itself in these. */
export const FINAL_STATUSES: readonly Status[] = ['purged', 'rejected', 'cancelled'];

/** The account's request is still on its way or its links still work; a second request joins it. */
export const OPEN_STATUSES: readonly Status[] = STATUSES.filter(
  (status) => !FINAL_STATUSES.includes(status) && status !== 'expired',
);

/** One check made before the desk decides, with its result in a sentence. */
export type Check = {
  name: 'requester' | 'invoices' | 'account' | 'recent_exports';
  ok: boolean;
  text: string;
};

/** What the dump will be, from the real data. */
export type Estimate = {
  files: number;
  rows: number;
  bytes: number;
  parts: number;
  /** Building time in seconds, at the speed of past exports. */
  seconds: number;
};

export type Requester = { email: string; name: string; role: Role };

/** One request for a data dump, from the question to the purge. */
export type Ticket = {
  number: number;
  accountId: string;
  accountName: string;
  requester: Requester;
  /** Opaque reference to where the requester talks; made and read by its adapter only. */
  thread: string;
  /** What the requester reads and is written to in. */
  language: Language;
  status: Status;
  statusChangedAt: Date;
  options: ExportOptions;
  checks: Check[];
  estimate: Estimate | null;
  /** When the requester said yes to the summary. */
  confirmedAt: Date | null;
  approval: Approval | null;
  /** What the customer was promised: delivered by then. */
  promisedAt: Date | null;
  exportId: string | null;
  deliveredAt: Date | null;
  /** End of the download window. */
  expiresAt: Date | null;
  /** When the bytes were deleted. */
  purgedAt: Date | null;
  /** While it is set nothing of the ticket is deleted. */
  legalHold: LegalHold | null;
  /** Extensions that the customer was given without the desk. */
  selfServiceExtensions: number;
  /** An extension that waits for the desk's click, in hours. */
  extensionAskedHours: number | null;
  /** The least of POLICY.warnHoursBeforeExpiry that a warning was sent for. */
  warnedHours: number | null;
  /** The desk was last nudged, or the customer last told of a delay. */
  nudgedAt: Date | null;
  delayToldAt: Date | null;
  /** Why it was rejected, cancelled or failed; a sentence that may be shown to the customer. */
  reason: string | null;
  /** The same where Waybill itself gave the reason, so that the customer reads it in their language. */
  cause: Cause | null;
  createdAt: Date;
  /** Counts the changes; guards against two at once. */
  version: number;
};

/** A reason that nobody wrote by hand. */
export type Cause =
  | { what: 'declined' }
  | { what: 'desk' }
  | { what: 'customer' | 'stopped'; name: string }
  | { what: 'lapsed'; status: Status };

/** Somebody has ordered that nothing is deleted, whatever the rules say. `at` is ISO 8601 in UTC. */
export type LegalHold = { by: string; at: string; reason: string };

export type NewTicket = Omit<Ticket, 'number' | 'version'>;

/** One line of a ticket's append-only history. `actor` is `customer:ADDRESS`, `desk:NAME`, `bot` or `clock`. */
export type HistoryEntry = {
  at: Date;
  actor: string;
  event: string;
  detail: Record<string, string | number | boolean | null>;
};

/** An action that the ticket's status does not allow. */
export class IllegalTransition extends Error {
  readonly status: Status;
  readonly action: Action;

  constructor(status: Status, action: Action) {
    super(`A ticket that is ${statusWords(status)} cannot be changed by "${action}".`);
    this.name = 'IllegalTransition';
    this.status = status;
    this.action = action;
  }
}

/** @throws IllegalTransition when the table has no such way. */
export function nextStatus(status: Status, action: Action): Status {
  const next = (TRANSITIONS[status] as Partial<Record<Action, Status>>)[action];
  if (!next) throw new IllegalTransition(status, action);
  return next;
}

export function canDo(ticket: Pick<Ticket, 'status'>, action: Action): boolean {
  return action in TRANSITIONS[ticket.status];
}

/** A ticket before and after something happened to it, with the line for its history. */
export type Step = { before: Ticket; after: Ticket; entry: HistoryEntry };

/**
 * A ticket as it is after an action.
 * @throws IllegalTransition when its status does not allow the action
 */
export function act(
  ticket: Ticket,
  action: Action,
  by: { now: Date; actor: string; detail?: HistoryEntry['detail'] },
  patch: Partial<NewTicket> = {},
): Step {
  const status = nextStatus(ticket.status, action);
  const moved = status === ticket.status ? {} : { status, statusChangedAt: by.now };
  return {
    before: ticket,
    after: { ...ticket, ...moved, ...patch },
    entry: { at: by.now, actor: by.actor, event: action, detail: by.detail ?? {} },
  };
}

/** A ticket after something that leaves its status as it is. */
export function amend(
  ticket: Ticket,
  event: string,
  by: { now: Date; actor: string; detail?: HistoryEntry['detail'] },
  patch: Partial<NewTicket> = {},
): Step {
  return {
    before: ticket,
    after: { ...ticket, ...patch },
    entry: { at: by.now, actor: by.actor, event, detail: by.detail ?? {} },
  };
}

/** The status as a person would say it. */
export function statusWords(status: Status): string {
  return status.replaceAll('_', ' ');
}
