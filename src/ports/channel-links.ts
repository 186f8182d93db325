/** A channel that support tied to an account: a request there is about that account. */
type ChannelLink = {
  /** Made by the adapter, for example `slack:C1`. */
  channel: string;
  accountId: string;
  /** The links CSV may be posted here, whoever can read it. */
  mayHoldLinks: boolean;
  linkedBy: string;
  linkedAt: Date;
};

export interface ChannelLinks {
  find(channel: string): ChannelLink | null;
  /** Ties the channel, or ties it anew. */
  link(link: ChannelLink): void;
  unlink(channel: string): void;
}
