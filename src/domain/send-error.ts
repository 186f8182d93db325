/** A message that could not be sent, as the adapter of a service understood its answer. */
export class SendError extends Error {
  /** The service asked to be left alone this long. */
  readonly retryAfterSeconds: number | null;
  /** Trying again cannot help: no such mailbox, no such channel, no right to write there. */
  readonly permanent: boolean;
  /** Nothing was sent yet: the turn of this message has not come. That is no failure. */
  readonly untried: boolean;

  constructor(
    message: string,
    about: {
      retryAfterSeconds?: number | null;
      permanent?: boolean;
      untried?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.name = 'SendError';
    this.retryAfterSeconds = about.retryAfterSeconds ?? null;
    this.permanent = about.permanent ?? false;
    this.untried = about.untried ?? false;
  }
}
