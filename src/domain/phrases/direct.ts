import type { Language } from '../language.ts';
import { catalogue } from './catalogue.ts';
import de from './de/direct.json' with { type: 'json' };
import en from './en/direct.json' with { type: 'json' };
import es from './es/direct.json' with { type: 'json' };
import fr from './fr/direct.json' with { type: 'json' };
import hi from './hi/direct.json' with { type: 'json' };
import pt from './pt/direct.json' with { type: 'json' };

/** What stands in a channel that others can read too, in place of links. */

const phrase = catalogue({ en, de, es, fr, pt, hi });

export function linkNotHere(language: Language): string {
  return phrase(language, 'linkNotHere');
}

export function sentDirectly(language: Language): string {
  return phrase(language, 'sentDirectly');
}

export function notPostedHere(language: Language): string {
  return phrase(language, 'notPostedHere');
}
