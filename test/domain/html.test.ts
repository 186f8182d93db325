import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, html } from '../../src/domain/html.ts';
import { sayName } from '../../src/domain/say-name.ts';

describe('a template', () => {
  test('escapes what is put into it, and leaves its own pieces alone', () => {
    const item = html`<li>${'<b>'}</li>`;
    expect(html`<ul title="${'"x"'}">${[item, item]}${null}${3}</ul>`.html).toBe(
      '<ul title="&quot;x&quot;"><li>&lt;b&gt;</li><li>&lt;b&gt;</li>3</ul>',
    );
  });

  test('never lets a text out of its element or attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('a name in a sentence', () => {
  test.each([
    ['Acme Recruiting', 'Acme Recruiting'],
    ['  Acme\r\n\tInc. ', 'Acme Inc.'],
    ['Ac\u202Eme\u0000\u200B', 'Acme'],
    ['שרה כהן', '\u2068שרה כהן\u2069'],
    ['👩‍👩‍👧 می‌خواهم', '\u2068👩‍👩‍👧 می‌خواهم\u2069'],
    ['', ''],
  ])('%j is said as %j', (name, said) => {
    expect(sayName(name)).toBe(said);
  });

  test('is one line, not endless, and turns nothing around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const said = sayName(name);
        expect(said).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E]/u);
        expect(said.length).toBeLessThanOrEqual(83);
        expect(said.isWellFormed()).toBe(true);
      }),
    );
  });

  test('is cut between what a reader takes for one character', () => {
    expect(sayName('👩‍👩‍👧'.repeat(30))).toMatch(/^(👩‍👩‍👧)+…$/u);
  });
});
