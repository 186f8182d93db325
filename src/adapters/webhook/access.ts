import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { PlatformAccess } from '../../ports/platform-access.ts';

export type WebhookConfig = { url: string; secret: string };

const TIMEOUT_MS = 10_000;
/** Quick tries of one call; whoever calls goes on trying for hours. */
const TRIES = 3;
const FIRST_PAUSE_MS = 250;

const InForce = z.object({
  access: z.array(
    z.object({
      id: z.string(),
      account: z.string(),
      email: z.string(),
      until: z.iso.datetime({ offset: true }).transform((at) => new Date(at)),
    }),
  ),
});

/**
 * Temporary access by a webhook of the ATS: `POST` with JSON, signed over the bytes of the body.
 *
 * - `Waybill-Timestamp`: seconds since 1970; the receiver refuses what is older than five minutes
 * - `Waybill-Signature`: `v1=` and the HMAC-SHA256 of `TIMESTAMP.BODY` with the secret, in hexadecimal
 * - `Idempotency-Key`: the same for each try of the same thing
 *
 * Anything but 2xx is a failure. 5xx, 429 and a broken line are tried again at once, a few times.
 */
export function createAccessWebhook(
  { url, secret }: WebhookConfig,
  options: { now?: () => Date; pauseMs?: number } = {},
): PlatformAccess {
  const now = options.now ?? (() => new Date());
  const pauseMs = options.pauseMs ?? FIRST_PAUSE_MS;

  async function call(event: string, key: string, details: object): Promise<string> {
    const body = JSON.stringify({ event, ...details });
    for (let tries = 1; ; tries++) {
      const outcome = await attempt(body, key);
      if (outcome.ok) return outcome.text;
      if (!outcome.mayHelp || tries >= TRIES) {
        throw new Error(`The webhook of the ATS did not confirm ${event}: ${outcome.problem}.`);
      }
      await wait(pauseMs * 2 ** (tries - 1));
    }
  }

  async function attempt(body: string, key: string) {
    const timestamp = String(Math.floor(now().getTime() / 1000));
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          'waybill-timestamp': timestamp,
          'waybill-signature': signatureOf(secret, timestamp, body),
        },
        body,
        // Nobody but the one who was named gets to see what is asked for.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (response.ok) return { ok: true as const, text };
      const mayHelp = response.status >= 500 || response.status === 429;
      return { ok: false as const, mayHelp, problem: `it answered ${response.status}` };
    } catch (error) {
      const problem = error instanceof Error ? (causeOf(error) ?? error.message) : String(error);
      return { ok: false as const, mayHelp: true, problem };
    }
  }

  return {
    async grant({ id, accountId, email, until, reason }) {
      const details = { id, account: accountId, email, until: until.toISOString(), reason };
      await call('access.grant', `${id}-grant`, details);
    },
    async revoke({ id, accountId, email }) {
      await call('access.revoke', `${id}-revoke`, { id, account: accountId, email });
    },
    async list() {
      const text = await call('access.list', `list-${now().getTime()}`, {});
      const answer = InForce.safeParse(jsonOf(text));
      if (!answer.success) {
        throw new Error(
          'The webhook of the ATS answered access.list with something else than {"access": [{"id", "account", "email", "until"}]}.',
        );
      }
      return answer.data.access.map(({ account: accountId, ...rest }) => ({ accountId, ...rest }));
    },
    close: async () => undefined,
  };
}

export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function causeOf({ cause }: Error): string | null {
  return cause instanceof Error ? cause.message : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
