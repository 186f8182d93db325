import { type Language, localeOf } from '../language.ts';
import { sayNumber } from '../words.ts';

/** A sentence that depends on `{count}`: one form for each plural category of the language (`Intl.PluralRules`). */
type Plural = { other: string } & { [category in Intl.LDMLPluralRule]?: string };

/** The file of one language for one topic: keys, and sentences with `{placeholders}`. */
export type Texts = Record<string, string | Plural>;

/** The same keys as in English; plural where English is. */
type Like<English extends Texts> = {
  [key in keyof English]: English[key] extends string ? string : Plural;
};

/** What is put into a sentence. Numbers are written as the language does. */
type Values = Record<string, string | number>;

/** Says the sentence with this key in this language. */
export type Phrase<Key extends string> = (language: Language, key: Key, values?: Values) => string;

/**
 * The sentences of one topic in all languages. TypeScript holds each to the keys of English, and
 * test/domain/phrases/catalogues.test.ts to its placeholders.
 */
export function catalogue<English extends Texts>(
  all: { en: English } & Record<Exclude<Language, 'en'>, Like<English>>,
): Phrase<keyof English & string> {
  return (language, key, values = {}) => {
    const texts: Texts = all[language];
    const text = texts[key];
    if (text === undefined) throw new Error(`There is no phrase ${key} in ${language}.`);
    return filled(
      typeof text === 'string' ? text : formFor(text, language, values),
      language,
      values,
    );
  };
}

function formFor(forms: Plural, language: Language, { count }: Values): string {
  const category = new Intl.PluralRules(localeOf(language)).select(Number(count));
  return forms[category] ?? forms.other;
}

/** Values are put in once: what stands in braces in a value stays as it is. */
function filled(text: string, language: Language, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`A phrase has no value for {${name}}: ${text}`);
    return typeof value === 'number' ? sayNumber(value, language) : value;
  });
}
