import { GRANT_HOURS, type Grant } from '../grant.ts';
import type { Language } from '../language.ts';
import type { Choice } from '../message.ts';
import { sayName } from '../say-name.ts';
import { sayMoment } from '../words.ts';
import { catalogue } from './catalogue.ts';
import de from './de/access.json' with { type: 'json' };
import en from './en/access.json' with { type: 'json' };
import es from './es/access.json' with { type: 'json' };
import fr from './fr/access.json' with { type: 'json' };
import hi from './hi/access.json' with { type: 'json' };
import pt from './pt/access.json' with { type: 'json' };

/** Temporary access to the platform. */

const phrase = catalogue({ en, de, es, fr, pt, hi });

export function accessHowLong(language: Language): string {
  return phrase(language, 'howLong');
}

export function accessAtMost(language: Language): string {
  return phrase(language, 'atMost');
}

export function accessHourChoices(language: Language): Choice[] {
  return GRANT_HOURS.map((hours) => {
    const text = phrase(language, 'hours', { hours });
    return { label: text, text };
  });
}

export function accessWhy(language: Language, hours: number): string {
  return phrase(language, 'why', { hours });
}

/** What a yes asks the desk for. */
export function accessSummary(
  language: Language,
  wish: { account: string; email: string; hours: number; reason: string },
): string {
  return phrase(language, 'summary', { ...wish, account: sayName(wish.account) });
}

export function accessConfirmChoices(language: Language): Choice[] {
  return [
    { label: phrase(language, 'send'), text: phrase(language, 'yesText') },
    { label: phrase(language, 'dont'), text: phrase(language, 'noText') },
  ];
}

export function accessYesOrNo(language: Language): string {
  return phrase(language, 'pleaseYesOrNo');
}

export function accessAsked(language: Language): string {
  return phrase(language, 'asked');
}

export function accessNotAsked(language: Language): string {
  return phrase(language, 'notAsked');
}

/** To a second wish, while the first is not over. */
export function accessAlready(language: Language, grant: Pick<Grant, 'status' | 'endsAt'>): string {
  if (grant.status === 'active' && grant.endsAt) {
    return phrase(language, 'alreadyIn', { until: sayMoment(grant.endsAt, language) });
  }
  if (grant.status === 'granting') return phrase(language, 'alreadyBegins');
  return phrase(language, grant.status === 'revoking' ? 'alreadyEnds' : 'alreadyAsked');
}

export function accessBegins(language: Language, until: Date): string {
  return phrase(language, 'begins', { until: sayMoment(until, language) });
}

export function accessEnds(language: Language, until: Date): string {
  return phrase(language, 'ends', { until: sayMoment(until, language) });
}

export function accessOver(language: Language): string {
  return phrase(language, 'over');
}

export function accessDenied(language: Language, reason: string): string {
  return [
    phrase(language, 'denied'),
    phrase(language, 'reason', { reason }),
    phrase(language, 'ifUnclear'),
  ].join(' ');
}

export function accessNotPossible(language: Language): string {
  return phrase(language, 'notPossible');
}

export function accessUndecided(language: Language): string {
  return phrase(language, 'undecided');
}
