import type { Role } from '../../../domain/account.ts';
import type { AttachmentRef } from '../../../domain/message.ts';
import type { ChatLog } from '../../../ports/chat-log.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { Inbound, OutgoingFile } from '../../../ports/thread.ts';

/** All that the web chat works with. */
export type ChatDeps = {
  chatLog: ChatLog;
  clock: Pick<Clock, 'now'>;
  log: Log;
  /** `flow/receive`; called once a message is stored, again for the same message when it was sent again. */
  receive(inbound: Inbound): Promise<void>;
  /** The file behind a message, rendered now; null when there is none or this person may not have it. */
  openAttachment(ref: AttachmentRef, email: string): Promise<OutgoingFile | null>;
  /** WAYBILL_SECRET: the ATS signs its tokens with it. */
  secret: Uint8Array;
  /** Where browsers reach the server; with https the session cookie is `Secure`. */
  publicUrl: string;
  /** The people to choose from in sample mode; null when the ATS signs people in. */
  sample: {
    people(): Promise<{ email: string; name: string; role: Role; account: string }[]>;
  } | null;
  /** Set when customers talk in another messenger: that is opened at `/` then, and this chat stays at `/chat`. */
  messenger?: Messenger | null;
  /** Where files that customers send are kept; made when absent. */
  uploadDir: string;
};

/** A messenger of a service, for the page at `/`. */
export type Messenger = {
  appId: string;
  region: 'us' | 'eu' | 'ap';
  /** What the page loads from the service, by directive of the content security policy. */
  sources: Record<string, readonly string[]>;
  /** Proves to the service who somebody is; null when it cannot be proven. */
  identify(person: {
    email: string;
    name: string;
  }): Promise<{ jwt: string; lifetimeSeconds: number } | null>;
};
