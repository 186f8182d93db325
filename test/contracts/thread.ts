import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingFile, Thread } from '../../src/ports/thread.ts';

/** A thread to be tried, and a look at what stands in it, as the customer sees it. */
export type ThreadUnderTest = {
  thread: Thread;
  /** A reference to a talk that exists. */
  reference: string;
  /** A second talk, of somebody else. */
  otherReference: string;
  /** What the bot said in a talk, oldest first. */
  said(reference: string): Promise<{ text: string; choices: string[]; hasFile: boolean }[]>;
  close(): Promise<void>;
};

const SCRIPTS = [
  'Ihr Export ist fertig — übergrößen „geprüft“.',
  'تصديرك جاهز الآن، والروابط تعمل حتى يوم السبت.',
  'הייצוא שלך מוכן: 6 קבצים',
  'エクスポートの準備ができました。',
  'आपका एक्सपोर्ट तैयार है',
  'Готово: 6 файлов',
  'Done 👩🏽‍💻 🎉 and <b>not bold</b> & "quoted"',
];

const FILE: OutgoingFile = {
  ref: { kind: 'links_csv', ticketNumber: 12 },
  fileName: 'waybill-12-links.csv',
  contentType: 'text/csv; charset=utf-8',
  content: Buffer.from('part,link\r\n1,https://exports.example/d/abc\r\n'),
};

/** What every thread adapter must do, on its real implementation. */
export function describeThread(name: string, make: () => Promise<ThreadUnderTest>): void {
  describe(`the thread of ${name}`, () => {
    let it: ThreadUnderTest;

    beforeEach(async () => {
      it = await make();
    });

    afterEach(() => it.close());

    test('has references that begin with its scheme', () => {
      expect(it.reference.startsWith(`${it.thread.scheme}:`)).toBe(true);
    });

    test('shows messages in the order in which they were sent', async () => {
      const texts = ['first', 'second', 'third', 'fourth'];
      for (const text of texts) await it.thread.send(it.reference, plain(text), `key ${text}`);
      expect((await it.said(it.reference)).map((message) => message.text)).toEqual(texts);
    });

    test('finds a message by its key, and only in the talk that it was sent to', async () => {
      expect(await it.thread.has(it.reference, 'outbox:1')).toBe(false);
      await it.thread.send(it.reference, plain('Hello'), 'outbox:1');
      expect(await it.thread.has(it.reference, 'outbox:1')).toBe(true);
      expect(await it.thread.has(it.reference, 'outbox:2')).toBe(false);
      expect(await it.thread.has(it.otherReference, 'outbox:1')).toBe(false);
      expect(await it.said(it.otherReference)).toEqual([]);
    });

    test('shows a message once when it is looked for before it is sent again', async () => {
      for (let attempt = 0; attempt < 2; attempt++) {
        if (await it.thread.has(it.reference, 'outbox:7')) continue;
        await it.thread.send(it.reference, plain('Your export is ready.'), 'outbox:7');
      }
      expect(await it.said(it.reference)).toHaveLength(1);
    });

    test('keeps the words of every script, line breaks and lists', async () => {
      const text = `${SCRIPTS.join('\n')}\n\n• one\n• two`;
      await it.thread.send(it.reference, plain(text), 'scripts');
      expect((await it.said(it.reference))[0]?.text).toBe(text);
    });

    test('offers the answers that go with a message', async () => {
      const choices = [
        { label: 'Yes, go ahead', text: 'Yes' },
        { label: 'Not now', text: 'No' },
      ];
      await it.thread.send(it.reference, { text: 'Shall I?', choices, file: null }, 'choices');
      expect((await it.said(it.reference))[0]).toMatchObject({
        text: 'Shall I?',
        choices: ['Yes, go ahead', 'Not now'],
      });
    });

    test('brings a file', async () => {
      await it.thread.send(it.reference, { text: 'Here.', choices: [], file: FILE }, 'file');
      expect(await it.said(it.reference)).toEqual([{ text: 'Here.', choices: [], hasFile: true }]);
    });
  });
}

function plain(text: string) {
  return { text, choices: [], file: null };
}
