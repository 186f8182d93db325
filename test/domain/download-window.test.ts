import { addHours } from 'date-fns/addHours';
import { describe, expect, test } from 'vitest';
import { isWindowOpen } from '../../src/domain/download-window.ts';
import { STATUSES } from '../../src/domain/ticket.ts';

const now = new Date('2026-03-02T10:00:00Z');
const delivered = {
  status: 'delivered',
  exportId: 'a',
  deliveredAt: addHours(now, -24),
  expiresAt: addHours(now, 24),
} as const;

describe('the links of an export work', () => {
  test('until the very instant of the expiry', () => {
    const at = (hours: number) => isWindowOpen(delivered, 'a', addHours(now, hours));
    expect([0, 23.99, 24, 25].map(at)).toEqual([true, true, false, false]);
    expect(isWindowOpen({ ...delivered, expiresAt: null }, 'a', now)).toBe(false);
    expect(isWindowOpen(delivered, 'b', now)).toBe(false);
  });

  test.each(STATUSES)('when the ticket is %s: delivered, or built anew after that', (status) => {
    const open = ['delivered', 'approved'].includes(status);
    expect(isWindowOpen({ ...delivered, status }, 'a', now)).toBe(open);
    const anew = ['approved', 'building', 'failed'].includes(status);
    expect(isWindowOpen({ ...delivered, status, exportId: 'b' }, 'a', now)).toBe(anew);
  });

  test('never before the first delivery', () => {
    for (const status of ['approved', 'building', 'failed'] as const) {
      expect(isWindowOpen({ ...delivered, status, deliveredAt: null }, 'b', now)).toBe(false);
    }
  });
});
