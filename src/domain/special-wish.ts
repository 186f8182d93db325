import type { Language } from './language.ts';
import { catalogue } from './phrases/catalogue.ts';
import de from './phrases/de/options.json' with { type: 'json' };
import en from './phrases/en/options.json' with { type: 'json' };
import es from './phrases/es/options.json' with { type: 'json' };
import fr from './phrases/fr/options.json' with { type: 'json' };
import hi from './phrases/hi/options.json' with { type: 'json' };
import pt from './phrases/pt/options.json' with { type: 'json' };
import type { HistoryEntry } from './ticket.ts';
import { sayDays } from './words.ts';

const phrase = catalogue({ en, de, es, fr, pt, hi });

/** A wish that no option stands for: support reads it and decides. */
export type SpecialWish =
  | { wish: 'one_copy' | 'password' }
  | { wish: 'longer_links'; days: number }
  /** `when` in the customer's words. */
  | { wish: 'deadline'; when: string };

/** For example `links that work for 14 days`. Without a language it is for the desk. */
export function sayWish(special: SpecialWish, language: Language = 'en'): string {
  switch (special.wish) {
    case 'one_copy':
      return phrase(language, 'oneCopy');
    case 'password':
      return phrase(language, 'password');
    case 'longer_links':
      return phrase(language, 'longerLinks', { days: sayDays(special.days, language) });
    case 'deadline':
      return phrase(language, 'deadline', { when: special.when });
  }
}

/** What the history keeps of a wish: a note for the desk, and enough to say it in any language. */
export function wishDetail(special: SpecialWish): HistoryEntry['detail'] {
  return { note: sayWish(special), ...special };
}

/** The wishes that a ticket's history holds, each once. */
export function wishesIn(history: readonly HistoryEntry[]): SpecialWish[] {
  const wishes = new Map<string, SpecialWish>();
  for (const { event, detail } of history) {
    const special = event === 'wish' ? fromDetail(detail) : null;
    if (special) wishes.set(sayWish(special), special);
  }
  return [...wishes.values()];
}

function fromDetail({ wish, days, when }: HistoryEntry['detail']): SpecialWish | null {
  if (wish === 'one_copy' || wish === 'password') return { wish };
  if (wish === 'longer_links') return { wish, days: Number(days) };
  return wish === 'deadline' ? { wish, when: String(when) } : null;
}
