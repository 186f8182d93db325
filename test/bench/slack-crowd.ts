import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { freePort, LOCAL } from '../support/slack-local.ts';

const PROGRAM = fileURLToPath(
  new URL('../../node_modules/local-slack-linux-x64/bin/local-slack', import.meta.url),
);

export const emailOf = (n: number) => `admin@customer-${n}.example`;
export const userOf = (n: number) => `U1CUSTOMER${n}`;
/** The direct messages of a customer with the bot. */
export const directOf = (n: number) => `D1CUSTOMER${n}`;

const Button = z.looseObject({ action_id: z.string(), value: z.string() });
const Messages = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      blocks: z.array(z.looseObject({ elements: z.array(z.unknown()).optional() })).default([]),
    }),
  ),
});

/** A button as it stands in a message. */
export type Pressable = { channel: string; ts: string; action: z.infer<typeof Button> };

/** A call of Slack's API, or a request to the bot: what, when it came, how long it took. */
export type Timed = { what: string; at: number; ms: number };

/** A local Slack with so many customers; each request in both directions goes through a stopwatch. */
export async function startCrowd(dataDir: string, customers: number) {
  const bot = { url: '' };
  const events = await startStopwatch(() => bot.url);
  const port = await freePort();
  const config = join(dataDir, 'local-slack.json');
  writeFileSync(config, JSON.stringify(workspace(customers, `${events.url}/slack/events`)));
  const child = spawn(
    PROGRAM,
    ['--config', config, '--port', String(port), '--base-host', '127.0.0.1'],
    { stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  await answers(child, `${url}/_control/state`);
  const api = await startStopwatch(() => url);

  const control = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${url}/_control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`local-slack: ${path} gave ${response.status}`);
    await response.arrayBuffer();
  };

  return {
    apiUrl: `${api.url}/api/`,
    calls: api.took,
    acks: events.took,
    /** Where events go. */
    toBot: (address: string) => {
      bot.url = address;
    },
    say: (n: number, text: string) =>
      control('message', { channel: directOf(n), user: userOf(n), text }),
    press: (user: string, { channel, ts, action }: Pressable) =>
      control('interact', { channel, messageTs: ts, user, action }),
    /** The buttons with such an action id that stand in a channel now. */
    async buttons(channel: string, actionId: RegExp): Promise<Pressable[]> {
      const answer = await (await fetch(`${url}/_control/messages/${channel}`)).json();
      return Messages.parse(answer).messages.flatMap(({ ts, blocks }) =>
        blocks
          .flatMap(({ elements = [] }) => elements.map((one) => Button.safeParse(one).data))
          .filter((action) => action !== undefined)
          .filter((action) => actionId.test(action.action_id))
          .map((action) => ({ channel, ts, action })),
      );
    },
    async close(): Promise<void> {
      child.kill('SIGKILL');
      await events.close();
      await api.close();
    },
  };
}

/** Hands requests on and notes how long each took. */
async function startStopwatch(target: () => string) {
  const took: Timed[] = [];
  const server = createServer((request, response) => {
    const at = performance.now();
    response.on('finish', () => {
      const what = (request.url ?? '').replace(/^\/(api\/)?/, '');
      took.push({ what, at, ms: performance.now() - at });
    });
    handOn(target(), request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('No port was given.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    took,
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function handOn(target: string, request: IncomingMessage, response: ServerResponse) {
  const body = Buffer.concat(await Array.fromAsync(request));
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && /^(x-slack|content-type|authorization)/.test(name)
      ? [[name, value]]
      : [],
  );
  const answer = await fetch(new URL(request.url ?? '', target), {
    method: request.method ?? 'POST',
    headers,
    body,
  });
  const type = answer.headers.get('content-type') ?? 'text/plain';
  response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
}

function workspace(customers: number, requestUrl: string) {
  const all = Array.from({ length: customers }, (_, n) => n);
  return {
    workspace: { name: 'Vendor', domain: 'vendor', teamId: 'T0VENDOR' },
    apps: [
      {
        appId: 'A0WAYBILL',
        botUserId: LOCAL.bot,
        botName: 'waybill',
        botToken: LOCAL.botToken,
        appToken: LOCAL.appToken,
        signingSecret: LOCAL.signingSecret,
        mode: 'events',
        requestUrl,
      },
    ],
    users: [
      { id: LOCAL.agent, name: 'agent', real_name: 'Anna Agent', email: 'anna@vendor.example' },
      ...all.map((n) => ({
        id: userOf(n),
        name: `customer${n}`,
        real_name: `Customer ${n}`,
        email: emailOf(n),
      })),
    ],
    channels: [
      { id: LOCAL.desk, name: 'desk', members: [LOCAL.agent, LOCAL.bot] },
      ...all.map((n) => ({
        id: directOf(n),
        name: `dm${n}`,
        is_im: true,
        members: [userOf(n), LOCAL.bot],
      })),
    ],
  };
}

async function answers(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error('local-slack ended at once.');
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('local-slack does not answer.');
}
