import { effect } from '@preact/signals';
import { openEventStream } from '../shared/event-stream.ts';
import { RequestProblem } from '../shared/request.ts';
import { eventsUrl, getList, getSession, getTalk, getTicket } from './api.ts';
import {
  connection,
  isSelected,
  list,
  placeProblem,
  rowsWanted,
  search,
  selected,
  session,
  setServerTime,
  talk,
  ticket,
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

/** Asks for the ticket or talk of the address. */
async function loadPlace(): Promise<void> {
  const place = selected.peek();
  if (!place) return;
  await guarded(async () => {
    try {
      const answer = 'ticket' in place ? await getTicket(place.ticket) : await getTalk(place.talk);
      if (!isSelected(place)) return;
      setServerTime(answer.now);
      ticket.value = 'card' in answer ? answer : null;
      talk.value = 'card' in answer ? null : answer;
      placeProblem.value = null;
    } catch (error) {
      if (signedOut(error) || !isSelected(place)) throw error;
      placeProblem.value = sentenceOf(error);
    }
  });
}

export async function loadAll(): Promise<void> {
  await Promise.all([loadList(), loadPlace()]);
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
  const stopPlace = effect(() => {
    const place = selected.value;
    if (!place || !('ticket' in place) || ticket.peek()?.number !== place.ticket)
      ticket.value = null;
    talk.value = null;
    placeProblem.value = null;
    void loadPlace();
  });
  const stopSearch = effect(() => {
    search.value;
    rowsWanted.value;
    clearTimeout(typing);
    typing = window.setTimeout(loadList, TYPING_PAUSE_MS);
  });
  return () => {
    stream.close();
    stopPlace();
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
