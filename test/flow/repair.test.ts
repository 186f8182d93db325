import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { partBlob, receiptBlob } from '../../src/domain/plan.ts';
import { receive } from '../../src/flow/receive.ts';
import { repairDue } from '../../src/flow/repair.ts';
import { type LifeWorld, lifeWorld } from '../support/life.ts';

const NAME = 'part-1.zip';
const NUMBERS: Record<string, number> = { 'part-0.zip': 1, 'part-1.zip': 2 };
const parts = Object.entries(NUMBERS).map(([name, number]) => ({ name, number }));
let world: LifeWorld;
beforeEach(async () => {
  world = await lifeWorld();
});
afterEach(() => world.end());

/** A delivered export whose links say the SHA-256 of what is in the store. */
async function delivered() {
  const { ticket, exportId } = await world.delivered({}, []);
  const bytes = [Buffer.alloc(1_000, 1), Buffer.alloc(2_000, 2)];
  for (const [n, content] of bytes.entries()) await put(exportId, `part-${n}.zip`, content);
  const links = world.links.ensure(
    ticket.number,
    exportId,
    bytes.map((content, n) => ({
      name: `part-${n}.zip`,
      kind: 'part',
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
  );
  return { ticket, exportId, links };
}

async function put(exportId: string, name: string, content: Buffer) {
  await world.store.put(partBlob(exportId, name), { contentType: 'application/zip' }, content);
  await world.store.put(
    receiptBlob(exportId, name),
    { contentType: 'application/json' },
    Buffer.from(JSON.stringify({ name, number: NUMBERS[name], sizeBytes: content.length })),
  );
}

let messages = 0;
async function says(text: string, email = 'alice@acme.example') {
  const thread = world.thread.sent[0]?.thread ?? world.tickets.list({})[0]?.thread ?? '';
  await receive(world, {
    id: `m${++messages}`,
    thread,
    email,
    name: 'Alice',
    text,
    files: [],
  });
  return (await world.told()).at(-1) ?? '';
}

describe('a ZIP that does not open', () => {
  test('was cut off: the log says where, and how to go on', async () => {
    const { links } = await delivered();
    const [first, second] = links;
    if (!first || !second) throw new Error('no links');
    world.download(first);
    world.download(second, 0, 1_260);
    const answer = await says('The zip will not open');
    expect(answer).toContain('• part-1.zip stopped at 63%');
    expect(answer).toContain('there it goes on where it stopped');
    expect(await repairDue(world)).toBe(0);
  });

  test('is checked byte for byte when it is named, and found as it was built', async () => {
    const { ticket, links } = await delivered();
    for (const link of links) world.download(link);
    expect(await says('part 2 is corrupt, it does not open')).toContain(
      'I am now checking part-1.zip byte for byte',
    );
    expect(await repairDue(world)).toBe(1);
    const answer = (await world.told()).at(-1);
    expect(answer).toContain('exactly as it was built (2.0 kB, SHA-256');
    expect(answer).toContain('send me a screenshot');
    expect(await repairDue(world)).toBe(0);
    expect(world.events(ticket.number).slice(-2)).toEqual(['check_asked', 'check_fine']);
  });

  test('is built anew when it is damaged in the store, and told when it is there', async () => {
    const { exportId, links } = await delivered();
    for (const link of links) world.download(link);
    const good = Buffer.alloc(2_000, 2);
    await world.store.put(
      partBlob(exportId, NAME),
      { contentType: 'application/zip' },
      Buffer.alloc(2_000, 9),
    );
    await says(`${NAME} cannot be opened`);
    const submitted: string[] = [];
    world.queue.submit = async () => void submitted.push(exportId);
    world.exports.planned(exportId, { exportId, parts } as never);
    await repairDue(world);
    expect((await world.told()).at(-1)).toContain('You were right: part-1.zip is damaged');
    expect(submitted).toEqual([exportId]);
    // A queue that lost it is told again.
    await repairDue(world);
    expect(submitted).toHaveLength(2);
    await put(exportId, NAME, good);
    await repairDue(world);
    expect((await world.told()).at(-1)).toContain('part-1.zip is there again');
    expect(await repairDue(world)).toBe(0);
  });

  test('that can only be built with other bytes is handed to the desk, not handed out', async () => {
    const { ticket, exportId, links } = await delivered();
    for (const link of links) world.download(link);
    await world.store.put(
      partBlob(exportId, NAME),
      { contentType: 'application/zip' },
      Buffer.alloc(2_000, 9),
    );
    await says(`${NAME} cannot be opened`);
    world.exports.planned(exportId, { exportId, parts } as never);
    await repairDue(world);
    await put(exportId, NAME, Buffer.alloc(2_000, 7));
    await repairDue(world);
    expect((await world.told()).at(-1)).toContain('because the data in the account has changed');
    expect(world.desk.notices().at(-1)?.level).toBe('action');
    expect(world.events(ticket.number).slice(-2)).toEqual(['part_damaged', 'part_lost']);
  });

  test('is asked for by name when nobody can tell which', async () => {
    const { links } = await delivered();
    for (const link of links) world.download(link);
    expect(await says('the zip will not open')).toContain('Which ZIP is it?');
  });

  test('of others says nothing of the downloads', async () => {
    const { links } = await delivered();
    if (links[0]) world.download(links[0], 0, 10);
    expect(await says('the zip will not open', 'mallory@evil.example')).not.toContain('part-0');
  });
});

test('whoever misses data hears which ZIPs have not arrived', async () => {
  const { links } = await delivered();
  if (links[0]) world.download(links[0]);
  const answer = await says('Some resumes are missing in the export');
  expect(answer).toContain('have not arrived in full yet: part-1.zip');
});
