import { effect } from '@preact/signals';
import { render } from 'preact';
import { items, phase, setFiles, tryNow } from './download.ts';
import { DownloadAll, kept, speed } from './download-all.tsx';
import { readKept } from './kept.ts';
import { createPace } from './pace.ts';
import { copyButtons, countDown, localTimes, readState, redraw, redrawn, say } from './page.ts';

const LOOK_EVERY_MS = 10_000;
const MEASURE_EVERY_MS = 1_000;
const BADGES = {
  waiting: 'badge',
  loading: 'badge badge-info',
  done: 'badge badge-ok',
  broken: 'badge badge-danger',
} as const;

async function begin(): Promise<void> {
  localTimes();
  copyButtons();
  const root = document.getElementById('all');
  const state = await readState();
  if (!state || !root) return;
  countDown();
  kept.value = await readKept(state.number);
  setFiles(state);
  render(<DownloadAll />, root);
  effect(markRows);
  effect(stayAwake);
  measureSpeed();
  setInterval(countDown, 30_000);
  setInterval(look, LOOK_EVERY_MS);
  addEventListener('online', tryNow);
  document.addEventListener('visibilitychange', stayAwake);
}

let knownSent = 0;

/** What the server knows changes while an export is built, and while it is fetched by others. */
async function look(): Promise<void> {
  if (document.hidden) return;
  const wasBuilding = document.querySelector('[data-building]') !== null;
  const state = await readState();
  if (!state) return;
  setFiles(state);
  const sent = state.files.filter((file) => file.sent).length;
  if (state.building || wasBuilding || sent !== knownSent) await redraw();
  knownSent = sent;
}

/** Each row says how far its file is. */
function markRows(): void {
  redrawn.value;
  const own = new Map(items.value.map((item) => [item.file.name, item]));
  if (phase.value === 'idle') return;
  for (const row of document.querySelectorAll<HTMLElement>('tr[data-file]')) {
    const item = own.get(row.dataset.file ?? '');
    const badge = row.querySelector('[data-state] .badge');
    if (!item || !badge) continue;
    const { have, file } = item;
    const share =
      item.state === 'loading' && file.sizeBytes > 0 ? (have / file.sizeBytes) * 100 : 0;
    badge.className = BADGES[item.state];
    badge.textContent = say(`part.${item.state}`) + (share > 0 ? ` (${Math.floor(share)} %)` : '');
  }
}

function measureSpeed(): void {
  const pace = createPace();
  setInterval(() => {
    if (phase.value !== 'running') {
      pace.forget();
      speed.value = null;
      return;
    }
    const have = items.value.reduce((sum, item) => sum + item.have, 0);
    speed.value = pace.measure(have, performance.now());
  }, MEASURE_EVERY_MS);
}

let lock: Promise<{ release(): Promise<void> } | null> | null = null;

/** A machine that falls asleep downloads nothing. A lock ends with the page's being hidden, and is asked for anew. */
function stayAwake(): void {
  const wanted = phase.value === 'running' && !document.hidden;
  if (wanted && !lock) {
    lock = navigator.wakeLock?.request('screen').catch(() => null) ?? null;
  } else if (!wanted && lock) {
    void lock.then((held) => held?.release());
    lock = null;
  }
}

void begin();
