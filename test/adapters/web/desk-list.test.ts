import { addHours } from 'date-fns/addHours';
import { subHours } from 'date-fns/subHours';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newConversation } from '../../../src/domain/conversation.ts';
import type { DeskGroupView, DeskList } from '../../../src/domain/desk-view.ts';
import { takeOver } from '../../../src/flow/reply.ts';
import { agentAt, type DeskServer, START, startDeskServer } from '../../support/desk-server.ts';
import { addLinks, beginBuild, fillDesk } from '../../support/desk-tickets.ts';

let server: DeskServer;
let ann: Awaited<ReturnType<typeof agentAt>>;

beforeEach(async () => {
  server = await startDeskServer();
  ann = await agentAt(server);
});

afterEach(async () => {
  await server.close();
});

async function list(query = ''): Promise<DeskList> {
  const { status, body } = await ann.get(`/tickets${query}`);
  expect(status).toBe(200);
  return body;
}

const numbers = (groups: DeskGroupView[]) =>
  Object.fromEntries(
    groups.map(({ group, rows }) => [
      group,
      rows.map(({ place }) => ('ticket' in place ? place.ticket : place.talk)),
    ]),
  );

describe('the list', () => {
  test('is empty before anybody asks', async () => {
    expect(await list()).toEqual({
      now: START.toISOString(),
      total: 0,
      groups: [],
      unsent: [],
      access: [],
    });
  });

  test('puts first what needs a decision, and what has waited longest before the rest', async () => {
    const at = (hours: number) => ({ statusChangedAt: subHours(START, hours) });
    const rejected = server.open({ status: 'rejected' });
    const late = server.open({ status: 'delivered', expiresAt: addHours(START, 50) });
    const soon = server.open({ status: 'delivered', expiresAt: addHours(START, 5) });
    const building = server.open({ status: 'building', exportId: 'x' });
    const onHold = server.open({ status: 'on_hold' });
    const asking = server.open({ status: 'collecting' });
    const failed = server.open({ status: 'failed', ...at(90) });
    const extension = server.open({ status: 'delivered', extensionAskedHours: 72 });
    const young = server.open(at(1));
    const old = server.open(at(30));
    const human = server.open({ status: 'collecting', thread: 'web:human' });
    server.tickets.commit(
      {
        about: human.number,
        conversation: { ...newConversation('web:human', 'a@b.example'), humanSince: START },
      },
      START,
    );
    const answered = server.open({ status: 'on_hold', thread: 'web:answered' });
    const answer = { at: START, actor: 'customer:a@b.example', event: 'answer', detail: {} };
    server.tickets.commit({ about: answered.number, history: [answer] }, START);

    const view = await list();
    expect(view.groups.map(({ group }) => group)).toEqual([
      'decide',
      'on_hold',
      'building',
      'delivered',
      'asking',
      'over',
    ]);
    expect(numbers(view.groups)).toEqual({
      decide: [old, young, extension, failed, human, answered].map(({ number }) => number),
      on_hold: [onHold.number],
      building: [building.number],
      delivered: [soon.number, late.number],
      asking: [asking.number],
      over: [rejected.number],
    });
    const [decide] = view.groups;
    expect(decide).toMatchObject({ title: 'Needs you', count: 6, late: 2 });
    expect(decide?.rows.map(({ need, late: isLate }) => [need, isLate])).toEqual([
      ['waits for approval', true],
      ['waits for approval', false],
      ['asks for an extension', false],
      ['failed', true],
      ['wants to talk to a person', false],
      ['answered your question', false],
    ]);
  });

  test('no longer asks for somebody once the desk has reacted to the answer', async () => {
    const { number, thread } = server.open({ status: 'on_hold' });
    const line = (actor: string, event: string) => ({ at: START, actor, event, detail: {} });
    server.tickets.commit(
      { about: number, history: [line('customer:a@b.example', 'answer')] },
      START,
    );
    expect(numbers((await list()).groups)).toEqual({ decide: [number] });
    server.tickets.commit({ about: number, history: [line('desk:Ann', 'ask')] }, START);
    expect(numbers((await list()).groups)).toEqual({ on_hold: [number] });
    expect(thread).toBe('web:alice');
  });

  test('asks for somebody again when the customer writes after the reply of a person', async () => {
    const { number, thread } = server.open({ status: 'on_hold', thread: 'web:alice' });
    const conversation = { ...newConversation(thread, 'a@b.example'), humanSince: START };
    server.tickets.commit({ about: number, conversation }, START);
    expect(numbers((await list()).groups)).toEqual({ decide: [number] });
    takeOver(server, thread, 'Ann', 'Hello.');
    expect(numbers((await list()).groups)).toEqual({ on_hold: [number] });
    server.clock.jump(1);
    const at = server.clock.now();
    const line = { at, actor: 'customer:a@b.example', event: 'message', detail: {} };
    server.tickets.commit({ about: number, history: [line] }, at);
    const [decide] = (await list()).groups;
    expect(decide?.rows[0]).toMatchObject({
      need: 'wants to talk to a person',
      since: at.toISOString(),
    });
  });

  test('shows a wish for a person when the ticket is over, and when there is no ticket', async () => {
    const { number, thread } = server.open({ status: 'rejected', thread: 'web:alice' });
    const wish = (of: string) => ({
      ...newConversation(of, 'bob@acme.example'),
      humanSince: START,
    });
    server.tickets.commit({ conversation: wish(thread) }, START);
    server.tickets.commit({ conversation: wish('web:bob') }, START);
    // This one waits in an inbox of its own.
    server.tickets.commit({ conversation: { ...wish('intercom:7'), email: '' } }, START);
    const view = await list();
    expect(numbers(view.groups)).toEqual({ decide: [number, 'web:bob'], asking: ['intercom:7'] });
    expect(view.groups[1]?.rows[0]).toMatchObject({ account: 'Somebody unknown', need: null });
    expect(view.groups[0]?.rows[1]).toMatchObject({
      account: 'bob@acme.example',
      requester: 'no ticket',
      need: 'wants to talk to a person',
    });
    expect(numbers((await list('?q=bob')).groups)).toEqual({ decide: ['web:bob'] });
  });

  test('shows progress while it is built, and what was downloaded while the links work', async () => {
    beginBuild(server, server.open({ status: 'building', exportId: 'run' }));
    const delivered = server.open({
      status: 'delivered',
      exportId: 'done',
      expiresAt: addHours(START, 20),
    });
    addLinks(server, delivered, 2);
    const [building, links] = (await list()).groups;
    expect(building?.rows[0]?.progress?.parts).toEqual({ done: 12, total: 57 });
    expect(links?.rows[0]).toMatchObject({
      expiresAt: addHours(START, 20).toISOString(),
      downloaded: { files: { done: 1, total: 3 }, bytes: { done: 2_850_000_000 } },
    });
  });

  test('finds by number, account, requester and address, whatever case and accents', async () => {
    server.open({ accountName: 'Bäcker & Söhne' });
    server.open({
      accountName: 'شركة الهلال',
      requester: { email: 'noor@hilal.example', name: 'نور', role: 'admin' },
    });
    server.open({ accountName: 'Zoë’s' });
    const found = async (text: string) =>
      (await list(`?q=${encodeURIComponent(text)}`)).groups.flatMap(({ rows }) =>
        rows.map(({ place }) => ('ticket' in place ? place.ticket : place.talk)),
      );
    expect(await found('BACKER sohne')).toEqual([1]);
    expect(await found('الهلال')).toEqual([2]);
    expect(await found('noor@')).toEqual([2]);
    expect(await found('3')).toEqual([3]);
    expect(await found('#3')).toEqual([3]);
    expect(await found('zoe')).toEqual([3]);
    expect(await found('zoe backer')).toEqual([]);
    expect(await found('%')).toEqual([]);
  });

  test('gives the first rows of a large group, and more when asked', async () => {
    fillDesk(server, 200);
    const [decide] = (await list()).groups;
    const over = (view: DeskList) => view.groups.find(({ group }) => group === 'over');
    expect(decide?.count).toBeGreaterThan(30);
    expect(over(await list())).toMatchObject({ count: 65, rows: { length: 50 } });
    expect(over(await list('?over=60'))?.rows.length).toBe(60);
    expect(over(await list('?over=5'))?.rows.length).toBe(5);
    expect((await ann.get('/tickets?over=many')).status).toBe(400);
  });
});

