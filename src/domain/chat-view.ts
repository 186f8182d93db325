import type { Role } from './account.ts';
import type { Language } from './language.ts';
import type { AttachmentRef, Choice } from './message.ts';

/** What the chat's page and its server say to each other, as JSON. Times are ISO 8601 in UTC. */

/** What a customer may send at once. */
export const LIMITS = {
  textChars: 8_000,
  files: 5,
  fileBytes: 10_000_000,
  messagesPerMinute: 20,
} as const;

/** A person of the sample ATS, for the picker. */
export type SamplePerson = { email: string; name: string; role: Role; account: string };

export type SessionAnswer =
  | {
      signedIn: true;
      person: { email: string; name: string };
      /** Names the chat; sent back with each message, so that it cannot end up in somebody else's. */
      thread: string;
      /** In sample mode everybody who can be chosen; null otherwise. */
      people: SamplePerson[] | null;
      now: string;
    }
  | { signedIn: false; people: SamplePerson[] | null; now: string };

export type UploadEntry = {
  id: string;
  name: string;
  sizeBytes: number;
  contentType: string;
  href: string;
};

export type ChatEntry = {
  id: number;
  at: string;
  author: 'customer' | 'bot' | 'human';
  name: string;
  text: string;
  /** What a text of the bot is in; null for those of people. */
  language: Language | null;
  choices: Choice[];
  attachment: { kind: AttachmentRef['kind']; ticketNumber: number; href: string } | null;
  uploads: UploadEntry[];
};

export type HistoryAnswer = { messages: ChatEntry[]; hasEarlier: boolean };
export type SentAnswer = { message: ChatEntry };

/** What the page opens the messenger of a service with. */
export type MessengerAnswer = {
  appId: string;
  region: 'us' | 'eu' | 'ap';
  /** null: nobody is signed in; they can write all the same. */
  person: { email: string; name: string } | null;
  /** Names the person in what this browser keeps. */
  thread: string | null;
  identity: { jwt: string; lifetimeSeconds: number } | null;
  /** In sample mode one chooses who to be, in the chat at `/chat`. */
  isSample: boolean;
};
