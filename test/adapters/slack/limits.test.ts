import { describe, expect, test } from 'vitest';
import {
  button,
  escapeText,
  facts,
  fitBlocks,
  fitEscaped,
  fitOptions,
  fitPlain,
  header,
  LIMITS,
  lines,
  option,
  paragraph,
  plainText,
  privateMetadata,
  rows,
  small,
  unescapeText,
} from '../../../src/adapters/slack/limits.ts';

const FAMILY = '👩‍👩‍👧‍👦';

describe('texts', () => {
  test('stay whole up to the limit and are cut one character above it', () => {
    expect(fitPlain('x'.repeat(150), 150)).toBe('x'.repeat(150));
    expect(fitPlain('x'.repeat(151), 150)).toBe(`${'x'.repeat(149)}…`);
  });

  test('are never empty', () => {
    expect(fitPlain('', 10)).toBe('–');
    expect(fitPlain(' \n ', 10)).toBe('–');
    expect(fitEscaped('', 10)).toBe('–');
  });

  test('are cut between what a reader takes for one character', () => {
    expect(fitPlain(`ab${FAMILY}cdefgh`, 12)).toBe('ab…');
    expect(fitPlain('e\u0301'.repeat(20), 10)).toBe(`${'e\u0301'.repeat(4)}…`);
    expect(fitPlain('\ud800abc', 10)).toBe('\ufffdabc');
  });

  test('are escaped before they are measured, and no escape is cut in two', () => {
    expect(fitEscaped('<!channel> & <@U1>', 100)).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
    const cut = fitEscaped('&'.repeat(3_000), LIMITS.text);
    expect(cut.length).toBeLessThanOrEqual(LIMITS.text);
    expect(cut).toMatch(/^(?:&amp;)+…$/);
  });

  test('come back from their escape as they were', () => {
    const text = '&lt; <b> & &amp;amp; >';
    expect(unescapeText(escapeText(text))).toBe(text);
  });
});

function textOf(block: object): string {
  if (!('text' in block) || typeof block.text !== 'object' || !block.text) return '';
  return 'text' in block.text ? String(block.text.text) : '';
}

describe('blocks', () => {
  const long = 'ا'.repeat(10_000);

  test.each([
    ['a header', header(long), LIMITS.header],
    ['a paragraph', paragraph(long), LIMITS.text],
  ])('%s is no longer than Slack takes', (_name, block, max) => {
    expect(textOf(block)).toHaveLength(max);
  });

  test('facts stand ten to a block, each within its field, label and value together', () => {
    const blocks = facts(
      Array.from({ length: 21 }, (_, place) => ({ label: `Label ${place}`, value: `<${long}` })),
    );
    expect(blocks.map((block) => 'fields' in block && block.fields?.length)).toEqual([10, 10, 1]);
    for (const block of blocks) {
      for (const field of ('fields' in block && block.fields) || []) {
        expect(field.text.length).toBeLessThanOrEqual(LIMITS.field);
        expect(field.text).toContain('&lt;');
      }
    }
  });

  test('a value from right to left is set apart from its label', () => {
    const [block] = facts([{ label: 'Account', value: 'شركة (acme)' }]);
    expect(block).toMatchObject({ fields: [{ text: '*Account*\n\u2068شركة (acme)\u2069' }] });
  });

  test('buttons stand 25 to a row', () => {
    const buttons = Array.from({ length: 26 }, (_, place) => button(`a${place}`, 'Go', '1:1'));
    expect(rows(buttons.slice(0, 25))).toHaveLength(1);
    expect(rows(buttons).map((row) => 'elements' in row && row.elements.length)).toEqual([25, 1]);
    expect(rows([])).toEqual([]);
  });

  test('lines fill blocks up to the limit', () => {
    const line = 'x'.repeat(1_000);
    const texts = lines([line, line, line, line]).map((block) => textOf(block).length);
    expect(texts).toEqual([2_001, 2_001]);
    expect(lines(['x'.repeat(1_500), 'x'.repeat(1_499)])).toHaveLength(1);
    expect(lines(['x'.repeat(1_500), 'x'.repeat(1_500)])).toHaveLength(2);
  });

  test('as many stand in a message as fit, and the last says how many do not', () => {
    const all = Array.from({ length: 51 }, () => paragraph('x'));
    expect(fitBlocks(all.slice(0, 50))).toHaveLength(50);
    const fitted = fitBlocks(all);
    expect(fitted).toHaveLength(50);
    expect(fitted.at(-1)).toEqual(small('2 more lines do not fit here.'));
    expect(fitBlocks([...all, ...all], LIMITS.viewBlocks)).toHaveLength(100);
  });
});

describe('what must not be cut', () => {
  test('ids and values are taken up to the limit and refused above it', () => {
    expect(button('x'.repeat(255), 'Go', 'x'.repeat(2_000))).toMatchObject({ type: 'button' });
    expect(() => button('x'.repeat(256), 'Go', '1')).toThrow(RangeError);
    expect(() => button('x', 'Go', 'x'.repeat(2_001))).toThrow('button value has 2001 characters');
    expect(() => button('x', 'Go', '')).toThrow(RangeError);
    expect(option('Title', 'x'.repeat(150)).value).toHaveLength(150);
    expect(() => option('Title', 'x'.repeat(151))).toThrow(RangeError);
  });

  test('what a view has to know is at most 3,000 characters', () => {
    const around = JSON.stringify({ a: '' }).length;
    expect(privateMetadata({ a: 'x'.repeat(3_000 - around) })).toHaveLength(3_000);
    expect(() => privateMetadata({ a: 'x'.repeat(3_001 - around) })).toThrow(RangeError);
  });
});

test('what stands on buttons and in menus is cut', () => {
  expect(button('x', 'y'.repeat(76), '1')).toMatchObject({ text: { text: `${'y'.repeat(74)}…` } });
  expect(option('y'.repeat(500), '1').text.text).toHaveLength(LIMITS.optionText);
  expect(plainText('x'.repeat(3_001)).text).toHaveLength(LIMITS.text);
  expect(fitOptions(Array.from({ length: 101 }))).toHaveLength(100);
});
