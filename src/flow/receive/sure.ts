import { saysYes as inSoManyWords } from '../../domain/explicit-yes.ts';
import type { Intent } from '../../domain/understand/intents.ts';
import type { Turn } from './turn.ts';

/** Below this, what was understood is a guess, which is asked back. */
export const UNSURE = 0.5;
/** From here on, "other" means something else for sure, and not that the bot did not understand. */
export const SURELY_OTHER = 0.6;

/** An explicit yes: understood as one, and said in so many words. Nothing that cannot be undone happens without it. */
export function saysYes(turn: Turn): boolean {
  return isSure(turn, 'confirm_yes') && (Boolean(turn.inbound.chosen) || inSoManyWords(turn.text));
}

export function saysNo(turn: Turn): boolean {
  return isSure(turn, 'confirm_no');
}

export function isSure({ understood }: Turn, intent: Intent): boolean {
  return understood.confidence >= UNSURE && understood.intents.includes(intent);
}
