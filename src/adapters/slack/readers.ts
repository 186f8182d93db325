import type { webApi } from '@slack/bolt';
import type { People } from './people.ts';

/** A channel with more members is never taken for one of admins only. */
const MAX_LOOKED_AT = 20;

/**
 * Whether everybody who can read a channel has one of these addresses. A public channel can be read by the whole
 * workspace; a person without a proven address counts as a stranger.
 */
export async function isReadOnlyBy(
  { client, people }: { client: webApi.WebClient; people: People },
  channel: string,
  emails: readonly string[],
): Promise<boolean> {
  const { channel: info } = await client.conversations.info({ channel });
  if (!info?.is_private) return false;
  const { members = [], response_metadata: more } = await client.conversations.members({
    channel,
    limit: MAX_LOOKED_AT,
  });
  if (more?.next_cursor || members.length === 0) return false;
  for (const member of members) {
    const person = await people.find(member);
    if (person.isBot) continue;
    if (!person.email || !emails.includes(person.email.toLowerCase())) return false;
  }
  return true;
}
