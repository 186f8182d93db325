import { effect } from '@preact/signals';
import { openEventStream } from '../shared/event-stream.ts';
import { RequestProblem } from '../shared/request.ts';
import { eventsUrl, getList, getSession, getTicket } from './api.ts';
import {
  connection,
  list,
  rowsWanted,
  search,
  selected,
  session,
  setServerTime,
  ticket,
  ticketProblem,
} from './state.ts';
import { sentenceOf } from './toast.tsx';

const TYPING_PAUSE_MS = 200;

/** Finds out who is signed in. The token of the address is for the sign-in form, and goes once it was of use. */
export async function loadSession(): Promise<void> {
  const answer = await getSession();
  session.value = answer.session;
  if (!answer.session) return;
  setServerTime(answer.session.now);
  if (location.search) history.replaceState(null, '', location.pathname);
}

let listAsked = 0;
export async function loadList(): Promise<void> {
  listAsked += 1;
  const mine = listAsked;
  await guarded(async () => {
    const answer = await getList(search.peek(), rowsWanted.peek());
    // Answers can overtake each other; only the last question counts.
    if (mine !== listAsked) return;
    setServerTime(answer.now);
    list.value = answer;
  });
}

export async function loadTicket(): Promise<void> {
  const number = selected.peek();
  if (number === null) return;
  await guarded(async () => {
    try {
      const answer = await getTicket(number);
      if (selected.peek() !== number) return;
      setServerTime(answer.now);
      ticket.value = answer;
      ticketProblem.value = null;
    } catch (error) {
      if (signedOut(error) || selected.peek() !== number) throw error;
      ticketProblem.value = sentenceOf(error);
    }
  });
}

export async function loadAll(): Promise<void> {
  await Promise.all([loadList(), loadTicket()]);
}

/** Keeps the page up to date until the returned function is called. */
export function goLive(): () => void {
  let typing = 0;
  const stream = openEventStream(
    () => eventsUrl,
    { changed: inTurns(loadAll) },
    (state) => {
      connection.value = state;
      // A stream that is refused says nothing; asking for the list tells whether we are signed out.
      if (state === 'lost') void loadList();
    },
  );
  const stopTicket = effect(() => {
    const number = selected.value;
    if (ticket.peek()?.number !== number) ticket.value = null;
    ticketProblem.value = null;
    void loadTicket();
  });
  const stopSearch = effect(() => {
    search.value;
    rowsWanted.value;
    clearTimeout(typing);
    typing = window.setTimeout(loadList, TYPING_PAUSE_MS);
  });
  return () => {
    stream.close();
    stopTicket();
    stopSearch();
    clearTimeout(typing);
  };
}

/** Runs one at a time; calls during a run become one more run after it. */
function inTurns(run: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  return async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await run();
    } while (again);
    running = false;
  };
}

/** A session that has ended brings the sign-in form back; a connection that is gone is shown by its own sign. */
async function guarded(ask: () => Promise<void>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (signedOut(error)) session.value = null;
    else connection.value = 'lost';
  }
}

function signedOut(error: unknown): boolean {
  return error instanceof RequestProblem && error.status === 401;
}
