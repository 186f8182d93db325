import type { Language } from '../language.ts';
import type { Ticket } from '../ticket.ts';
import { sayDay } from '../words.ts';
import { catalogue } from './catalogue.ts';
import de from './de/build.json' with { type: 'json' };
import en from './en/build.json' with { type: 'json' };
import es from './es/build.json' with { type: 'json' };
import fr from './fr/build.json' with { type: 'json' };
import hi from './hi/build.json' with { type: 'json' };
import pt from './pt/build.json' with { type: 'json' };

const phrase = catalogue({ en, de, es, fr, pt, hi });

/** To the customer, when building stopped with an error. */
export function buildFailed(
  language: Language,
  ticket: Pick<Ticket, 'number' | 'promisedAt'>,
): string {
  const said = phrase(language, 'buildFailed', { request: String(ticket.number) });
  if (!ticket.promisedAt) return said;
  return `${said} ${phrase(language, 'stillAim', { day: sayDay(ticket.promisedAt, language) })}`;
}
