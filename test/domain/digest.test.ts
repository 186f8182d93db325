import { addHours } from 'date-fns/addHours';
import { expect, test } from 'vitest';
import { type DigestInput, digestOf, digestText } from '../../src/domain/digest.ts';
import type { HistoryEntry } from '../../src/domain/ticket.ts';
import { newTicket } from '../support/tickets.ts';

const FROM = new Date('2026-03-02T08:00:00Z');
const TO = new Date('2026-03-09T08:00:00Z');

function entry(event: string, hours: number, detail: HistoryEntry['detail'] = {}): HistoryEntry {
  return { at: addHours(FROM, hours), actor: 'bot', event, detail };
}

function input(
  number: number,
  openedHours: number,
  history: HistoryEntry[],
  patch: Partial<DigestInput['ticket']> = {},
): DigestInput {
  const ticket = newTicket(addHours(FROM, openedHours), patch);
  return { ticket: { ...ticket, number, version: 1 }, history };
}

test('counts what happened in the week, and nothing of the others', () => {
  const digest = digestOf(
    [
      input(1, -30, [entry('confirm', -20), entry('approve', -10), entry('deliver', 4)]),
      input(2, 1, [entry('confirm', 2), entry('approve', 5), entry('deliver', 12)]),
      input(3, 2, [entry('confirm', 2), entry('reject', 3)]),
      input(4, 7 * 24, [entry('confirm', 7 * 24), entry('approve', 7 * 24)]),
      input(5, 3, [entry('cancel', 4)]),
      input(6, 3, [entry('confirm', 4)], { status: 'awaiting_approval' }),
    ],
    FROM,
    TO,
  );
  expect(digest).toMatchObject({
    opened: 4,
    delivered: 2,
    rejected: 1,
    cancelled: 1,
    waiting: 1,
    failures: [],
    medianDeliveryMs: 17 * 3_600_000,
    medianWaitMs: 3 * 3_600_000,
    longestWaitMs: 3 * 3_600_000,
  });
});

test('takes the middle one of an odd number, and the mean of the two middle ones of an even number', () => {
  const waits = (hours: number[]) =>
    digestOf(
      hours.map((wait, place) =>
        input(place, 0, [entry('confirm', 1), entry('approve', 1 + wait)]),
      ),
      FROM,
      TO,
    ).medianWaitMs;
  expect(waits([9, 1, 2])).toBe(2 * 3_600_000);
  expect(waits([9, 1, 2, 4])).toBe(3 * 3_600_000);
  expect(waits([])).toBeNull();
});

test('names each ticket whose build failed once, by its last failure', () => {
  const { failures } = digestOf(
    [
      input(7, 0, [
        entry('fail', 1, { reason: 'store_full' }),
        entry('fail', 2, { reason: 'ats_down' }),
      ]),
    ],
    FROM,
    TO,
  );
  expect(failures).toEqual([{ number: 7, accountName: 'Acme Recruiting', reason: 'ats down' }]);
});

test('an empty week is told in plain words', () => {
  expect(digestText(digestOf([], FROM, TO))).toBe(
    [
      'The week from Monday, 2 March 2026',
      '• Data dumps asked for: 0; delivered: 0; rejected: 0; cancelled: 0',
      "• From the customer's yes to the links, in the median: none",
      '• Waiting for a decision, in the median: none; the longest: none',
      '• Builds that failed: 0',
      '• 0 requests wait for a decision now',
    ].join('\n'),
  );
});