describe('messages that were set aside', () => {
  test('are shown and can be sent again, once', async () => {
    const { number } = server.open();
    const notice = { level: 'alarm', text: 'The disk is full.' } as const;
    server.tickets.commit({ about: number, outbox: [{ to: 'desk', notice }] }, START);
    const [row] = server.outbox.claim(START, START, 1);
    server.outbox.setAside(row?.id ?? 0, 'Slack said channel_not_found.');
    expect((await list()).unsent).toEqual([
      {
        id: row?.id,
        ticketNumber: number,
        what: 'Notice to the desk: The disk is full.',
        error: 'Slack said channel_not_found.',
        createdAt: START.toISOString(),
      },
    ]);
    const again = `/unsent/${row?.id}/again`;
    expect(await ann.post(again)).toMatchObject({ status: 200 });
    expect((await list()).unsent).toEqual([]);
    expect(server.outbox.claim(START, START, 1)[0]?.id).toBe(row?.id);
    expect(await ann.post(again)).toMatchObject({
      status: 409,
      body: { error: 'Somebody has sent this message again already.' },
    });
  });
});

describe('the clock of the sample mode', () => {
  test('jumps forward and only forward', async () => {
    expect(await ann.post('/clock', { hours: 24 })).toMatchObject({
      status: 200,
      body: { message: 'It is Tuesday, 3 March 2026, 10:00 UTC now.' },
    });
    expect((await list()).now).toBe('2026-03-03T10:00:00.000Z');
    expect(await ann.post('/clock', { hours: -1 })).toMatchObject({
      status: 400,
      body: { error: 'The clock only goes forward.' },
    });
  });

  test('cannot be moved with a real ATS', async () => {
    const real = await startDeskServer({ mayJump: false });
    const ben = await agentAt(real);
    expect((await ben.post('/clock', { hours: 24 })).status).toBe(403);
    expect(real.clock.now()).toEqual(START);
    await real.close();
  });
});
