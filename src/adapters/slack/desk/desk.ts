import type { DeskNotice } from '../../../domain/message.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import type { Desk } from '../../../ports/desk.ts';
import type { DeskPost } from '../../../ports/desk-posts.ts';
import { escapeText, fitEscaped, LIMITS } from '../limits.ts';
import { showAccess } from './access.ts';
import { slackCard } from './card.ts';
import { cardFacts } from './card-facts.ts';
import type { SlackDeskDeps } from './deps.ts';
import { shareLinksFile } from './links-file.ts';
import { createPace } from './pace.ts';
import { metadataOf, postOnce } from './post.ts';
import { refusalOf, unlessRefused } from './refusals.ts';
import { watchCards } from './watch.ts';

/** Between two edits of one card; Slack takes about 50 edits a minute of a whole workspace. */
const MIN_GAP_MS = 3_000;

/** A ticket's card is posted under this key. */
const CARD = 'card';
/** What belongs to no ticket is kept under this number. */
const NO_TICKET = 0;

/** What stands before a notice; information has nothing before it. */
const LEVEL_SIGNS = { info: '', action: '🔔 ', alarm: '🚨 ' } as const;

/** The desk in Slack: one card for each ticket, its history in the thread below. */
export type SlackDesk = Required<Desk> & {
  /** Keeps progress and downloads on the cards up to date; returns how to stop. */
  start(): () => Promise<void>;
};

export function createSlackDesk(
  deps: SlackDeskDeps,
  options: { minGapMs?: number } = {},
): SlackDesk {
  /** What each card shows, so that nothing is edited in vain. Forgotten at a restart: one edit too many, no harm. */
  const shown = new Map<number, string>();
  const pace = createPace(edit, options.minGapMs ?? MIN_GAP_MS);

  async function show(ticket: Ticket, notice: DeskNotice | null, key: string): Promise<void> {
    const card = await ensureCard(deps.tickets.find(ticket.number) ?? ticket);
    if (notice) await postNotice(ticket.number, notice, key, card);
    await shareLinksFile(deps, deps.tickets.find(ticket.number) ?? ticket, card);
    await pace.touch(ticket.number);
  }

  async function ensureCard(ticket: Ticket): Promise<DeskPost> {
    const known = deps.posts.find(ticket.number, CARD);
    if (known) return known;
    const { text, blocks } = slackCard(await cardFacts(deps, ticket), deps.publicUrl);
    const post = await postOnce(deps, ticket.number, CARD, { text: escapeText(text), blocks });
    if (post.isNew) shown.set(ticket.number, JSON.stringify(blocks));
    return post;
  }

  async function postNotice(
    number: number,
    { level, text }: DeskNotice,
    key: string,
    card: DeskPost,
  ): Promise<void> {
    await postOnce(deps, number, key, {
      text: fitEscaped(LEVEL_SIGNS[level] + text, LIMITS.messageText),
      threadTs: card.ts,
    });
  }

  async function edit(number: number): Promise<void> {
    const ticket = deps.tickets.find(number);
    const post = deps.posts.find(number, CARD);
    if (!ticket || !post) return;
    const { text, blocks } = slackCard(await cardFacts(deps, ticket), deps.publicUrl);
    const now = JSON.stringify(blocks);
    if (shown.get(number) === now) return;
    try {
      await unlessRefused(() =>
        deps.client.chat.update({
          ...post,
          text: escapeText(text),
          blocks,
          metadata: metadataOf(`${number}/${CARD}`),
        }),
      );
    } catch (error) {
      if (refusalOf(error) !== 'message_not_found') throw error;
      // Somebody deleted it in Slack. What is to be decided has to stand somewhere.
      const again = `card ${ticket.version}`;
      deps.posts.posted(
        number,
        CARD,
        await postOnce(deps, number, again, { text: escapeText(text), blocks }),
      );
    }
    shown.set(number, now);
  }

  return {
    show,

    showAccess: (number, notice, key) => showAccess(deps, number, notice, key),

    async digest(text, key) {
      await postOnce(deps, NO_TICKET, key, { text: fitEscaped(text, LIMITS.messageText) });
    },

    start: () =>
      watchCards(deps, {
        touch: (number) => pace.touch(number),
        settle: () => pace.settle(),
        tell: async (number, text, key) => {
          const card = deps.posts.find(number, CARD);
          if (card) await postNotice(number, { level: 'info', text }, key, card);
        },
      }),
  };
}
