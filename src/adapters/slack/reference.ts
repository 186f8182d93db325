import { SendError } from '../../domain/send-error.ts';

export const SCHEME = 'slack';
const REFERENCE = /^slack:(?<channel>[CDG][A-Z0-9]+):(?<ts>\d+\.\d+)$/;

/** A thread of Slack: channel, and the time stamp of the message that it hangs on. */
export type Place = { channel: string; ts: string };

export function threadOf({ channel, ts }: Place): string {
  return `${SCHEME}:${channel}:${ts}`;
}

/** @throws SendError when this is no thread of Slack */
export function placeOf(thread: string): Place {
  const { channel, ts } = REFERENCE.exec(thread)?.groups ?? {};
  if (!channel || !ts) {
    throw new SendError(`"${thread}" is no thread of Slack; the message cannot be delivered.`, {
      permanent: true,
    });
  }
  return { channel, ts };
}

/** What all threads of a channel begin with; the name of the channel itself, too. */
export function channelOf(channel: string): string {
  return `${SCHEME}:${channel}`;
}

/** Slack's users have their ids within a workspace or an organisation; the id alone is unique. */
export function whoOf(userId: string): string {
  return `${SCHEME}:${userId}`;
}

/** The user id in what `whoOf` made. */
export function userOf(who: string): string {
  return who.slice(SCHEME.length + 1);
}

/** Ids of direct messages begin with D. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}
