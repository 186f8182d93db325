import type { Language } from '../language.ts';
import type { Ticket } from '../ticket.ts';
import { sayTime } from '../words.ts';
import { catalogue } from './catalogue.ts';
import de from './de/stop.json' with { type: 'json' };
import en from './en/stop.json' with { type: 'json' };
import es from './es/stop.json' with { type: 'json' };
import fr from './fr/stop.json' with { type: 'json' };
import hi from './hi/stop.json' with { type: 'json' };
import pt from './pt/stop.json' with { type: 'json' };

/** What an admin reads who follows the link to stop an export. Each function is one message. */

const phrase = catalogue({ en, de, es, fr, pt, hi });

export function stopped(language: Language): string {
  return phrase(language, 'stopped');
}

export function alreadyOver(
  language: Language,
  { status, statusChangedAt }: Pick<Ticket, 'status' | 'statusChangedAt'>,
): string {
  const since = sayTime(statusChangedAt, language);
  const how = status === 'rejected' || status === 'purged' ? status : 'cancelled';
  return phrase(language, `alreadyOver.${how}`, { since });
}

export function invalidLink(language: Language): string {
  return phrase(language, 'invalidLink');
}

export function noAdmin(language: Language): string {
  return phrase(language, 'noAdmin');
}

export function cannotCheck(language: Language): string {
  return phrase(language, 'cannotCheck');
}

export function busy(language: Language): string {
  return phrase(language, 'busy');
}

/** The words of the page around what is said. */
export function stopPageWords(language: Language) {
  return {
    title: phrase(language, 'page.title'),
    ask: phrase(language, 'page.ask'),
    account: phrase(language, 'page.account'),
    requestedBy: phrase(language, 'page.requestedBy'),
    when: phrase(language, 'page.when'),
    request: phrase(language, 'page.request'),
    whatHappens: phrase(language, 'page.whatHappens'),
    stop: phrase(language, 'page.stop'),
    refused: phrase(language, 'page.refused'),
  };
}
