import type { App, Receiver } from '@slack/bolt';
import { z } from 'zod';
import { isSigned } from './signature.ts';

/** Slack calls again, or tells the person that something failed, after this long. */
const ANSWER_WITHIN_MS = 2_900;

/** A request as it came: headers, and the body's bytes unread. */
type SlackRequest = {
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
};

type SlackAnswer = { status: number; contentType: string; body: string };

/** Takes what Slack posts; Bolt's listeners give the answers. */
export interface HttpReceiver extends Receiver {
  handle(request: SlackRequest): Promise<SlackAnswer>;
}

const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string() });
const Body = z.record(z.string(), z.unknown());

/** Slack's signed HTTP, without a server of its own: the web server hands it each POST /slack/events. */
export function createHttpReceiver(
  signingSecret: string,
  { now }: { now: () => Date },
): HttpReceiver {
  let app: App | null = null;
  return {
    init: (bolt) => {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => undefined,

    async handle({ headers, body }) {
      if (!isSigned(signingSecret, headers, body, now())) {
        return plain(401, 'This request is not signed by Slack, or its signature is too old.');
      }
      const parsed = parse(String(headers['content-type'] ?? ''), body.toString('utf8'));
      if (!parsed) return plain(400, 'This request cannot be understood.');
      const challenge = Challenge.safeParse(parsed);
      if (challenge.success) return plain(200, challenge.data.challenge);
      return app ? answerOf(app, parsed, headers) : plain(503, 'Not ready yet.');
    },
  };
}

/** Bolt's answer; listeners may go on working after it. */
function answerOf(
  app: App,
  body: Record<string, unknown>,
  headers: SlackRequest['headers'],
): Promise<SlackAnswer> {
  return new Promise((resolve) => {
    const late = setTimeout(
      () => resolve(plain(503, 'There was no answer in time.')),
      ANSWER_WITHIN_MS,
    );
    const done = (answer: SlackAnswer) => {
      clearTimeout(late);
      resolve(answer);
    };
    app
      .processEvent({
        body,
        retryNum: Number(headers['x-slack-retry-num'] ?? 0),
        retryReason: String(headers['x-slack-retry-reason'] ?? ''),
        ack: async (response) => done(acknowledged(response)),
      })
      .catch(() => done(plain(500, 'Something went wrong on our side.')));
  });
}

function acknowledged(response: unknown): SlackAnswer {
  if (response === undefined || response === '') return plain(200, '');
  if (typeof response === 'string') return plain(200, response);
  return {
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(response),
  };
}

function plain(status: number, body: string): SlackAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body };
}

/** Events are JSON; clicks and modals are a form with JSON in `payload`; commands are a form. */
function parse(contentType: string, text: string): Record<string, unknown> | null {
  if (!contentType.startsWith('application/x-www-form-urlencoded')) return readJson(text);
  const form = Object.fromEntries(new URLSearchParams(text));
  return form.payload === undefined ? form : readJson(form.payload);
}

function readJson(text: string): Record<string, unknown> | null {
  try {
    return Body.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
