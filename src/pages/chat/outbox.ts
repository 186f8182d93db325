import { cleanText } from '../../domain/chat-text.ts';
import type { SentAnswer } from '../../domain/chat-view.ts';
import { RequestProblem, request } from '../shared/request.ts';
import { keep, readKept } from './kept.ts';
import { sayProblem } from './problems.ts';
import {
  addEntries,
  entries,
  lastId,
  now,
  type PendingMessage,
  pending,
  stopped,
  waitsForReply,
} from './state.ts';
import { say } from './words.ts';

const RETRY_MS = 4_000;
const SLOW_DOWN_RETRY_MS = 20_000;
/** Longer than the bot takes; when a colleague has to answer nobody is typing. */
const REPLY_EXPECTED_MS = 12_000;

let thread = '';
let isSending = false;
let retryTimer = 0;
let replyTimer = 0;

/** Begins with what was not sent when the page was last left. */
export function openOutbox(ofThread: string): void {
  thread = ofThread;
  pending.value = readKept(thread).outbox.map((kept) => toPending(kept.clientKey, kept.text, []));
  flush();
}

/** Stops sending; what is not sent stays kept in this browser. */
export function closeOutbox(): void {
  thread = '';
  clearTimeout(retryTimer);
  expectReply(false);
  pending.value = [];
}

/** Sends a message in the customer's name, after those that wait. The text must be fit to be sent. */
export function send(text: string, files: File[] = []): void {
  const clean = cleanText(text);
  if (!clean.ok) return;
  change([...pending.value, toPending(crypto.randomUUID(), clean.text, files)]);
  flush();
}

export function discard(clientKey: string): void {
  change(pending.value.filter((mine) => mine.clientKey !== clientKey));
}

/** Sends what waits, oldest first, one after the other. */
export async function flush(): Promise<void> {
  clearTimeout(retryTimer);
  if (isSending) return;
  isSending = true;
  try {
    let next = nextOf();
    while (next && thread) {
      const retryMs = await sendOne(next);
      if (retryMs) {
        retryTimer = window.setTimeout(flush, retryMs);
        return;
      }
      next = nextOf();
    }
  } finally {
    isSending = false;
  }
}

/** Shows the typing mark, or takes it away; it goes by itself when no answer comes. */
export function expectReply(expected: boolean): void {
  clearTimeout(replyTimer);
  const withHuman = entries.value.findLast((entry) => entry.author !== 'customer');
  waitsForReply.value = expected && withHuman?.author !== 'human';
  if (expected) replyTimer = window.setTimeout(() => expectReply(false), REPLY_EXPECTED_MS);
}

/** @returns after how many milliseconds to try again; 0 when the message is done with */
async function sendOne(mine: PendingMessage): Promise<number> {
  const sentFrom = thread;
  mark(mine, 'sending', null);
  if (mine.state === 'sending') expectReply(true);
  try {
    const answer = await request<SentAnswer>('POST', '/chat/messages', bodyOf(mine), {
      'x-chat-thread': sentFrom,
    });
    if (thread !== sentFrom) return 0;
    addEntries([answer.message]);
    discard(mine.clientKey);
    return 0;
  } catch (error) {
    if (thread !== sentFrom) return 0;
    const problem = error instanceof RequestProblem ? error : new RequestProblem(0, '', '');
    expectReply(false);
    if (problem.status === 401 || problem.code === 'other_person') {
      mark(mine, 'waiting', null);
      stopped.value = sayProblem(problem);
      return SLOW_DOWN_RETRY_MS;
    }
    if (problem.status === 429) {
      mark(mine, 'waiting', say('problem.tooFast'));
      return SLOW_DOWN_RETRY_MS;
    }
    if (problem.status === 0 || problem.status >= 500) {
      mark(mine, 'waiting', say('problem.notSent'));
      return RETRY_MS;
    }
    mark(mine, 'refused', sayProblem(problem));
    return 0;
  }
}

function bodyOf(mine: PendingMessage): object | FormData {
  if (mine.files.length === 0) return { text: mine.text, clientKey: mine.clientKey };
  const form = new FormData();
  form.set('clientKey', mine.clientKey);
  form.set('text', mine.text);
  for (const file of mine.files) form.append('files', file, file.name);
  return form;
}

function nextOf(): PendingMessage | undefined {
  return pending.value.find((mine) => mine.state !== 'refused');
}

function mark(mine: PendingMessage, state: PendingMessage['state'], problem: string | null): void {
  change(
    pending.value.map((one) =>
      one.clientKey === mine.clientKey ? { ...one, state, problem } : one,
    ),
  );
}

function change(next: PendingMessage[]): void {
  pending.value = next;
  const outbox = next
    .filter((mine) => mine.files.length === 0)
    .map(({ clientKey, text }) => ({ clientKey, text }));
  if (thread) keep(thread, { outbox });
}

function toPending(clientKey: string, text: string, files: File[]): PendingMessage {
  const afterId = lastId.value;
  return { clientKey, text, files, at: now.value, afterId, state: 'sending', problem: null };
}
