import type { IntercomClient as Client } from 'intercom-client';
import { IntercomClient } from './library.ts';

/** A message takes six calls at the most, and the dispatcher's patience is 45 s: no try may go on beside the next one. */
const CALL_TIMEOUT_SECONDS = 6;
/** The version of Intercom's API that the bot speaks. */
export const API_VERSION = '2.14';

/**
 * Where teammates of a workspace read conversations; it lies in the same region as the API.
 * @param apiUrl null for the USA, or `https://api.eu.intercom.io` and the like
 */
export function inboxUrlOf({ appId, apiUrl }: { appId: string; apiUrl: string | null }): string {
  const region = /^https:\/\/api\.(?<region>eu|au)\.intercom\.io$/.exec(apiUrl ?? '')?.groups
    ?.region;
  return `https://app.${region ? `${region}.` : ''}intercom.com/a/apps/${appId}`;
}

/** Calls Intercom without retries of its own: it would post an answer twice after a time-out. The outbox retries. */
export function createIntercomClient(
  { accessToken, apiUrl }: { accessToken: string; apiUrl: string | null },
  { timeoutSeconds = CALL_TIMEOUT_SECONDS } = {},
): Client {
  return new IntercomClient({
    token: accessToken,
    version: API_VERSION,
    maxRetries: 0,
    timeoutInSeconds: timeoutSeconds,
    ...(apiUrl && { baseUrl: apiUrl }),
  });
}
