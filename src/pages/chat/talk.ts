import { batch } from '@preact/signals';
import type { ChatEntry, HistoryAnswer, SessionAnswer } from '../../domain/chat-view.ts';
import { openEventStream } from '../shared/event-stream.ts';
import { request } from '../shared/request.ts';
import { forgetKept } from './kept.ts';
import { closeOutbox, expectReply, flush, openOutbox } from './outbox.ts';
import { sayProblem } from './problems.ts';
import {
  addEntries,
  connection,
  entries,
  hasEarlier,
  lastId,
  now,
  pending,
  session,
  stopped,
} from './state.ts';
import { say } from './words.ts';

const ALL = 2_000;

let stream: { close(): void } | null = null;

/** Asks who is signed in, and opens their thread. */
export async function start(): Promise<void> {
  try {
    await enter(await request<SessionAnswer>('GET', '/chat/session'));
  } catch (error) {
    stopped.value = sayProblem(error);
  }
}

/** In sample mode: goes on as this person. */
export async function signInAs(email: string): Promise<void> {
  leave();
  await enter(await request<SessionAnswer>('POST', '/chat/session', { email }));
}

export async function signOut(): Promise<void> {
  const before = session.value;
  const after = await request<SessionAnswer>('POST', '/chat/session/end', {});
  leave();
  if (before?.signedIn) forgetKept(before.thread);
  session.value = after;
}

export async function showEarlier(): Promise<void> {
  const { messages } = await request<HistoryAnswer>('GET', `/chat/messages?limit=${ALL}`);
  addEntries(messages);
  hasEarlier.value = false;
}

async function enter(answer: SessionAnswer): Promise<void> {
  setClock(answer.now);
  if (!answer.signedIn) {
    session.value = answer;
    return;
  }
  const history = await request<HistoryAnswer>('GET', '/chat/messages');
  batch(() => {
    entries.value = history.messages;
    hasEarlier.value = history.hasEarlier;
    session.value = answer;
    stopped.value = null;
  });
  openOutbox(answer.thread);
  listen();
}

function listen(): void {
  const on = {
    message: (data: string) => take(JSON.parse(data)),
    clock: setClock,
    signed_out: () => checkSession(),
  };
  stream = openEventStream(
    () => `/chat/events?after=${lastId.value}`,
    on,
    (state) => {
      connection.value = state;
      if (state === 'open' && pending.value.length > 0) flush();
      if (state === 'lost') checkSession();
    },
  );
}

function take(entry: ChatEntry): void {
  addEntries([entry]);
  if (entry.author !== 'customer') expectReply(false);
}

/** A stream that breaks may mean that the session has ended. */
async function checkSession(): Promise<void> {
  const answer = await request<SessionAnswer>('GET', '/chat/session').catch(() => null);
  if (!answer || answer.signedIn || !session.value?.signedIn) return;
  leave();
  session.value = answer;
  stopped.value = say('problem.sessionEnded');
}

function leave(): void {
  stream?.close();
  stream = null;
  closeOutbox();
  batch(() => {
    entries.value = [];
    hasEarlier.value = false;
    stopped.value = null;
  });
}

function setClock(iso: string): void {
  now.value = new Date(iso);
}
