import { createLogUpdate } from 'log-update';
import type { Progress } from '../domain/plan.ts';
import { sayBytes } from '../domain/words.ts';

/** A line that shows how far an export is. */
export type ProgressBar = {
  say(text: string): void;
  show(progress: Progress): void;
  end(): void;
};

const REDRAW_EVERY_MS = 100;
/** Speed is that of the last seconds: a part from the cache must not promise the same for the rest. */
const SPEED_OVER_MS = 10_000;

/** Draws on a terminal; in a pipe there is nothing to see. */
export function createProgressBar(stream: NodeJS.WriteStream, nowMs: () => number): ProgressBar {
  if (!stream.isTTY) return { say() {}, show() {}, end() {} };
  const draw = createLogUpdate(stream);
  const speed = createSpeed();
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  return {
    say: (text) => draw(text),
    show(progress) {
      const atMs = nowMs();
      const bytesPerSecond = speed(atMs, progress.bytes.done);
      if (atMs - drawnAtMs < REDRAW_EVERY_MS) return;
      drawnAtMs = atMs;
      draw(progressLine(progress, bytesPerSecond, stream.columns || 80));
    },
    end: () => draw.clear(),
  };
}

/** `[=====>     ]  45 %  1.2 GB of 2.6 GB  812 of 1,900 files  2 of 8 ZIPs  210 MB/s  7 s left`, cut to the width. */
export function progressLine(
  { bytes, files, parts }: Progress,
  bytesPerSecond: number | null,
  columns: number,
): string {
  const share = bytes.total ? bytes.done / bytes.total : 1;
  const facts = [
    `${Math.floor(share * 100)} %`,
    `${sayBytes(bytes.done)} of ${sayBytes(bytes.total)}`,
    `${files.done.toLocaleString('en')} of ${files.total.toLocaleString('en')} files`,
    `${parts.done} of ${parts.total} ZIPs`,
  ];
  if (bytesPerSecond) {
    facts.push(`${sayBytes(bytesPerSecond)}/s`);
    facts.push(`${sayTimeLeft((bytes.total - bytes.done) / bytesPerSecond)} left`);
  }
  const text = facts.join('  ');
  const barUnits = Math.min(30, columns - text.length - 5);
  if (barUnits < 5) return text.slice(0, Math.max(0, columns - 1));
  const filled = Math.round(share * barUnits);
  return `[${'='.repeat(filled)}${' '.repeat(barUnits - filled)}]  ${text}`;
}

function sayTimeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** Bytes a second over the last while; null until there is something to measure. */
export function createSpeed(): (atMs: number, bytes: number) => number | null {
  const samples: { atMs: number; bytes: number }[] = [];
  return (atMs, bytes) => {
    const last = samples.at(-1);
    if (!last || atMs - last.atMs >= REDRAW_EVERY_MS) samples.push({ atMs, bytes });
    while (samples.length > 2 && atMs - (samples[0]?.atMs ?? atMs) > SPEED_OVER_MS) samples.shift();
    const first = samples[0];
    if (!first || atMs - first.atMs < 500) return null;
    return Math.max(0, ((bytes - first.bytes) * 1000) / (atMs - first.atMs));
  };
}
