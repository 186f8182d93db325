import { LANGUAGES, type Language } from '../language.ts';
import type { Choice } from '../message.ts';
import type { Intent } from '../understand/intents.ts';
import { fold } from '../understand/normalise.ts';
import * as choices from './choices.ts';
import { ASKABLE, sayIntent } from './unsure.ts';

/** What a click means. `language` is that of its text, where the text stands for one alone. */
export type ChoiceMeaning = { intent: Intent; hours?: number; language: Language | null };

const MEANINGS = new Map<string, ChoiceMeaning>();

for (const language of LANGUAGES) {
  const [yes, no, change] = choices.confirmChoices(language);
  learn(language, 'confirm_yes', yes);
  learn(language, 'confirm_no', no);
  learn(language, 'request_custom_export', change);
  for (const [at, hours] of [24, 48, 168].entries()) {
    learn(language, 'request_extension', choices.extensionChoices(language)[at], hours);
  }
  for (const pair of [
    choices.cancelChoices(language),
    choices.rebuildChoices(language),
    choices.passOnChoices(language),
  ]) {
    learn(language, 'confirm_yes', pair[0]);
    learn(language, 'confirm_no', pair[1]);
  }
  learn(language, 'request_custom_export', choices.jobChoices(language, []).at(-1));
  learn(language, 'request_export', choices.askExport(language));
  learn(language, 'request_extension', choices.moreTime(language));
  learn(language, 'talk_to_human', choices.person(language));
  for (const intent of ASKABLE) learnText(language, intent, sayIntent(language, intent));
}

/** What a message means that is the text of a choice, in any language; null for every other message. */
export function choiceMeaning(text: string): ChoiceMeaning | null {
  return MEANINGS.get(keyOf(text)) ?? null;
}

function learn(language: Language, intent: Intent, choice: Choice | undefined, hours?: number) {
  if (!choice) return;
  learnText(language, intent, choice.text, hours);
  // People type what they see on a button.
  learnText(language, intent, choice.label, hours);
}

function learnText(language: Language, intent: Intent, text: string, hours?: number): void {
  const key = keyOf(text);
  const known = MEANINGS.get(key);
  // "No" is the same in several languages, and an hour label stands for the same hours.
  const isShared = known !== undefined && known.language !== language;
  MEANINGS.set(key, {
    intent: known?.intent ?? intent,
    ...(hours !== undefined && { hours }),
    language: isShared ? null : language,
  });
}

function keyOf(text: string): string {
  return fold(text)
    .replace(/[’‘`´]/g, "'")
    .replace(/[\s.!?¿¡]+/g, ' ')
    .trim();
}
