import type { Evidence } from './evidence.ts';
import type { Intent } from './intents.ts';

/** What anybody may say to any bot; it opens nothing and promises nothing. */
const HARMLESS: ReadonlySet<Intent> = new Set([
  'other',
  'smalltalk',
  'confirm_yes',
  'confirm_no',
  'talk_to_human',
]);
const EXPORTS: ReadonlySet<Intent> = new Set(['request_export', 'request_custom_export']);

/** How sure a reading has to be: the less a message speaks of exports, the surer. */
export function neededChance(intent: Intent, { ours, theirs, strange }: Evidence): number {
  if (HARMLESS.has(intent)) return 0;
  if (ours === 0) {
    if (EXPORTS.has(intent)) return strange > 0 || theirs > 0 ? 0.8 : 0.5;
    if (theirs > 0) return 0.97;
    return strange > 0 ? 0.75 : 0.47;
  }
  if (theirs > 0) return 0.5;
  return strange > 0 ? 0.25 : 0.15;
}
