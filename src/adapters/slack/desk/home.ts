import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import type { OutboxRow } from '../../../ports/outbox.ts';
import {
  fitBlocks,
  fitEscaped,
  header,
  LIMITS,
  lines as linesOf,
  paragraph,
  small,
} from '../limits.ts';
import type { SlackDeskClickDeps } from './deps.ts';
import { type Line, type Overview, overview } from './overview.ts';
import type { People } from './people.ts';
import { unsentBlocks } from './unsent.ts';

const LINES_OF_A_GROUP = 15;
const LINE_CHARS = 180;

const Opened = z.object({ user: z.string().min(1), tab: z.string() });

/** The Home tab of the app: what waits, what is late, what is built, what ends today. */
export function registerHome(bolt: App, deps: SlackDeskClickDeps, people: People): void {
  bolt.event('app_home_opened', async ({ event }) => {
    const opened = Opened.safeParse(event).data;
    if (opened?.tab !== 'home') return;
    const refusal = await people.refusalFor(opened.user);
    const blocks = refusal
      ? [paragraph(`This page is for the approvers of data dumps. ${refusal}`)]
      : [...unsentOnHome(deps.outbox.poisoned()), ...homeBlocks(overview(deps), deps.publicUrl)];
    await deps.client.views
      .publish({
        user_id: opened.user,
        view: { type: 'home', blocks: fitBlocks(blocks, LIMITS.viewBlocks) },
      })
      .catch((error: unknown) => deps.log.warn({ error }, 'home not shown'));
  });
}

function unsentOnHome(unsent: readonly OutboxRow[]): types.KnownBlock[] {
  if (unsent.length === 0) return [];
  return [header(`Could not be sent (${unsent.length})`), ...unsentBlocks(unsent)];
}

/** The overview as blocks, within the limits of a Home view. */
export function homeBlocks(groups: Overview, publicUrl: string): types.KnownBlock[] {
  const blocks = groups.flatMap(({ title, lines }): types.KnownBlock[] => [
    header(`${title} (${lines.length})`),
    ...(lines.length === 0 ? [small('Nothing.')] : listed(lines, publicUrl)),
  ]);
  return fitBlocks(blocks, LIMITS.viewBlocks);
}

/** Lines with their links, a few to a block. */
export function listed(lines: readonly Line[], publicUrl: string): types.KnownBlock[] {
  const some = lines.slice(0, LINES_OF_A_GROUP).map((one) => linked(one, publicUrl));
  const more = lines.length - some.length;
  if (more > 0) some.push(`and ${more} more on the <${publicUrl}/desk|web desk>`);
  return linesOf(some);
}

function linked({ number, text }: Line, publicUrl: string): string {
  if (number === null) return fitEscaped(text, LINE_CHARS);
  return `<${publicUrl}/desk/${number}|${number}>  ${fitEscaped(text, LINE_CHARS)}`;
}
