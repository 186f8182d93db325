import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const Entry = z.object({
  id: z.number(),
  author: z.enum(['customer', 'bot', 'human']),
  text: z.string(),
  attachment: z.object({ kind: z.string(), href: z.string() }).nullable(),
});
type Entry = z.infer<typeof Entry>;
const History = z.object({ messages: z.array(Entry) });
const Problem = z.object({ error: z.string() });

const ANSWER_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** A signed-in browser: keeps the cookie that the server gave it, and talks HTTP like one. */
class Browser {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  async get(path: string): Promise<Response> {
    return checked(await fetch(new URL(path, this.#url), { headers: { cookie: this.#cookie } }));
  }

  async post(path: string, body: object): Promise<Response> {
    const response = await fetch(new URL(path, this.#url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      body: JSON.stringify(body),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.#cookie = cookie.split(';')[0] ?? '';
    return checked(response);
  }
}

/** What a customer does in the web chat. */
export type Customer = {
  /** Says something and waits for the answer. */
  ask(text: string): Promise<string>;
  /** The next message that the bot sends by itself. */
  hear(what: string): Promise<Entry>;
  fetch(path: string): Promise<Response>;
};

export async function openChat(url: string, email: string): Promise<Customer> {
  const browser = new Browser(url);
  await browser.post('/chat/session', { email });
  let seen = 0;

  async function hear(what: string): Promise<Entry> {
    return until(what, async () => {
      const { messages } = History.parse(
        await (await browser.get(`/chat/messages?after=${seen}`)).json(),
      );
      const next = messages.find(({ author }) => author === 'bot');
      if (next) seen = next.id;
      return next ?? null;
    });
  }

  return {
    hear,
    fetch: (path) => browser.get(path),
    async ask(text) {
      await browser.post('/chat/messages', { text, clientKey: crypto.randomUUID() });
      return (await hear(`the answer to "${text}"`)).text;
    },
  };
}

/** What an agent does on the web desk. */
export type Agent = {
  approve(number: number, version: number): Promise<void>;
  jump(hours: number): Promise<void>;
};

export async function openDesk(url: string, token: string, name: string): Promise<Agent> {
  const browser = new Browser(url);
  await browser.post('/desk/api/session', { token, name });
  return {
    async approve(number, version) {
      await browser.post(`/desk/api/tickets/${number}/approve`, { version });
    },
    async jump(hours) {
      await browser.post('/desk/api/clock', { hours });
    },
  };
}

/** Looks again and again until there is something. */
export async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + ANSWER_WITHIN_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found !== null) return found;
    await wait(LOOK_EVERY_MS);
  }
  throw new Error(`Waited ${ANSWER_WITHIN_MS / 1000} seconds for ${what}, in vain.`);
}

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  const text = await response.text();
  const problem = Problem.safeParse(jsonOf(text));
  throw new Error(problem.success ? problem.data.error : `The server answered ${response.status}.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
