import { SendError } from '../../../domain/send-error.ts';
import { slackCode, toSendError } from '../failure.ts';

/**
 * Calls Slack for the desk.
 * @throws SendError when Slack refuses, with its Retry-After, and whether trying again can help
 */
export async function unlessRefused<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toSendError(error, 'A message for the desk');
  }
}

/** Slack's own word for a refusal, for example `message_not_found`; null for anything else, as a network that fails. */
export function refusalOf(error: unknown): string | null {
  return slackCode(error instanceof SendError ? error.cause : error);
}
