import { SendError } from '../../domain/send-error.ts';
import { IntercomError } from './library.ts';

/** Nobody asks to be left alone for longer. */
const MAX_WAIT_SECONDS = 15 * 60;

/** Refusals that a later try cannot change, with what to do. */
const PERMANENT: Record<number, string> = {
  400: 'Intercom does not understand it.',
  401: 'Intercom does not accept INTERCOM_ACCESS_TOKEN; copy it again from the Developer Hub.',
  403: 'the app has no right to do this; give it the permissions of the README, then run `waybill doctor`.',
  404: 'the conversation does not exist any more.',
  410: 'the conversation does not exist any more.',
  413: 'it is larger than Intercom takes.',
  422: 'Intercom does not accept its content.',
};

/**
 * What went wrong with a call, as the outbox wants to know it.
 * @param nowMs for the time at which Intercom's limit is lifted, which comes as seconds of Unix time
 */
export function toSendError(error: unknown, what: string, nowMs = Date.now()): SendError {
  if (error instanceof SendError) return error;
  const status = statusOf(error);
  if (status === 429) {
    const seconds = waitSeconds(error, nowMs);
    return new SendError(`Intercom asks to wait ${seconds} s before it takes ${what}.`, {
      retryAfterSeconds: seconds,
      cause: error,
    });
  }
  const known = status === null ? undefined : PERMANENT[status];
  if (known) {
    return new SendError(`${what} was refused (${status}${codeWords(error)}): ${known}`, {
      permanent: true,
      cause: error,
    });
  }
  if (status) {
    return new SendError(`${what} was refused by Intercom (${status}).`, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new SendError(`${what} did not reach Intercom: ${message}`, { cause: error });
}

/** The status of Intercom's answer; null when there was none. */
export function statusOf(error: unknown): number | null {
  return error instanceof IntercomError ? (error.statusCode ?? null) : null;
}

/** The conversation or contact does not exist, or not any more. */
export function isGone(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 410;
}

function waitSeconds(error: unknown, nowMs: number): number {
  const headers = error instanceof IntercomError ? error.rawResponse?.headers : undefined;
  const resetAt = Number(headers?.get('x-ratelimit-reset') ?? Number.NaN);
  const after = Number(headers?.get('retry-after') ?? Number.NaN);
  const seconds = resetAt > 0 ? resetAt - nowMs / 1000 : after;
  if (!Number.isFinite(seconds)) return 10;
  return Math.min(Math.max(Math.ceil(seconds), 1), MAX_WAIT_SECONDS);
}

/** Intercom's own word for it. */
function codeWords(error: unknown): string {
  const body = error instanceof IntercomError ? error.body : null;
  if (typeof body !== 'object' || body === null || !('errors' in body)) return '';
  const [first] = Array.isArray(body.errors) ? body.errors : [];
  return typeof first?.code === 'string' ? `, ${first.code}` : '';
}
