const KEY = 'waybill-messenger';

/** Who last used the Messenger in this browser, so that nobody else sees their conversations. */
export function keptThread(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keepThread(thread: string | null): void {
  try {
    if (thread === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, thread);
  } catch {
    // A browser that keeps nothing (private window, full) keeps no conversations either.
  }
}
