import type { Language } from '../language.ts';
import { sayName } from '../say-name.ts';
import { catalogue } from './catalogue.ts';
import de from './de/mail.json' with { type: 'json' };
import en from './en/mail.json' with { type: 'json' };
import es from './es/mail.json' with { type: 'json' };
import fr from './fr/mail.json' with { type: 'json' };
import hi from './hi/mail.json' with { type: 'json' };
import pt from './pt/mail.json' with { type: 'json' };

/** What stands around every mail. */

const phrase = catalogue({ en, de, es, fr, pt, hi });

export function greeting(language: Language, recipientName: string): string {
  const name = sayName(recipientName);
  return name ? phrase(language, 'greeting', { name }) : phrase(language, 'greetingNobody');
}

export function noReplies(language: Language): string {
  return phrase(language, 'noReplies');
}
