import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { WhoWeAre } from './who-we-are.ts';

/** Somebody of Slack. */
export type SlackPerson = {
  name: string;
  isBot: boolean;
  /** The address that Slack has proven; null when it gives none. */
  email: string | null;
};

export interface People {
  /** @throws an error of Slack's library */
  find(userId: string): Promise<SlackPerson>;
}

/** A changed address or a leaver is seen after this long. */
const KEEP_MS = 5 * 60_000;
const MAX_KEPT = 1_000;

const User = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  is_bot: z.boolean().default(false),
  deleted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_email_confirmed: z.boolean().optional(),
  profile: z.object({ email: z.string().optional(), real_name: z.string().optional() }).default({}),
});

/** Asks Slack who people are, and remembers it for minutes. */
export function createPeople(
  client: webApi.WebClient,
  whoWeAre: WhoWeAre,
  now: () => number = Date.now,
): People {
  const kept = new Map<string, { person: SlackPerson; until: number }>();
  return {
    async find(userId) {
      const old = kept.get(userId);
      if (old && old.until > now()) return old.person;
      const { user } = await client.users.info({ user: userId });
      const { teamId } = await whoWeAre();
      const person = toPerson(User.parse(user), teamId);
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(userId, { person, until: now() + KEEP_MS });
      return person;
    },
  };
}

function toPerson(user: z.infer<typeof User>, ourTeamId: string): SlackPerson {
  const { profile } = user;
  return {
    name: user.real_name ?? profile.real_name ?? user.name ?? 'there',
    isBot: user.is_bot || user.id === 'USLACKBOT',
    email: isProven(user, ourTeamId) ? (profile.email ?? null) : null,
  };
}

/**
 * In our own workspace Slack had the address confirmed, unless it says otherwise. Of another company's people its
 * administrators may have set the address: there it counts only when Slack says that it was confirmed.
 */
function isProven(user: z.infer<typeof User>, ourTeamId: string): boolean {
  if (user.deleted) return false;
  const isOurs = user.team_id === ourTeamId && !user.is_stranger;
  return isOurs ? user.is_email_confirmed !== false : user.is_email_confirmed === true;
}
