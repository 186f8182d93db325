import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What a measured program says on its last line of stdout. */
export type Measured = { seconds: number; peakMegabytes: number };

/** Runs a program of this folder in a process of its own, so that its peak memory is its own. */
export function measure(script: string, args: string[]): Measured {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const output = execFileSync(process.execPath, [path, ...args], { encoding: 'utf8' });
  const measured: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  if (isMeasured(measured)) return measured;
  throw new Error(`${script} said nothing of use: ${output}`);
}

function isMeasured(value: unknown): value is Measured {
  return (
    typeof value === 'object' && value !== null && 'seconds' in value && 'peakMegabytes' in value
  );
}

/** Says how long it took since `startedAt` (of performance.now()) and what the process took at most. */
export function sayMeasured(startedAt: number): void {
  const measured: Measured = {
    seconds: (performance.now() - startedAt) / 1000,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
  console.log(JSON.stringify(measured));
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
