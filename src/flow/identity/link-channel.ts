import type { ChannelLinks } from '../../ports/channel-links.ts';
import type { Deps } from '../deps.ts';

/** What came of tying a channel to an account; a refusal is one sentence for the agent. */
export type Linked = { ok: true; accountName: string } | { ok: false; reason: string };

/**
 * Ties a channel to an account: requests there are about that account.
 * @param agent who did it, as the desk names them
 * @param options.mayHoldLinks the links CSV may be posted in the channel, whoever can read it
 */
export async function linkChannel(
  deps: Pick<Deps, 'ats' | 'clock'> & { channelLinks: ChannelLinks },
  channel: string,
  accountId: string,
  agent: string,
  options: { mayHoldLinks?: boolean } = {},
): Promise<Linked> {
  const account = await deps.ats.account(accountId);
  if (!account) {
    return { ok: false, reason: `There is no account ${accountId}; use its id in the ATS.` };
  }
  deps.channelLinks.link({
    channel,
    accountId: account.id,
    mayHoldLinks: options.mayHoldLinks ?? false,
    linkedBy: agent,
    linkedAt: deps.clock.now(),
  });
  return { ok: true, accountName: account.name };
}
