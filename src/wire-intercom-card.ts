import type { FastifyInstance } from 'fastify';
import type { IntercomClient } from 'intercom-client';
import { type Card, createCard } from './adapters/intercom/canvas/card.ts';
import { registerCard } from './adapters/intercom/canvas/mount.ts';
import type { Contacts } from './adapters/intercom/contacts.ts';
import { inboxLaneOf } from './adapters/intercom/reference.ts';
import type { IntercomConfig } from './config.ts';
import { customerCard } from './flow/customer-card.ts';
import type { Deps } from './flow/deps.ts';
import { knownBy } from './flow/identity/receive-from.ts';
import { receive } from './flow/receive.ts';
import type { Arrivals } from './ports/arrivals.ts';
import type { Identities } from './ports/identity.ts';
import type { Log } from './ports/log.ts';

type Needs = {
  client: IntercomClient;
  contacts: Contacts;
  arrivals: Pick<Arrivals, 'keep'>;
  identities: Identities;
  /** Something was kept. */
  look(thread: string): void;
  now: () => Date;
  log: Log;
};

/** Mounts the card inside the Messenger. */
export function mountCard(
  web: FastifyInstance,
  { appId, clientSecret }: IntercomConfig,
  { client, contacts, arrivals, identities, look, now, log }: Needs,
  all: Deps,
): Card {
  const flows = {
    person: (who: string, name: string, provenEmail: string | null) =>
      knownBy({ ...all, identities }, { who, name, provenEmail }),
    card: (...args: [email: string, language: Parameters<typeof customerCard>[2]]) =>
      customerCard(all, ...args),
    isWithPerson: (thread: string) => Boolean(all.tickets.conversation(thread)?.humanSince),
    receive: (inbound: Parameters<typeof receive>[1]) => receive(all, inbound),
    tellTeam: (thread: string, messageId: string) => {
      const content = { kind: 'inbox', thread, askedAt: null };
      arrivals.keep({ id: `inbox:${messageId}`, thread: inboxLaneOf(thread), content }, now());
      look(inboxLaneOf(thread));
    },
  };
  const card = createCard({ client, contacts, flows, now, log });
  registerCard(web, { appId, clientSecret, publicUrl: all.publicUrl, card, log });
  return card;
}
