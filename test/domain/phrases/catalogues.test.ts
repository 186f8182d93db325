import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language, localeOf } from '../../../src/domain/language.ts';

type Text = string | Record<string, string>;
type Catalogue = Record<string, Text>;

const FOLDER = fileURLToPath(new URL('../../../src/domain/phrases/', import.meta.url));
const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const TOPICS = topicsOf('en');

/** Words that a text in another language holds only where somebody forgot to translate it. */
const ENGLISH = 'the your you with and have has this that will was been they please which'.split(
  ' ',
);
/** Those of them that are words of these languages as well. */
const OWN: Partial<Record<Language, string[]>> = { de: ['was', 'will'], hi: ['the', 'has'] };

function hasEnglish(language: Language, text: string): boolean {
  const words =
    text
      .replace(/\{\w+\}|The Unarchiver/g, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.some((word) => ENGLISH.includes(word) && !OWN[language]?.includes(word));
}

/** A word or two may be the same in two languages; a sentence is not, unless it is made of placeholders. */
function isSentence(text: string): boolean {
  return (text.replace(/\{\w+\}/g, '').match(/\p{L}+/gu) ?? []).length > 3;
}

function topicsOf(language: Language): string[] {
  return readdirSync(`${FOLDER}${language}`).filter((name) => name.endsWith('.json'));
}

function read(language: Language, topic: string): Catalogue {
  return JSON.parse(readFileSync(`${FOLDER}${language}/${topic}`, 'utf8'));
}

function formsOf(text: Text | undefined): string[] {
  return text === undefined ? [] : typeof text === 'string' ? [text] : Object.values(text);
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w*\}/g) ?? [])].sort();
}

describe.each(OTHERS)('%s', (language) => {
  test('has a file for each topic, and no other', () => {
    expect(topicsOf(language)).toEqual(TOPICS);
  });

  test.each(TOPICS)('%s has the keys of English in their order', (topic) => {
    expect(Object.keys(read(language, topic))).toEqual(Object.keys(read('en', topic)));
  });

  test.each(TOPICS)('%s has the placeholders of English', (topic) => {
    const own = read(language, topic);
    for (const [key, text] of Object.entries(read('en', topic))) {
      const wanted = placeholders(formsOf(text).join());
      for (const form of formsOf(own[key])) {
        expect([key, placeholders(form)]).toEqual([key, wanted]);
      }
    }
  });

  test.each(TOPICS)('%s is translated', (topic) => {
    const own = read(language, topic);
    const left = Object.entries(read('en', topic)).filter(([key, english]) => {
      const isSame = JSON.stringify(own[key]) === JSON.stringify(english);
      return (
        (isSame && formsOf(english).some(isSentence)) ||
        formsOf(own[key]).some((form) => hasEnglish(language, form))
      );
    });
    expect(left.map(([key]) => key)).toEqual([]);
  });
});

describe.each(LANGUAGES)('%s', (language) => {
  test('has every plural category, and sentences that are whole', () => {
    const categories = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories;
    for (const topic of TOPICS) {
      for (const [key, text] of Object.entries(read(language, topic))) {
        if (typeof text !== 'string') {
          expect([topic, key, Object.keys(text).sort()]).toEqual([
            topic,
            key,
            [...categories].sort(),
          ]);
        }
        for (const form of formsOf(text)) {
          expect(form, `${topic} ${key}`).toBe(form.trim());
          expect(form, `${topic} ${key}`).not.toMatch(/^$|[{}]{2}|\{\}|\{[^\w}]|<\w/);
        }
      }
    }
  });
});

test('French has a space before two-part signs, and curly apostrophes', () => {
  for (const topic of TOPICS) {
    for (const [key, text] of Object.entries(read('fr', topic))) {
      for (const form of formsOf(text))
        expect(form, `${topic} ${key}`).not.toMatch(/\w[?!;:](\s|$)|\w'\w/);
    }
  }
});
