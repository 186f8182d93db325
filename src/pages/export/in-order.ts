import { signal } from '@preact/signals';
import { readState } from './page.ts';

/** Where a page cannot write into a folder: the browser's own downloads, one after another. */

const LOOK_EVERY_MS = 2_000;
/** A browser that asks where to save, or a tool in between, may never take it all: then the next one begins anyway. */
const LONGEST_STEP_MS = 30 * 60_000;

export const begun = signal<{ nth: number; count: number } | null>(null);

export async function downloadInOrder(): Promise<void> {
  const left = ((await readState())?.files ?? []).filter(({ sent }) => !sent);
  for (const [i, file] of left.entries()) {
    begun.value = { nth: i + 1, count: left.length };
    const link = document.createElement('a');
    link.href = file.url;
    link.download = file.name;
    link.click();
    const until = Date.now() + LONGEST_STEP_MS;
    while (Date.now() < until && !(await isSent(file.name))) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

async function isSent(name: string): Promise<boolean> {
  return (await readState())?.files.some((file) => file.name === name && file.sent) ?? false;
}
