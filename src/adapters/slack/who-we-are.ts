import type { webApi } from '@slack/bolt';

/** The bot of the token. */
type Bot = { botId: string; botUserId: string; teamId: string };
export type WhoWeAre = () => Promise<Bot>;

/** Asks Slack once; after a failure it asks again the next time. */
export function createWhoWeAre(client: webApi.WebClient): WhoWeAre {
  let known: Promise<Bot> | null = null;
  return () => {
    known ??= ask(client).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}

async function ask(client: webApi.WebClient): Promise<Bot> {
  const { bot_id, user_id, team_id } = await client.auth.test();
  if (!user_id || !team_id) throw new Error('Slack did not say who the token belongs to.');
  return { botId: bot_id ?? '', botUserId: user_id, teamId: team_id };
}
