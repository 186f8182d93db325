import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokens } from '../../../src/adapters/crypto/tokens.ts';
import type { Tokens } from '../../../src/ports/tokens.ts';

const tokens = createTokens(Buffer.from('a secret of thirty-two characters'));
const others = createTokens(Buffer.from('another secret of this many chars'));

const id = fc.stringMatching(/^[A-Za-z0-9_-]{12}$/);
const version = fc.integer({ min: 1, max: 1000 });
const ticketNumber = fc.integer({ min: 1, max: 1_000_000 });
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const email = text.map((local) => `${local.toWellFormed()}@acme.example`);
const exportId = text.map((one) => one.toWellFormed());

/** A token of each purpose that has a payload. */
const made = fc.oneof(
  fc.tuple(id, version).map(([one, two]) => tokens.link(one, two)),
  exportId.map((one) => tokens.page(one)),
  fc.tuple(ticketNumber, email).map(([one, two]) => tokens.stop(one, two)),
  fc.constant(tokens.desk()),
);

function accepts(by: Tokens, token: string): string[] {
  return [
    by.readLink(token) !== null && 'link',
    by.readPage(token) !== null && 'page',
    by.readStop(token) !== null && 'stop',
    by.isDesk(token) && 'desk',
  ].filter((purpose) => purpose !== false);
}

describe('a token', () => {
  test('comes back as what it was made from', () => {
    fc.assert(
      fc.property(id, version, exportId, ticketNumber, email, (one, two, run, number, address) => {
        expect(tokens.readLink(tokens.link(one, two))).toEqual({ id: one, version: two });
        expect(tokens.readPage(tokens.page(run))).toEqual({ exportId: run });
        expect(tokens.readStop(tokens.stop(number, address))).toEqual({
          ticketNumber: number,
          email: address,
        });
        expect(tokens.isDesk(tokens.desk())).toBe(true);
      }),
    );
  });

  test('is the same every time, and needs no escaping in a URL', () => {
    expect(tokens.link('AbCdEfGhIjKl', 1)).toBe(tokens.link('AbCdEfGhIjKl', 1));
    fc.assert(
      fc.property(made, (token) => {
        expect(token).toMatch(/^[A-Za-z0-9_.-]+$/);
        expect(encodeURIComponent(token)).toBe(token);
      }),
    );
  });

  test('opens its own purpose and no other', () => {
    fc.assert(
      fc.property(made, (token) => {
        expect(accepts(tokens, token)).toHaveLength(1);
      }),
    );
  });

  test('of another secret is refused', () => {
    fc.assert(
      fc.property(made, (token) => {
        expect(accepts(others, token)).toEqual([]);
      }),
    );
  });

  test('is refused when it was cut anywhere', () => {
    fc.assert(
      fc.property(made, fc.nat(), (token, at) => {
        const length = at % token.length;
        expect(accepts(tokens, token.slice(0, length))).toEqual([]);
        expect(accepts(tokens, token.slice(length + 1))).toEqual([]);
      }),
    );
  });

  test('is refused when something was added', () => {
    const addition = fc.constantFrom('=', '==', ' ', '\n', '.', 'A', '\0', '%00', '>', 'é');
    fc.assert(
      fc.property(made, addition, fc.nat(), (token, extra, at) => {
        const place = at % (token.length + 1);
        const padded = token.slice(0, place) + extra + token.slice(place);
        expect(accepts(tokens, padded)).toEqual([]);
      }),
    );
  });

  test('is refused when any one character is another', () => {
    const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'];
    fc.assert(
      fc.property(made, fc.nat(), fc.constantFrom(...alphabet), (token, at, character) => {
        const place = at % token.length;
        fc.pre(token[place] !== character);
        const changed = token.slice(0, place) + character + token.slice(place + 1);
        expect(accepts(tokens, changed)).toEqual([]);
      }),
    );
  });

  test('is refused in another case', () => {
    fc.assert(
      fc.property(made, (token) => {
        for (const other of [token.toLowerCase(), token.toUpperCase()]) {
          if (other !== token) expect(accepts(tokens, other)).toEqual([]);
        }
      }),
    );
  });

  test('of one link, version, ticket or address does not serve for another', () => {
    const mac = (token: string) => token.slice(token.lastIndexOf('.'));
    fc.assert(
      fc.property(id, id, version, (one, two, number) => {
        fc.pre(one !== two);
        const forged = `${two}.${number}${mac(tokens.link(one, number))}`;
        expect(accepts(tokens, forged)).toEqual([]);
        const newer = `${one}.${number + 1}${mac(tokens.link(one, number))}`;
        expect(accepts(tokens, newer)).toEqual([]);
        expect(tokens.stop(number, one)).not.toBe(tokens.stop(number + 1, one));
        expect(tokens.stop(number, one)).not.toBe(tokens.stop(number, two));
      }),
    );
  });

  test('that is rubbish, empty or huge is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (rubbish) => {
        expect(accepts(tokens, rubbish)).toEqual([]);
      }),
    );
    const genuine = tokens.link('AbCdEfGhIjKl', 1);
    for (const one of ['', '.', '..', 'x'.repeat(1_000_000), genuine.padEnd(5000, 'A')]) {
      expect(accepts(tokens, one)).toEqual([]);
    }
  });
});

test('a secret that is too short is refused', () => {
  expect(() => createTokens(Buffer.from('short'))).toThrow(/at least 16 bytes/);
});
