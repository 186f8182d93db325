import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { change, deliverFiles } from '../../support/delivered.ts';
import { bytesFrom, part, useGateway } from '../../support/gateway.ts';

const gateway = useGateway();

describe('a link that does not work', () => {
  type Refused = [string, () => Promise<string>];
  const refused: Refused[] = [
    ['guessed', async () => `${gateway.base}/d/AbCdEfGhIjKl.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`],
    ['empty', async () => `${gateway.base}/d/`],
    ['endless', async () => `${gateway.base}/d/${'A'.repeat(4000)}`],
    ['truncated', async () => (await gateway.deliverOne()).url.slice(0, -1)],
    ['padded', async () => `${(await gateway.deliverOne()).url}=`],
    ['followed by a folder', async () => `${(await gateway.deliverOne()).url}/x`],
    [
      'in the wrong case',
      async () => {
        const { link } = await gateway.deliverOne();
        return `${gateway.base}/d/${gateway.world.tokens.link(link.id, link.version).toUpperCase()}`;
      },
    ],
    [
      'of another version',
      async () => {
        const { link } = await gateway.deliverOne();
        return gateway.urlOf({ id: link.id, version: link.version + 1 });
      },
    ],
    [
      'of another purpose',
      async () => {
        await gateway.deliverOne();
        return `${gateway.base}/d/${gateway.world.tokens.page('acme-1-run')}`;
      },
    ],
    ['of a link that never was', async () => gateway.urlOf({ id: 'AbCdEfGhIjKl', version: 1 })],
    [
      'revoked',
      async () => {
        const { url, ticket } = await gateway.deliverOne();
        gateway.world.links.revoke(ticket.number, gateway.world.time.now);
        return url;
      },
    ],
    [
      'expired at this very instant',
      async () => {
        const { url, ticket } = await gateway.deliverOne();
        gateway.world.time.now = ticket.expiresAt ?? gateway.world.time.now;
        return url;
      },
    ],
    ['of a ticket that was cancelled', async () => afterAction('cancel')],
    ['expired by the clock', async () => afterAction('expire')],
    [
      'purged',
      async () => {
        const url = await afterAction('expire', 'purge');
        await gateway.world.store.remove('acme-1-run/');
        return url;
      },
    ],
    [
      'of the export before a rebuild',
      async () => {
        const { url, ticket } = await gateway.deliverOne();
        await rebuild(ticket.number);
        return url;
      },
    ],
  ];

  async function afterAction(...actions: ('cancel' | 'expire' | 'purge')[]): Promise<string> {
    const { url, ticket } = await gateway.deliverOne();
    for (const action of actions) change(gateway.world, ticket.number, action);
    return url;
  }

  async function rebuild(number: number): Promise<void> {
    change(gateway.world, number, 'rebuild');
    const ticket = change(gateway.world, number, 'build', { exportId: 'acme-1-again' });
    await deliverFiles(gateway.world, ticket, 'acme-1-again', [
      { name: 'acme-cvs-001.zip', bytes: part },
    ]);
  }

  /** Everything of an answer that a reader could tell it from another by. */
  async function answerTo(url: string, headers: Record<string, string>, method = 'GET') {
    const asked = httpRequest(url, { method, headers });
    asked.end();
    const [response] = await once(asked, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const { date, ...rest } = response.headers;
    return { status: response.statusCode, headers: rest, body: Buffer.concat(chunks).toString() };
  }

  const accepts = { browser: 'text/html,*/*;q=0.8', curl: '*/*', odd: 'application/x-odd' };

  test.each(refused)('because it is %s gets the one answer', async (_reason, make) => {
    const url = await make();
    const plainest = `${gateway.base}/d/x`;
    for (const accept of Object.values(accepts)) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await answerTo(url, { accept, range: 'bytes=0-5' }, method);
        expect(answer).toEqual(await answerTo(plainest, { accept }, method));
        expect(answer.status).toBe(404);
      }
    }
  });

  test('gets a page in a browser, and plain text elsewhere, that name the next step', async () => {
    const page = await answerTo(`${gateway.base}/d/x`, { accept: accepts.browser });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<h1>This link does not work</h1>');
    for (const accept of [accepts.curl, accepts.odd]) {
      const text = await answerTo(`${gateway.base}/d/x`, { accept });
      expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(text.body).toContain(
        'ask in the support chat for more time or for a new list of links',
      );
    }
  });

  test('and that cannot even be read is not repeated', async () => {
    for (const path of ['/d/%zz', '/e/%', '/d/%C3%28%ff']) {
      const answer = await answerTo(gateway.base + path, {});
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain('%');
    }
  });

  test('takes the same look-ups whatever the reason', async () => {
    const counted: string[] = [];
    const counting =
      <A, R>(name: string, look: (about: A) => R) =>
      (about: A): R => {
        counted.push(name);
        return look(about);
      };
    const { links, tickets, tokens } = gateway.world;
    await gateway.serveAgain({
      links: { ...links, find: counting('link', links.find) },
      tickets: { find: counting('ticket', tickets.find) },
      tokens: { readLink: counting('token', tokens.readLink) },
    });
    const { ticket, link, url } = await gateway.deliverOne();
    gateway.world.links.revoke(ticket.number, gateway.world.time.now);
    const urls = [
      url,
      url.slice(0, -3),
      `${gateway.base}/d/x`,
      gateway.urlOf({ id: link.id, version: 9 }),
    ];
    for (const one of urls) {
      await answerTo(one, {});
      expect(counted.splice(0)).toEqual(['token', 'link', 'ticket']);
    }
  });

  test('works again with the same address when the window is extended', async () => {
    const { url, ticket } = await gateway.deliverOne();
    const late = new Date((ticket.expiresAt?.getTime() ?? 0) + 3_600_000);
    gateway.world.time.now = late;
    change(gateway.world, ticket.number, 'expire');
    expect((await fetch(url)).status).toBe(404);
    change(gateway.world, ticket.number, 'extend', { expiresAt: new Date(late.getTime() + 1) });
    expect((await bytesFrom(await fetch(url))).equals(part)).toBe(true);
    gateway.world.time.now = new Date(late.getTime() + 1);
    expect((await fetch(url)).status).toBe(404);
  });
});
