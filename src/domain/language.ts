/** The languages that customers are answered in; `hi` is Hindi in Latin script. The desk is English. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'pt', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES = {
  en: 'en-GB',
  de: 'de-DE',
  es: 'es-ES',
  fr: 'fr-FR',
  pt: 'pt-BR',
  hi: 'hi-Latn-IN',
} as const satisfies Record<Language, string>;

/** How `Intl` calls a language: dates, numbers and lists follow it. */
export function localeOf(language: Language): string {
  return language === 'hi' && !hasLatinHindi() ? 'en-IN' : LOCALES[language];
}

/** Browsers come without Hindi in Latin script, and would write Devanagari in its place. */
function hasLatinHindi(): boolean {
  return new Intl.DateTimeFormat(LOCALES.hi).resolvedOptions().locale.startsWith('hi-Latn');
}

/** What stands in the `lang` of a page or mail. */
export function langTag(language: Language): string {
  return language === 'hi' ? 'hi-Latn' : language;
}

export function isLanguage(word: unknown): word is Language {
  return LANGUAGES.some((language) => language === word);
}
