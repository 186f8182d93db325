import { type Action, canDo, type Status, type Ticket } from './ticket.ts';

export const DESK_ACTIONS = [
  'approve',
  'reject',
  'ask',
  'change_options',
  'extend',
  'refuse_extension',
  'resend',
  'remedy',
  'rebuild',
  'cancel',
] as const;
/** A button of the desk, in the order in which they stand. */
export type DeskAction = (typeof DESK_ACTIONS)[number];

/** What stands on the button; three dots when it asks for something first. */
export const DESK_ACTION_WORDS = {
  approve: 'Approve',
  reject: 'Reject…',
  ask: 'Ask the customer…',
  change_options: 'Change options…',
  extend: 'Extend…',
  refuse_extension: 'Refuse extension',
  resend: 'Resend links CSV',
  remedy: 'Build what was missing',
  rebuild: 'Build again',
  cancel: 'Cancel…',
} as const satisfies Record<DeskAction, string>;

/** The options may change until somebody has approved them. */
const BEFORE_APPROVAL: readonly Status[] = ['collecting', 'on_hold', 'awaiting_approval'];

/**
 * The buttons that the ticket's status allows, in order.
 * @param fetchable how much its export lacks that may be found again
 */
export function deskActions(
  ticket: Pick<Ticket, 'status' | 'extensionAskedHours'>,
  fetchable = 0,
): DeskAction[] {
  return DESK_ACTIONS.filter((action) =>
    action === 'remedy' ? ticket.status === 'delivered' && fetchable > 0 : allowed(ticket, action),
  );
}

function allowed(
  ticket: Pick<Ticket, 'status' | 'extensionAskedHours'>,
  action: Exclude<DeskAction, 'remedy'>,
): boolean {
  const can = (one: Action) => canDo(ticket, one);
  switch (action) {
    case 'approve':
    case 'reject':
    case 'cancel':
    case 'extend':
      return can(action);
    case 'ask':
      return can('cancel');
    case 'change_options':
      return BEFORE_APPROVAL.includes(ticket.status);
    case 'refuse_extension':
      return can('extend') && ticket.extensionAskedHours !== null;
    case 'resend':
      return ticket.status === 'delivered';
    case 'rebuild':
      return can('rebuild') || can('retry');
  }
}
