import { clausesOf } from './clauses.ts';
import type { Entities } from './entities.ts';
import type { Intent } from './intents.ts';
import { namesWholeExport, nearMiss } from './near-misses.ts';
import { fold } from './normalise.ts';
import { QUESTIONS, REQUESTS, type Rule, SHORT_ANSWERS } from './patterns.ts';

const SURE = 0.9;
const LIKELY = 0.75;
const UNKNOWN = 0.3;

/** The intents of a message, in the order in which they are said. `text` is normalised. */
export function intentsOf(
  text: string,
  entities: Entities,
  context: { awaiting?: string | null },
): { intents: Intent[]; confidence: number } {
  const folded = fold(text);
  const clauses = clausesOf(folded);
  const whole = namesWholeExport(folded);
  const read = (clause: string) => intentOf(clause, whole, context.awaiting ?? null);
  let found = clauses.map(read).filter((intent) => intent !== null);
  if (!found.some(isAbout)) {
    const all = read(folded.replaceAll('\n', ' '));
    if (all && isAbout(all)) found = [all, ...found];
  }
  const about = found.filter(isAbout);
  if (about.length > 0) {
    const intents = unique(about.map((intent) => customised(intent, folded, entities)));
    return { intents: withoutWeaker(intents), confidence: SURE };
  }
  if (found.includes('other')) return { intents: ['other'], confidence: SURE };
  if (hasWish({ ...entities, password: false }))
    return { intents: ['request_custom_export'], confidence: LIKELY };
  if (found.length > 0) return { intents: unique(found), confidence: SURE };
  if (entities.duration_hours && folded.length < 40) {
    return { intents: ['request_extension'], confidence: LIKELY };
  }
  return { intents: ['other'], confidence: UNKNOWN };
}

function intentOf(clause: string, whole: boolean, awaiting: string | null): Intent | null {
  const short = first(SHORT_ANSWERS, clause);
  if (short === 'smalltalk' || short === 'confirm_yes' || short === 'confirm_no') return short;
  // What the bot has just asked "for how long?" is answered by a length of time alone.
  if (
    awaiting === 'extension' &&
    /^\W*(for )?(about )?(\d+|an?|one|two|three|another)\b.{0,25}$/.test(clause)
  ) {
    return 'request_extension';
  }
  if (!whole && nearMiss(clause)) return 'other';
  return first(QUESTIONS, clause) ?? first(REQUESTS, clause);
}

function first(rules: readonly Rule[], clause: string): Intent | null {
  return rules.find((rule) => rule.says.test(clause) && !rule.unless?.test(clause))?.intent ?? null;
}

/** Says something about exports, so that a greeting beside it does not count. */
function isAbout(intent: Intent): boolean {
  return intent !== 'smalltalk' && intent !== 'other';
}

const RESTRICTION =
  /\b(only|just|nothing but|without|except|excluding|no need for|role.?wise|job.?wise|per (job|role)|by (job|role)|custom|specific (jobs?|roles?|fields?)|include (the )?(notes|fields)|small(er)? (zips?|files|parts)|(zips?|files|parts) small(er)?|(with|plus|and) (the )?(data )?fields)\b/;

/** A request with a wish is a custom one. */
function customised(intent: Intent, folded: string, entities: Entities): Intent {
  if (intent !== 'request_export') return intent;
  return hasWish(entities) || RESTRICTION.test(folded) ? 'request_custom_export' : intent;
}

function hasWish(entities: Entities): boolean {
  const { jobs, range, part_size_gb, one_copy, password } = entities;
  return Boolean(jobs || range || part_size_gb || one_copy || password);
}

/** A request holds the plainer one of the same message, and a plan is not a question of its own. */
function withoutWeaker(intents: Intent[]): Intent[] {
  return intents.includes('request_custom_export')
    ? intents.filter((intent) => intent !== 'request_export')
    : intents;
}

function unique(intents: Intent[]): Intent[] {
  return [...new Set(intents)];
}
