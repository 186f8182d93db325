import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import type { Ticket } from '../../../domain/ticket.ts';
import { facts, fitBlocks, fitEscaped, header, LIMITS, paragraph, small } from '../limits.ts';
import { cardFacts } from './card-facts.ts';
import type { SlackDeskClickDeps } from './deps.ts';
import { homeBlocks, listed } from './home.ts';
import { COMMAND } from './ids.ts';
import { inTime } from './in-time.ts';
import { line, overview, standing } from './overview.ts';
import type { People } from './people.ts';

const ANSWER_MS = 2_200;
/** Behind `link ACCOUNT`: support allows the links CSV in the channel. */
const WITH_LINKS = 'with-links';

const Said = z.object({
  user_id: z.string().min(1),
  channel_id: z.string().min(1),
  text: z.string().max(1_000).default(''),
});

/** What only the caller sees. */
type Answer = { text: string; blocks?: types.KnownBlock[] };

const HELP = [
  `${COMMAND} list: what waits, is late, is being built, ends today`,
  `${COMMAND} status N: ticket N`,
  `${COMMAND} find ACCOUNT: tickets of an account, by a part of its name or id`,
  `${COMMAND} resend N: the links CSV of ticket N once more`,
  `${COMMAND} link ACCOUNT: ties this channel to an account (its id), so that people here can ask; "link ACCOUNT ${WITH_LINKS}" lets the links CSV be posted here, whoever can read it`,
].join('\n');

/** The `/waybill` command. */
export function registerCommand(bolt: App, deps: SlackDeskClickDeps, people: People): void {
  bolt.command(COMMAND, async ({ ack, body, respond }) => {
    const said = Said.safeParse(body).data;
    if (!said) return ack(only({ text: 'This command cannot be understood.' }));
    const done = answerTo(said).catch((error: unknown): Answer => {
      deps.log.warn({ error }, 'command not handled');
      return { text: 'This did not work. Try again in a minute.' };
    });
    const quick = await inTime(done, ANSWER_MS, null);
    if (quick) return ack(only(quick));
    await ack();
    await respond(only(await done));
  });

  async function answerTo({ user_id, channel_id, text }: z.output<typeof Said>): Promise<Answer> {
    const refusal = await people.refusalFor(user_id);
    if (refusal) return { text: refusal };
    const [verb = '', ...rest] = text.trim().split(/\s+/);
    const about = rest.join(' ');
    switch (verb.toLowerCase()) {
      case 'list':
        return shown('Data dumps', fitBlocks(homeBlocks(overview(deps), deps.publicUrl)));
      case 'status':
        return withTicket(about, status);
      case 'find':
        return find(about);
      case 'resend':
        return withTicket(about, (ticket) => resend(ticket, user_id));
      case 'link':
        return link(about, channel_id, user_id);
      default:
        return { text: HELP };
    }
  }

  async function withTicket(
    about: string,
    then: (ticket: Ticket) => Promise<Answer>,
  ): Promise<Answer> {
    const number = /^#?(\d{1,9})$/.exec(about)?.[1];
    if (!number) return { text: 'Which ticket? Write its number, for example 12.' };
    const ticket = deps.tickets.find(Number(number));
    return ticket ? then(ticket) : { text: `There is no ticket ${number}.` };
  }

  async function status(ticket: Ticket): Promise<Answer> {
    const { card } = await cardFacts(deps, ticket);
    return shown(card.title, [
      header(card.title),
      paragraph(`${card.status}. ${card.headline}`),
      ...facts(card.facts),
      small(`<${deps.publicUrl}/desk/${ticket.number}|On the web desk>`),
    ]);
  }

  function find(about: string): Answer {
    const words = about.toLowerCase();
    if (words === '') return { text: 'Which account? Write a part of its name, or its id.' };
    const found = deps.tickets
      .list({})
      .filter(({ accountId, accountName }) =>
        `${accountId} ${accountName}`.toLowerCase().includes(words),
      );
    if (found.length === 0) return { text: `No ticket of "${about}".` };
    const lines = found.map((ticket) => line(ticket, standing(deps, ticket)));
    return shown(`Tickets of ${about}`, listed(lines, deps.publicUrl));
  }

  async function resend({ number, version }: Ticket, userId: string): Promise<Answer> {
    const { name } = await people.agent(userId);
    const done = await deps.actions.resend({ number, version, agent: name });
    return { text: done.ok ? 'The links CSV is on its way once more.' : done.reason };
  }

  async function link(accountId: string, channel: string, userId: string): Promise<Answer> {
    const [id = '', word] = accountId.split(' ');
    const mayHoldLinks = word?.toLowerCase() === WITH_LINKS;
    if (id === '' || (word && !mayHoldLinks)) {
      return {
        text: `Which account? Write its id; behind it "${WITH_LINKS}" if the links CSV may be posted here, whoever can read it.`,
      };
    }
    const { name } = await people.agent(userId);
    const done = await deps.linkChannel(channel, id, name, { mayHoldLinks });
    if (!done.ok) return { text: done.reason };
    const where = mayHoldLinks ? 'posted here' : 'posted here only while nobody else can read it';
    return {
      text: `This channel is now tied to ${done.accountName}. The links CSV is ${where}.`,
    };
  }
}

function only({ text, blocks }: Answer) {
  return {
    response_type: 'ephemeral' as const,
    text: fitEscaped(text, LIMITS.text),
    ...(blocks && { blocks }),
  };
}

function shown(text: string, blocks: types.KnownBlock[]): Answer {
  return { text, blocks: fitBlocks(blocks) };
}
