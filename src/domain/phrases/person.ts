import type { Language } from '../language.ts';
import { catalogue } from './catalogue.ts';
import de from './de/person.json' with { type: 'json' };
import en from './en/person.json' with { type: 'json' };
import es from './es/person.json' with { type: 'json' };
import fr from './fr/person.json' with { type: 'json' };
import hi from './hi/person.json' with { type: 'json' };
import pt from './pt/person.json' with { type: 'json' };

/** What the bot says when a person takes over, and when it is called back. */

const phrase = catalogue({ en, de, es, fr, pt, hi });

export function handedOver(language: Language): string {
  return phrase(language, 'handedOver');
}

export function backAgain(language: Language): string {
  return phrase(language, 'backAgain');
}

export function thanksForAnswer(language: Language): string {
  return phrase(language, 'thanksForAnswer');
}

export function passOnToPerson(language: Language): string {
  return phrase(language, 'passOnToPerson');
}

export function notPassedOn(language: Language): string {
  return phrase(language, 'notPassedOn');
}

export function cannotPassOn(language: Language): string {
  return phrase(language, 'cannotPassOn');
}

export function filesPassedOn(language: Language): string {
  return phrase(language, 'filesPassedOn');
}
