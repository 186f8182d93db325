import type { IntercomClient as Client } from 'intercom-client';
import { IntercomClient } from './library.ts';

/** Ends well before the dispatcher's own patience does, however many calls a message takes. */
const CALL_TIMEOUT_SECONDS = 10;
const API_VERSION = '2.14';

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
