import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTokens } from '../../../src/adapters/crypto/tokens.ts';
import { registerExportPage } from '../../../src/adapters/web/export-page.ts';
import { registerGateway } from '../../../src/adapters/web/gateway.ts';
import { createServer } from '../../../src/adapters/web/server.ts';
import {
  bytesOf,
  deliverExport,
  EXPORT_ID,
  openWorld,
  type World,
} from '../../support/delivered.ts';
import { exportPagesOf } from '../../support/export-pages.ts';

/** Every link that does not work gets one answer, after the same steps: whoever guesses learns nothing, from the time neither. */

let world: World;
let app: FastifyInstance;
let steps: string[];

beforeEach(async () => {
  world = await openWorld();
  steps = [];
  const counted = {
    ...world,
    tokens: watched('tokens', world.tokens),
    links: watched('links', world.links),
    shares: watched('shares', world.shares),
    exports: watched('exports', world.exports),
    tickets: watched('tickets', world.tickets),
    store: watched('store', world.store),
  };
  app = await createServer(world.log);
  registerGateway(app, counted);
  registerExportPage(app, { ...exportPagesOf(counted), publicUrl: world.publicUrl });
});

afterEach(async () => {
  await app.close();
  await world.close();
});

/** Notes which of its functions are called, in order. */
function watched<T extends object>(name: string, thing: T): T {
  return new Proxy(thing, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        steps.push(`${name}.${String(key)}`);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

type Wrong = { link: string; page: string };

/** Each reason, with what it makes of a link and a page that worked. */
async function wrongs(): Promise<Record<string, Wrong>> {
  const { ticket } = await deliverExport(world, [{ name: 'a-001.zip', bytes: bytesOf(100) }]);
  const [link] = world.links.ofExport(EXPORT_ID);
  const id = link?.id ?? '';
  const good = { link: world.tokens.link(id, 1), page: world.tokens.page(EXPORT_ID) };
  const forged = createTokens(Buffer.from('another secret of thirty-two chars'));
  const gone = world.shares.add(
    { ticketNumber: ticket.number, email: 'b@x.example', name: 'B', sharedBy: 'x' },
    world.time.now,
  );
  world.shares.revoke(gone.id, 'x', world.time.now);
  const other = world.shares.add(
    { ticketNumber: 77, email: 'c@x.example', name: 'C', sharedBy: 'x' },
    world.time.now,
  );
  const flip = (text: string) => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');
  return {
    guessed: { link: forged.link(id, 1), page: forged.page(EXPORT_ID) },
    empty: { link: '', page: '' },
    short: { link: good.link.slice(0, -1), page: good.page.slice(0, -1) },
    longer: { link: `${good.link}A`, page: `${good.page}A` },
    changed: { link: flip(good.link), page: flip(good.page) },
    'in the wrong case': { link: good.link.toUpperCase(), page: good.page.toUpperCase() },
    'of another purpose': { link: good.page, page: good.link },
    'of nothing': { link: world.tokens.link('none', 1), page: world.tokens.page('none') },
    'of another version': { link: world.tokens.link(id, 2), page: world.tokens.page('') },
    'of a share that ended': {
      link: world.tokens.link(id, 1, gone.id),
      page: world.tokens.page(EXPORT_ID, gone.id),
    },
    'of a share of another request': {
      link: world.tokens.link(id, 1, other.id),
      page: world.tokens.page(EXPORT_ID, other.id),
    },
    'of no share': {
      link: world.tokens.link(id, 1, 'nobody'),
      page: world.tokens.page(EXPORT_ID, 'nobody'),
    },
    'with another name behind it': { link: `${good.link}/b-001.zip`, page: `${good.page}/else` },
    expired: good,
  };
}

async function answerTo(url: string): Promise<{ answer: unknown; steps: string[] }> {
  steps = [];
  const { statusCode, headers, payload } = await app.inject({
    url,
    headers: { accept: 'text/html' },
  });
  const { date: _, ...rest } = headers;
  return { answer: [statusCode, rest, payload], steps: [...steps] };
}

test('one answer and the same steps, whatever is wrong with it', async () => {
  const all = await wrongs();
  const { expired, ...others } = all;
  for (const kind of ['link', 'page'] as const) {
    const prefix = kind === 'link' ? '/d/' : '/e/';
    const first = await answerTo(`${prefix}nonsense`);
    expect(first.answer).toEqual([
      404,
      expect.anything(),
      expect.stringContaining('does not work'),
    ]);
    expect(first.steps.length).toBeGreaterThan(3);
    for (const [why, wrong] of Object.entries(others)) {
      // A page that works has been shown before it is known that nothing of that name lies below it.
      if (kind === 'page' && why === 'with another name behind it') continue;
      expect([why, await answerTo(prefix + wrong[kind])]).toEqual([why, first]);
    }
    world.time.now = new Date('2026-03-09T10:00:00Z');
    expect(['expired', await answerTo(prefix + (expired?.[kind] ?? ''))]).toEqual([
      'expired',
      first,
    ]);
    world.time.now = new Date('2026-03-02T10:00:00Z');
  }
});

test('so has everything below a page', async () => {
  const { short, expired } = await wrongs();
  const plain = await answerTo('/e/nonsense');
  for (const what of ['links.csv', 'state.json', 'download.sh', 'aria2.txt', 'wget.txt', 'x']) {
    expect([what, await answerTo(`/e/${short?.page}/${what}`)]).toEqual([what, plain]);
  }
  const good = await answerTo(`/e/${expired?.page}/state.json`);
  expect(good.answer).toEqual([200, expect.anything(), expect.anything()]);
});
