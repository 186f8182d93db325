export type StreamState = 'connecting' | 'open' | 'lost';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 15_000;

/**
 * Listens to the server's events and connects again, with longer and longer pauses, when the connection
 * breaks; at once when the browser says that the network is back or the page is looked at again.
 * @param url asked for each connection, so that it can name the last event that was seen
 * @param on what to do with the data of an event, by the event's name
 */
export function openEventStream(
  url: () => string,
  on: Record<string, (data: string) => void>,
  changed: (state: StreamState) => void,
): { close(): void } {
  let source: EventSource | null = null;
  let timer = 0;
  let pauseMs = FIRST_RETRY_MS;

  function connect(): void {
    clearTimeout(timer);
    source?.close();
    const stream = new EventSource(url());
    source = stream;
    stream.onopen = () => {
      pauseMs = FIRST_RETRY_MS;
      changed('open');
    };
    stream.onerror = () => {
      stream.close();
      changed('lost');
      clearTimeout(timer);
      timer = window.setTimeout(connect, pauseMs);
      pauseMs = Math.min(LAST_RETRY_MS, pauseMs * 2);
    };
    for (const [name, act] of Object.entries(on)) {
      stream.addEventListener(name, (event: MessageEvent<string>) => act(event.data));
    }
  }

  function connectNow(): void {
    if (document.visibilityState === 'visible' && source?.readyState === EventSource.CLOSED) {
      connect();
    }
  }

  /** A browser may keep an open connection for minutes after the network has gone. */
  function giveUp(): void {
    clearTimeout(timer);
    source?.close();
    changed('lost');
  }

  window.addEventListener('offline', giveUp);
  window.addEventListener('online', connectNow);
  document.addEventListener('visibilitychange', connectNow);
  changed('connecting');
  connect();

  return {
    close() {
      window.removeEventListener('offline', giveUp);
      window.removeEventListener('online', connectNow);
      document.removeEventListener('visibilitychange', connectNow);
      clearTimeout(timer);
      source?.close();
    },
  };
}
