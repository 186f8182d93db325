import type { FastifyInstance } from 'fastify';
import { createArrivals } from '../db/arrivals.ts';
import { createIdentities } from '../db/identities.ts';
import type { Db } from '../db/open.ts';
import { createThreadPosts } from '../db/thread-posts.ts';
import type { Card } from './adapters/intercom/canvas/card.ts';
import { createIntercomClient, inboxUrlOf } from './adapters/intercom/client.ts';
import { createContacts } from './adapters/intercom/contacts.ts';
import { type Flows, handleIncoming } from './adapters/intercom/customers.ts';
import { createInbox } from './adapters/intercom/inbox.ts';
import { createMessenger } from './adapters/intercom/messenger.ts';
import { registerIntercomWebhook } from './adapters/intercom/mount.ts';
import { SCHEME } from './adapters/intercom/reference.ts';
import { createIntercomThread } from './adapters/intercom/thread.ts';
import type { IntercomConfig } from './config.ts';
import { OPEN_STATUSES, type Ticket } from './domain/ticket.ts';
import { createWork } from './flow/arrivals.ts';
import type { Deps } from './flow/deps.ts';
import { isAboutExports, wantsPerson } from './flow/identity/about-exports.ts';
import { fallSilent, handOverUnproven } from './flow/identity/fall-silent.ts';
import { receiveFrom } from './flow/identity/receive-from.ts';
import { callBack } from './flow/receive/hand-over.ts';
import type { Identities } from './ports/identity.ts';
import { mountCard } from './wire-intercom-card.ts';

/** Another process, a command for example, may keep something as well. */
const LOOK_MS = 2_000;

type Needs = Pick<Deps, 'clock' | 'log' | 'tickets' | 'publicUrl'>;

export type IntercomApp = ReturnType<typeof openIntercom>;

/** Everything of Intercom. Loaded only when INTERCOM_… is set. Nothing is asked of Intercom before `start`. */
export function openIntercom(config: IntercomConfig, db: Db, needs: Needs) {
  const { log, tickets, publicUrl } = needs;
  const now = () => needs.clock.now();
  const client = createIntercomClient(config);
  const arrivals = createArrivals(db);
  const identities = createIdentities(db);
  const posting = { client, posts: createThreadPosts(db), adminId: config.adminId, now };

  // What arrives before `start` is kept, and worked on then.
  let flows: Flows | null = null;
  let card: Card | null = null;
  const deps = {
    ...posting,
    arrivals,
    contacts: createContacts(client),
    inbox: createInbox({ ...posting, teamId: config.teamId, publicUrl }),
    log,
  };
  const work = createWork(arrivals, SCHEME, { log, now }, async (content) => {
    if (!flows) throw new Error('The bot has not started yet.');
    // What was chosen on the card is told by Intercom as well, and counts as it was chosen.
    await card?.idle();
    await handleIncoming({ ...deps, flows, look: work.look }, content);
  });

  return {
    client,
    identities,
    messenger: createMessenger(config),
    threads: [
      createIntercomThread({
        ...posting,
        inboxUrl: inboxUrlOf(config),
        isWithPerson: (thread) => Boolean(tickets.conversation(thread)?.humanSince),
      }),
    ],

    /** Mounts POST /webhooks/intercom, and the card below it. */
    mount(web: FastifyInstance, all: Deps): void {
      card = mountCard(web, config, { ...deps, identities, look: work.look }, all);
      const { appId, clientSecret } = config;
      registerIntercomWebhook(web, { appId, clientSecret, arrivals, look: work.look, now, log });
    },

    /** Works on what customers and teammates write. Returns how to stop. */
    start(all: Deps): () => Promise<void> {
      flows = flowsOf(all, identities);
      work.start();
      const timer = setInterval(work.lookAtAll, LOOK_MS);
      return async () => {
        clearInterval(timer);
        await work.stop();
      };
    },
  };
}

function flowsOf(deps: Deps, identities: Identities): Flows {
  const { tickets } = deps;
  const emailOf = (who: string, provenEmail: string | null) =>
    (provenEmail ?? identities.find(who)?.email)?.toLowerCase();
  return {
    isOurs: (thread) => tickets.conversation(thread) !== null || identities.asksIn(thread),
    withPersonSince: (thread) => tickets.conversation(thread)?.humanSince ?? null,
    wasHandled: (id) => tickets.seen(id),
    isMeant: (text, who) =>
      isAboutExports(text, { isKnown: identities.find(who) !== null, understand: deps.understand }),
    wantsPerson: (text) => wantsPerson(text, deps.understand),
    isProven: (who, provenEmail) =>
      provenEmail !== null || identities.find(who)?.provenBy === 'code',
    isTalkOf: (thread, who, provenEmail) => {
      const talker = tickets.conversation(thread)?.email;
      if (talker && talker.toLowerCase() === emailOf(who, provenEmail)) return true;
      return identities.proof(who)?.thread === thread;
    },
    receive: (message) => receiveFrom({ ...deps, identities }, { ...message, accountId: null }),
    handOverUnproven: (message) => handOverUnproven(deps, message),
    fallSilent: (thread, agent, text) => fallSilent(deps, thread, agent, text),
    callBack: (thread, agent) => callBack(deps, thread, agent),
    tellTeam: async (inbox, thread, asked) => {
      const about = ticketsOf(deps, thread);
      for (const ticket of about) await inbox.showTicket(thread, ticket);
      if (asked) await inbox.handOver(thread, askedAbout(deps, about, asked), asked);
    },
  };
}

/** The tickets that began in a conversation, and those that are open for its account; oldest first. */
function ticketsOf({ tickets }: Pick<Deps, 'tickets'>, thread: string): Ticket[] {
  const accountId = tickets.conversation(thread)?.accountId;
  const open = accountId
    ? tickets.list({ accountId }).filter(({ status }) => OPEN_STATUSES.includes(status))
    : [];
  const all = [...tickets.list({ thread }), ...open];
  return [...new Map(all.map((ticket) => [ticket.number, ticket])).values()].sort(
    (a, b) => a.number - b.number,
  );
}

/** The ticket whose history says that a person was asked for then; else the latest. */
function askedAbout(
  { tickets }: Pick<Deps, 'tickets'>,
  about: readonly Ticket[],
  asked: Date,
): Ticket | null {
  const isAsked = ({ number }: Ticket) =>
    tickets
      .history(number)
      .some(({ event, at }) => event === 'human_asked' && at.getTime() === asked.getTime());
  return about.findLast(isAsked) ?? about.at(-1) ?? null;
}
