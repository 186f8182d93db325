/** What this browser keeps of a thread while it is not sent: words only, no files. */
export type Kept = { draft: string; outbox: { clientKey: string; text: string }[] };

const EMPTY: Kept = { draft: '', outbox: [] };

export function readKept(thread: string): Kept {
  try {
    const stored: Partial<Kept> = JSON.parse(localStorage.getItem(keyOf(thread)) ?? '{}');
    return { ...EMPTY, ...stored };
  } catch {
    return EMPTY;
  }
}

export function keep(thread: string, change: Partial<Kept>): void {
  const kept = { ...readKept(thread), ...change };
  try {
    if (kept.draft === '' && kept.outbox.length === 0) localStorage.removeItem(keyOf(thread));
    else localStorage.setItem(keyOf(thread), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing (private window, full) still chats.
  }
}

export function forgetKept(thread: string): void {
  keep(thread, EMPTY);
}

function keyOf(thread: string): string {
  return `waybill-chat:${thread}`;
}
