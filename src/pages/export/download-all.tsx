import { signal } from '@preact/signals';
import { sayBytes, sayDuration } from '../../domain/words.ts';
import { AT_ONCE, items, pause, phase, resume, start, trouble } from './download.ts';
import { begun, downloadInOrder } from './in-order.ts';
import type { Kept } from './kept.ts';
import { askForTime, language, say, serverNow, state } from './page.ts';

/** Chromium-based browsers have it; TypeScript's own library does not know it. */
type Picker = (options: object) => Promise<FileSystemDirectoryHandle>;
type Permission = { requestPermission(options: object): Promise<string> };

export const kept = signal<Kept | null>(null);
/** Bytes a second, as measured last. */
export const speed = signal<number | null>(null);
const told = signal<string | null>(null);
const HOUR_MS = 3_600_000;

function picker(): Picker | null {
  const pick: unknown = Reflect.get(window, 'showDirectoryPicker');
  return typeof pick === 'function' ? (options) => pick.call(window, options) : null;
}

/** Everything with one button: into a folder where the browser can, else one after another. */
export function DownloadAll() {
  if (items.value.length === 0) return null;
  return (
    <section class="card all" aria-labelledby="all-title">
      <h2 id="all-title">{say('all.title')}</h2>
      {picker() && trouble.value !== 'blocked' ? <IntoFolder /> : <InOrder />}
    </section>
  );
}

function IntoFolder() {
  return (
    <>
      {phase.value === 'idle' ? <p>{say('all.how', { count: AT_ONCE })}</p> : <Progress />}
      <p class="all-said" role="status">
        {saying()}
      </p>
      <Pace />
      <p class="buttons">
        <Buttons />
      </p>
      {phase.value === 'running' && <p class="small muted">{say('all.keepOpen')}</p>}
    </>
  );
}

function Buttons() {
  if (phase.value === 'finished') return null;
  if (phase.value === 'running') {
    return (
      <button type="button" class="button" onClick={pause}>
        {say('all.pause')}
      </button>
    );
  }
  const folder = kept.value?.folder;
  return (
    <>
      {folder && (
        <button type="button" class="button button-primary" onClick={goOn}>
          {folder.name ? say('all.goIn', { folder: folder.name }) : say('all.go')}
        </button>
      )}
      <button type="button" class={`button ${folder ? '' : 'button-primary'}`} onClick={choose}>
        {say(folder ? 'all.other' : 'all.choose')}
      </button>
    </>
  );
}

async function choose(): Promise<void> {
  // Whoever closes the dialog has changed their mind.
  const folder = await picker()?.({ id: 'waybill', mode: 'readwrite' }).catch(() => null);
  if (!folder) return;
  const isSame = await kept.value?.folder.isSameEntry(folder).catch(() => false);
  kept.value = { folder, done: isSame ? (kept.value?.done ?? {}) : {} };
  await start(kept.value);
}

async function goOn(): Promise<void> {
  if (!kept.value) return;
  // Asked for anew after a restart of the browser.
  const folder = kept.value.folder as FileSystemDirectoryHandle & Partial<Permission>;
  const answer = await folder.requestPermission?.({ mode: 'readwrite' }).catch(() => 'denied');
  if (answer === 'denied') trouble.value = 'denied';
  else if (phase.value === 'idle') await start(kept.value);
  else resume();
}

function saying(): string {
  const count = items.value.length;
  if (phase.value === 'finished') return say('all.finished', { count });
  const broken = items.value.filter((item) => item.state === 'broken');
  if (broken.length > 0) {
    return broken.map(({ file }) => say('all.broken', { file: file.name })).join(' ');
  }
  switch (trouble.value) {
    case 'lost':
      return phase.value === 'running' ? say('all.lost') : say('all.paused');
    case 'dead':
    case 'full':
    case 'denied':
      return say(`all.${trouble.value}`);
    default:
      return phase.value === 'paused' ? say('all.paused') : '';
  }
}

function Progress() {
  const have = items.value.reduce((sum, item) => sum + item.have, 0);
  const all = items.value.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const left = phase.value === 'running' ? timeLeft() : null;
  return (
    <>
      <progress class="bar" max={all || 1} value={have} aria-labelledby="all-title" />
      <p>
        {[
          say('all.amount', { done: sayBytes(have, language), all: sayBytes(all, language) }),
          ...(left !== null && speed.value
            ? [
                say('all.speed', { speed: sayBytes(speed.value, language) }),
                say('all.soon', { time: sayDuration(left, language) }),
              ]
            : []),
        ].join(' · ')}
      </p>
    </>
  );
}

/** Milliseconds until all is there, at this speed. */
function timeLeft(): number | null {
  if (!speed.value) return null;
  const left = items.value.reduce((sum, { file, have }) => sum + file.sizeBytes - have, 0);
  return (left / speed.value) * 1000;
}

/** Says in time that the links end before everything is there, and asks for more with one click. */
function Pace() {
  if (told.value) return <p role="status">{told.value}</p>;
  const need = phase.value === 'running' ? timeLeft() : null;
  const end = state.value?.expiresAt;
  if (need === null || !end) return null;
  const have = Date.parse(end) - serverNow();
  if (need <= have) return null;
  const ask = async () => {
    told.value = await askForTime(Math.ceil(((need - have) * 1.25) / HOUR_MS));
  };
  return (
    <p class="banner banner-warn">
      <span>
        {say('all.pace', { need: sayDuration(need, language), have: sayDuration(have, language) })}
      </span>
      <button type="button" class="button button-small" onClick={ask}>
        {say('more.ask')}
      </button>
    </p>
  );
}

function InOrder() {
  return (
    <>
      <p>{say('all.inOrder')}</p>
      <p class="all-said" role="status">
        {begun.value && say('all.nth', begun.value)}
      </p>
      {!begun.value && (
        <p>
          <button type="button" class="button button-primary" onClick={downloadInOrder}>
            {say('all.begin')}
          </button>
        </p>
      )}
    </>
  );
}
