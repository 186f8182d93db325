import type { Awaiting } from '../../domain/conversation.ts';
import type { ChoiceMeaning } from '../../domain/phrases/choice-meaning.ts';
import type { Suspicion } from '../../domain/suspicion.ts';
import type { Intent } from '../../domain/understand/intents.ts';
import type { Understand, Understood } from '../../domain/understand.ts';

type Message = {
  /** Normalised. */
  text: string;
  awaiting: Awaiting | null;
  clicked: ChoiceMeaning | null;
  suspicions: readonly Suspicion[];
  understand: Understand;
};

/** What a message is taken for, once it is known where it stands: how it was read may be only a part of it. */
export function meant(read: Understood, message: Message): Understood {
  const { text, awaiting, clicked, suspicions, understand } = message;
  if (clicked) return asClicked(read, clicked);
  const isTitle = read.entities.jobs?.length === 1 && read.entities.jobs[0] === text;
  const isChoosing = awaiting?.what === 'confirmation' || awaiting?.what === 'job';
  if (isTitle && isChoosing) return asIntents(read, ['request_custom_export'], 1);
  const whole = inParts(read, text, understand);
  return suspicions.includes('orders') ? withoutYes(whole) : whole;
}

/** A click means what its button says. */
function asClicked(read: Understood, { intent, hours }: ChoiceMeaning): Understood {
  const entities =
    hours === undefined ? read.entities : { ...read.entities, duration_hours: hours };
  return asIntents({ ...read, entities }, [intent], 1);
}

/** Sentences that clearly say different things are all answered. */
function inParts(read: Understood, text: string, understand: Understand): Understood {
  const sentences = text.split(/(?<=[.?!])\s+|\n/).filter((sentence) => sentence.trim() !== '');
  if (sentences.length < 2 || sentences.length > MAX_SENTENCES || read.intents.length > 1)
    return read;
  const parts = sentences.map((sentence) => understand(sentence)).filter(isClear);
  const intents = [...new Set(parts.map(({ intent }) => intent))];
  if (intents.length < 2 || !intents.includes(read.intent)) return read;
  return asIntents(read, withoutWeaker(intents), Math.min(...parts.map((part) => part.confidence)));
}

const MAX_SENTENCES = 6;
/** A sentence by itself has to be this sure. */
const CLEAR = 0.75;
/** What is said by the way, or is nothing without the message before. */
const BY_THE_WAY: readonly Intent[] = ['smalltalk', 'other', 'confirm_yes', 'confirm_no'];

function isClear({ intent, confidence }: Understood): boolean {
  return confidence >= CLEAR && !BY_THE_WAY.includes(intent);
}

/** A request with a wish holds the plain one of the same message. */
function withoutWeaker(intents: Intent[]): Intent[] {
  return intents.includes('request_custom_export')
    ? intents.filter((intent) => intent !== 'request_export')
    : intents;
}

/** A yes within orders to the bot is none. */
function withoutYes(read: Understood): Understood {
  const intents = read.intents.filter((intent) => intent !== 'confirm_yes');
  return intents.length > 0
    ? asIntents(read, intents, read.confidence)
    : asIntents(read, ['other'], 0);
}

function asIntents(read: Understood, intents: Intent[], confidence: number): Understood {
  return { ...read, intent: intents[0] ?? 'other', intents, confidence };
}
