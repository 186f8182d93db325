import { fold } from './normalise.ts';

export type Language = 'en' | 'de' | 'es' | 'fr' | 'pt' | 'hi';

/** Words that are frequent in one language and rare in the others. */
const WORDS: Record<Language, readonly string[]> = {
  en: 'the is are we you our and please need want can how have with for all what my it'.split(' '),
  de: 'der die das wir ich und bitte nicht brauchen ist alle unsere wie mit fur daten ein'.split(
    ' ',
  ),
  es: 'el los las necesitamos necesito por favor todos datos nuestra como con una quiero y'.split(
    ' ',
  ),
  fr: 'le les des nous vous je et veuillez toutes donnees notre comment avec une pour est'.split(
    ' ',
  ),
  pt: 'os as nos voces preciso precisamos por favor todos dados nossa como com uma nao e'.split(
    ' ',
  ),
  hi: 'hai hain ka ki ke mujhe hume hamara chahiye kya nahi kar karo kab sab aur bhejo'.split(' '),
};

/** The language that most of the words belong to; English when nothing speaks for another. */
export function languageOf(text: string): Language {
  const words = fold(text).match(/[a-z]+/g) ?? [];
  let best: Language = 'en';
  let most = count(words, WORDS.en);
  for (const language of ['de', 'es', 'fr', 'pt', 'hi'] satisfies Language[]) {
    const found = count(words, WORDS[language]);
    if (found > most) [best, most] = [language, found];
  }
  return best;
}

function count(words: readonly string[], known: readonly string[]): number {
  return words.filter((word) => known.includes(word)).length;
}
