import type { Role } from './account.ts';
import type { Choice } from './message.ts';

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
  choices: Choice[];
  linksCsv: { ticketNumber: number; href: string } | null;
  uploads: UploadEntry[];
};

export type HistoryAnswer = { messages: ChatEntry[]; hasEarlier: boolean };
export type SentAnswer = { message: ChatEntry };
