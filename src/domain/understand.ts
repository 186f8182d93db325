import { type Entities, readEntities } from './understand/entities.ts';
import type { Intent } from './understand/intents.ts';
import { type Language, languageOf } from './understand/language.ts';
import { normalise } from './understand/normalise.ts';
import { intentsOf } from './understand/rules.ts';

/** What was going on when the message came; without it, the likeliest reading is taken. */
export type UnderstandContext = {
  /** The moment of the message, for "last year" and "by Friday"; without it such words have no date. */
  now?: Date;
  /** What the bot had asked for. */
  awaiting?: string | null;
  /** Titles of the account's jobs, so that they are known without quotes. */
  jobTitles?: readonly string[];
};

export type Understood = {
  /** The first of `intents`. */
  intent: Intent;
  intents: Intent[];
  /** 0 to 1. */
  confidence: number;
  language: Language;
  entities: Entities;
};

/** What a customer wants. Takes any text: too long, binary, HTML; never throws. */
export function understand(message: string, context: UnderstandContext = {}): Understood {
  const text = normalise(message);
  const entities = readEntities(text, context);
  const { intents, confidence } = intentsOf(text, entities, context);
  const [intent = 'other'] = intents;
  return { intent, intents, confidence, language: languageOf(text), entities };
}
