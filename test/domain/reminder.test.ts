import { addDays } from 'date-fns/addDays';
import { addHours } from 'date-fns/addHours';
import { addMinutes } from 'date-fns/addMinutes';
import { describe, expect, test } from 'vitest';
import { isDelayed, nudgeAgain, warningDue } from '../../src/domain/reminder.ts';
import { STATUSES } from '../../src/domain/ticket.ts';

const now = new Date('2026-03-02T10:00:00Z');
const longAgo = addDays(now, -30);

function due(hoursLeft: number, warnedHours: number | null = null, windowSetAt = longAgo) {
  return warningDue(now, { expiresAt: addHours(now, hoursLeft), warnedHours }, windowSetAt);
}

describe('a warning is due', () => {
  test.each([
    [73, null, null],
    [72, null, 72],
    [71, null, 72],
    [71, 72, null],
    [24, 72, 24],
    [23, 24, null],
    [6, 24, 6],
    [1, 6, null],
    [0, 24, null],
    [-1, null, null],
  ])('with %i hours left after the one of %s: %s', (hoursLeft, warned, expected) => {
    expect(due(hoursLeft, warned)).toBe(expected);
  });

  test('only the most urgent one after a pause', () => {
    expect(due(5)).toBe(6);
    expect(due(20)).toBe(24);
  });

  test('not for a moment before the window was set: nobody is warned of what they were just told', () => {
    expect(due(54, null, now)).toBeNull();
    expect(due(24, null, now)).toBeNull();
    expect(due(23, null, addHours(now, -2))).toBe(24);
    expect(due(23, null, addHours(now, -1))).toBeNull();
    expect(due(5, null, addHours(now, -19))).toBe(6);
  });

  test('never without an end', () => {
    expect(warningDue(now, { expiresAt: null, warnedHours: null }, longAgo)).toBeNull();
  });
});

test('the desk is reminded once a day', () => {
  expect(nudgeAgain(now, null)).toBe(true);
  expect(nudgeAgain(now, addHours(now, -23))).toBe(false);
  expect(nudgeAgain(now, addHours(now, -24))).toBe(true);
});

describe('a promise is broken', () => {
  const promisedAt = addHours(now, 11);

  test.each(STATUSES)('while the ticket is %s or not', (status) => {
    const expected = ['awaiting_approval', 'approved', 'building', 'failed'].includes(status);
    expect(isDelayed(now, { status, promisedAt, delayToldAt: null })).toBe(expected);
  });

  test('when less than twelve hours are left, once for each promise', () => {
    const ticket = { status: 'building', delayToldAt: null } as const;
    const at = (promised: Date | null) => isDelayed(now, { ...ticket, promisedAt: promised });
    expect(at(addHours(now, 12))).toBe(false);
    expect(at(addMinutes(addHours(now, 12), -1))).toBe(true);
    expect(at(addDays(now, -3))).toBe(true);
    expect(at(null)).toBe(false);
    expect(isDelayed(now, { ...ticket, promisedAt, delayToldAt: now })).toBe(false);
  });
});
