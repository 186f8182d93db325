import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createChatLog } from '../../../db/chat-log.ts';
import { openDatabase } from '../../../db/open.ts';
import { createWebThread, webThreadOf } from '../../../src/adapters/web/chat-thread.ts';
import { describeThread } from '../../contracts/thread.ts';

describeThread('the web chat', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-thread-'));
  const database = openDatabase(join(folder, 'waybill.sqlite'));
  const log = createChatLog(database.db);
  return {
    thread: createWebThread(log, { now: () => new Date('2026-11-20T10:00:00Z') }),
    reference: webThreadOf('alice@acme.example'),
    otherReference: webThreadOf('bob@acme.example'),
    said: async (reference) =>
      log.after(reference, 0, 100).map((message) => ({
        text: message.text,
        choices: message.choices.map((choice) => choice.label),
        hasFile: message.attachment !== null,
      })),
    async close() {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

test('a person has one thread, however the address is written, and it does not show the address', () => {
  const thread = webThreadOf('alice@acme.example');
  expect(webThreadOf(' Alice@ACME.example ')).toBe(thread);
  expect(webThreadOf('alicia@acme.example')).not.toBe(thread);
  expect(thread).toMatch(/^web:[\w-]{20}$/);
});

test('a key that a browser made up does not hide a message of the bot', async () => {
  const database = openDatabase(':memory:');
  const log = createChatLog(database.db);
  const reference = webThreadOf('alice@acme.example');
  const thread = createWebThread(log, { now: () => new Date() });
  const mine = { thread: reference, at: new Date(), author: 'customer', name: 'Alice' } as const;
  log.append({ ...mine, text: 'x', choices: [], attachment: null, uploads: [] }, 'outbox:1');
  expect(await thread.has(reference, 'outbox:1')).toBe(false);
  database.close();
});
