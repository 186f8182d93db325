import { eq } from 'drizzle-orm';
import type { ChannelLinks } from '../src/ports/channel-links.ts';
import type { Db } from './open.ts';
import { channelLinks } from './schema-people.ts';

/** Channels that support tied to accounts. */
export function createChannelLinks(db: Db): ChannelLinks {
  return {
    find: (channel) =>
      db.select().from(channelLinks).where(eq(channelLinks.channel, channel)).get() ?? null,

    link: (link) => {
      db.insert(channelLinks)
        .values(link)
        .onConflictDoUpdate({ target: channelLinks.channel, set: link })
        .run();
    },

    unlink: (channel) => {
      db.delete(channelLinks).where(eq(channelLinks.channel, channel)).run();
    },
  };
}
