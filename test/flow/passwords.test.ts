import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createVault } from '../../src/adapters/crypto/vault.ts';
import { createFolderExportStore } from '../../src/adapters/folder/export-store.ts';
import { createZipParts } from '../../src/adapters/zip/part-writer.ts';
import { DEFAULT_OPTIONS } from '../../src/domain/options.ts';
import { passwordProblem } from '../../src/domain/password.ts';
import { type Plan, partBlob, passwordBlob } from '../../src/domain/plan.ts';
import { createBuilder } from '../../src/flow/builder.ts';
import { createDeskActions } from '../../src/flow/desk-actions.ts';
import { renderMail } from '../../src/flow/mail.ts';
import { createPasswords } from '../../src/flow/passwords.ts';
import { createExportRunner } from '../../src/flow/run-export.ts';
import { lifeWorld, START } from '../support/life.ts';
import { createMemorySource, memoryFiles } from '../support/memory-source.ts';
import { newTicket } from '../support/tickets.ts';
import { hasTool, testWithPassword } from '../support/zip-tools.ts';

const NEVER = new AbortController().signal;

describe('the vault', () => {
  const vault = createVault(randomBytes(32));

  test('makes passwords that every program takes, and never the same twice', () => {
    const made = Array.from({ length: 50 }, () => vault.passphrase());
    expect(new Set(made).size).toBe(50);
    for (const one of made) {
      expect(one).toMatch(/^([a-hjkmnp-z2-9]{5}-){5}[a-hjkmnp-z2-9]{5}$/);
      expect(passwordProblem(one)).toBeNull();
    }
  });

  test('opens what it sealed, for what it was sealed, with the same secret, unchanged', () => {
    const sealed = vault.seal('word', 'e1');
    expect(sealed).not.toContain('word');
    expect(vault.open(sealed, 'e1')).toBe('word');
    expect(vault.open(sealed, 'e2')).toBeNull();
    expect(createVault(randomBytes(32)).open(sealed, 'e1')).toBeNull();
    const changed = `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`;
    expect(vault.open(changed, 'e1')).toBeNull();
    expect(vault.open('', 'e1')).toBeNull();
  });
});

describe('an encrypted export', () => {
  let world: Awaited<ReturnType<typeof lifeWorld>>;
  beforeEach(async () => {
    world = await lifeWorld();
  });
  afterEach(() => world.end());

  async function delivered() {
    const source = createMemorySource({ files: memoryFiles(3) });
    const { store, clock, passwords } = world;
    const openPart = createZipParts({ spoolFolder: join(tmpdir(), 'waybill-spool') });
    const builder = createBuilder({ source, store, openPart, passwords, now: () => clock.now() });
    const submitted: Plan[] = [];
    const queue = {
      start: async () => {},
      submit: async (plan: Plan) => void submitted.push(plan),
      cancel: async () => {},
      close: async () => {},
    };
    const deps = { ...world, source, openPart, builder, queue };
    const options = { ...DEFAULT_OPTIONS, encrypted: true as const };
    const approval = { by: 'Ann', at: START.toISOString(), options };
    const opened = deps.tickets.commit(
      { open: newTicket(START, { status: 'approved', options, approval }) },
      START,
    );
    if (!opened.ok || !opened.ticket) throw new Error('not opened');
    const runner = createExportRunner(deps);
    await vi.waitFor(
      async () => {
        await runner.buildDue();
        expect(submitted).not.toEqual([]);
      },
      { timeout: 10_000 },
    );
    const [plan] = submitted;
    if (!plan) throw new Error('no plan');
    const receipts = [];
    for (const { number } of plan.parts) {
      receipts.push(await builder.part({ exportId: plan.exportId, number }, NEVER, () => {}));
    }
    await runner.handlers.allBuilt(plan, receipts);
    return { deps, number: opened.ticket.number, plan };
  }

  test('has its links in the thread and its password in a mail without links', async () => {
    const { deps, number, plan } = await delivered();
    const password = (await world.passwords.find(plan.exportId)) ?? '';
    expect(password.length).toBeGreaterThan(30);
    const rows = deps.outbox.claim(START, new Date(START.getTime() + 60_000), 10);
    const mails = rows.flatMap(({ outgoing }) => (outgoing.to === 'mail' ? [outgoing.mail] : []));
    expect(mails.map(({ template }) => template)).toEqual(['password']);
    const message = rows.find(({ outgoing }) => outgoing.to === 'thread');
    expect(JSON.stringify(message)).toContain('7-Zip or WinRAR');
    // Neither what is to be sent, nor the history, nor the store has it in clear.
    expect(JSON.stringify([rows, deps.tickets.history(number)])).not.toContain(password);
    expect(JSON.stringify([plan, deps.exports.find(plan.exportId)])).not.toContain(password);
    expect(JSON.stringify(world.log)).not.toContain(password);
    const [ref] = mails;
    const mail = ref && (await renderMail(deps, ref));
    expect(mail?.text).toContain(password);
    expect(mail?.text).not.toMatch(/\/[de]\//);
    expect(mail?.attachments).toEqual([]);
  });

  test.skipIf(!hasTool('7z'))(
    'opens with the password of the mail, and with no other',
    async () => {
      const { deps, plan } = await delivered();
      const password = (await world.passwords.find(plan.exportId)) ?? '';
      const name = plan.parts.find(({ section }) => section === 'cvs')?.name ?? '';
      const zip = join(tmpdir(), `${plan.exportId}-${process.pid}.zip`);
      await writeFile(zip, await buffer(await deps.store.read(partBlob(plan.exportId, name))));
      expect(() => testWithPassword(zip, password)).not.toThrow();
      expect(() => testWithPassword(zip, 'another-one')).toThrow();
      await rm(zip);
      expect(deps.exports.find(plan.exportId)?.status).toBe('finished');
    },
  );

  test('is told again by the desk, until it is deleted with the files', async () => {
    const { deps, number, plan } = await delivered();
    const again = await createDeskActions(deps).resend({ number, version: null, agent: 'Ben' });
    expect(again.ok).toBe(true);
    await world.told();
    expect(world.mailer.mails.filter(({ subject }) => subject === 'password')).toHaveLength(2);
    await deps.store.remove(`${plan.exportId}/`);
    expect(await world.passwords.find(plan.exportId)).toBeNull();
    const to = world.find(number).requester;
    await expect(
      renderMail(deps, { template: 'password', ticketNumber: number, to }),
    ).rejects.toThrow('no longer there');
  });
});

test('the password lies sealed in the store', async () => {
  const root = await mkdtemp(join(tmpdir(), 'waybill-password-'));
  const passwords = createPasswords(
    createFolderExportStore({ root }),
    createVault(randomBytes(32)),
  );
  const made = await passwords.ensure('e1');
  expect(await passwords.ensure('e1-plus-1')).toBe(made);
  expect(await readFile(join(root, passwordBlob('e1')), 'utf8')).not.toContain(made);
  await rm(root, { recursive: true });
});
