import { describe, expect, test } from 'vitest';
import {
  checkbox,
  content,
  dropdown,
  fitText,
  keyOf,
  LIMITS,
  open,
  submit,
  text,
} from '../../../src/adapters/intercom/canvas/limits.ts';

const options = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `o${n}`, text: `Option ${n}` }));

describe('a card stays within what Canvas Kit takes', () => {
  test('texts at the edge are whole, longer ones are cut and say so', () => {
    expect(fitText('a'.repeat(10), 10)).toBe('a'.repeat(10));
    expect(fitText('a'.repeat(11), 10)).toBe(`${'a'.repeat(9)}…`);
    expect(fitText('👩‍👩‍👧‍👦'.repeat(3), 23)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…');
    expect(fitText('  ', 10)).toBe('–');
    expect(fitText('\ud800', 10)).toBe('\ufffd');
  });

  test('words of others become neither links nor markup', () => {
    const shown = text('[Click](https://evil.example) *now*');
    expect(shown).toMatchObject({ text: '［Click］(https://evil.example) ∗now∗' });
  });

  test('a dropdown has from 2 to 10 options', () => {
    expect(() => dropdown('d', 'Which?', options(1))).toThrow(RangeError);
    for (const [given, kept] of [
      [2, 2],
      [10, 10],
      [11, 10],
    ] as const) {
      expect(dropdown('d', 'Which?', options(given))).toMatchObject({
        options: { length: kept },
      });
    }
    expect(dropdown('d', 'Which?', options(3), 'o2')).toMatchObject({ value: 'o2' });
    expect(dropdown('d', 'Which?', options(11), 'o10')).not.toHaveProperty('value');
  });

  test('boxes that do not fit are left out, ticked or not', () => {
    const { checkboxOptions: most } = LIMITS;
    const boxes = checkbox('c', 'Which?', options(most + 1), ['o0', `o${most}`, 'unknown']);
    expect(boxes).toMatchObject({ option: { length: most }, value: ['o0'] });
  });

  test('ids of ours that are too long are refused, those of the ATS are hashed', () => {
    expect(submit('a'.repeat(LIMITS.id), 'Go')).toMatchObject({ action: { type: 'submit' } });
    expect(() => submit('a'.repeat(LIMITS.id + 1), 'Go')).toThrow(RangeError);
    expect(() => submit('', 'Go')).toThrow(RangeError);
    expect(open('p', 'Page', 'https://x.example')).toMatchObject({
      action: { type: 'url', url: 'https://x.example' },
    });
    expect(keyOf('acme')).toBe('acme');
    expect(keyOf('a'.repeat(101))).toMatch(/^[0-9a-f]{64}$/);
    expect(keyOf('a'.repeat(101))).not.toBe(keyOf('a'.repeat(102)));
  });

  test('the content stays under 64 KB, and begins as it was meant', () => {
    const long = text('ü'.repeat(LIMITS.text));
    const { components } = content(Array.from({ length: LIMITS.components + 5 }, () => long));
    const bytes = Buffer.byteLength(JSON.stringify({ components }));
    expect(bytes).toBeLessThanOrEqual(LIMITS.contentBytes);
    expect(bytes + Buffer.byteLength(JSON.stringify(long)) + 1).toBeGreaterThan(
      LIMITS.contentBytes,
    );
    const short = content(Array.from({ length: LIMITS.components + 5 }, () => text('a')));
    expect(short.components).toHaveLength(LIMITS.components);
  });
});
