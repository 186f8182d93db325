import type { Job } from './account.ts';
import type { Awaiting } from './conversation.ts';
import type { Language } from './language.ts';
import type { ExportOptions } from './options.ts';
import type { SpecialWish } from './special-wish.ts';
import type { Understood } from './understand.ts';
import type { Wishes } from './wishes.ts';

/** What a customer chose on a card or in a form, exactly; the message beside it says the same in words. */
export type Chosen = { language: Language } & (
  | { what: 'request'; options: Partial<ExportOptions>; special: SpecialWish[] }
  /** The answer to the summary that was shown with it. */
  | { what: 'yes' | 'no'; ticketNumber: number }
  | { what: 'extension'; ticketNumber: number; hours: number }
);

const INTENTS = {
  request: 'request_custom_export',
  yes: 'confirm_yes',
  no: 'confirm_no',
  extension: 'request_extension',
} as const satisfies Record<Chosen['what'], Understood['intent']>;

/** What was chosen, as a message that says it is understood. */
export function understoodAs(chosen: Chosen): Understood {
  const intent = INTENTS[chosen.what];
  const entities = chosen.what === 'extension' ? { duration_hours: chosen.hours } : {};
  return { intent, intents: [intent], confidence: 1, language: chosen.language, entities };
}

/** The question that it answers. */
export function answeredBy(chosen: Chosen): Awaiting | null {
  if (chosen.what === 'request') return null;
  const { ticketNumber } = chosen;
  return { what: chosen.what === 'extension' ? 'extension' : 'confirmation', ticketNumber };
}

/** The wishes of a form on top of the options so far. Jobs that the account does not have are left out. */
export function chosenWishes(
  { options: wanted, special }: Chosen & { what: 'request' },
  before: ExportOptions,
  jobs: readonly Job[],
): Wishes {
  const known = wanted.jobs?.filter((id) => jobs.some((job) => job.id === id));
  const set = { ...wanted, ...(known && { jobs: known.length > 0 ? known : null }) };
  return {
    options: { ...before, ...set },
    touched: Object.keys(set) as (keyof ExportOptions)[],
    special,
    unclear: [],
    badPartSize: false,
  };
}
