/** A message that could not be sent, as the adapter of a service understood its answer. */
export class SendError extends Error {
  /** The service asked to be left alone this long. */
  readonly retryAfterSeconds: number | null;
  /** Trying again cannot help: no such mailbox, no such channel, no right to write there. */
  readonly permanent: boolean;

  constructor(
    message: string,
    about: { retryAfterSeconds?: number | null; permanent?: boolean; cause?: unknown } = {},
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.name = 'SendError';
    this.retryAfterSeconds = about.retryAfterSeconds ?? null;
    this.permanent = about.permanent ?? false;
  }
}
