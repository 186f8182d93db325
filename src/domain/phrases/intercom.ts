import type { Language } from '../language.ts';
import { catalogue } from './catalogue.ts';
import de from './de/intercom.json' with { type: 'json' };
import en from './en/intercom.json' with { type: 'json' };
import es from './es/intercom.json' with { type: 'json' };
import fr from './fr/intercom.json' with { type: 'json' };
import hi from './hi/intercom.json' with { type: 'json' };
import pt from './pt/intercom.json' with { type: 'json' };

/** What stands in a conversation of Intercom in place of links or of a file. */
const phrase = catalogue({ en, de, es, fr, pt, hi });

/** Others take part in the conversation. */
export function notAmongOthers(language: Language = 'en'): string {
  return phrase(language, 'notAmongOthers');
}

/** Intercom did not take the file. */
export function fileRefused(language: Language = 'en'): string {
  return phrase(language, 'fileRefused');
}
