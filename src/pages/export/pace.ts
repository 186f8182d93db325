/** How far back the speed looks: long enough to be steady, short enough to follow a line that changes. */
const WINDOW_MS = 20_000;
/** Before that a speed says nothing. */
const LEAST_MS = 3_000;

/** Measures the speed of bytes that arrive, over the last seconds. */
export function createPace() {
  let marks: { at: number; bytes: number }[] = [];
  return {
    /** @param bytes all that has arrived so far @returns bytes a second, or null while it is too early to tell */
    measure(bytes: number, now: number): number | null {
      if (bytes < (marks.at(-1)?.bytes ?? 0)) marks = [];
      marks.push({ at: now, bytes });
      while ((marks[1]?.at ?? now) < now - WINDOW_MS) marks.shift();
      const first = marks[0];
      if (!first || now - first.at < LEAST_MS) return null;
      return ((bytes - first.bytes) * 1000) / (now - first.at);
    },
    forget(): void {
      marks = [];
    },
  };
}
