import { useState } from 'preact/hooks';
import { fullTime } from '../shared/time.ts';
import { jumpClock } from './api.ts';
import { loadAll } from './load.ts';
import { now } from './state.ts';
import { sentenceOf, toast } from './toast.tsx';

const JUMPS = [
  { hours: 6, label: '6 hours' },
  { hours: 24, label: '1 day' },
  { hours: 72, label: '3 days' },
];

/** The clock of the sample mode, which can be moved to see what happens with time. */
export function ClockBar() {
  const [busy, setBusy] = useState(false);

  async function jump(hours: number): Promise<void> {
    setBusy(true);
    try {
      const { message } = await jumpClock(hours);
      await loadAll();
      toast('done', message);
    } catch (error) {
      toast('problem', sentenceOf(error));
    }
    setBusy(false);
  }

  return (
    <section class="clock-bar" aria-label="Sample clock">
      <p>
        Sample data. It is <time dateTime={now.value.toISOString()}>{fullTime(now.value)}</time>{' '}
        here.
      </p>
      <div class="clock-jumps">
        <span id="clock-jump">Jump ahead</span>
        {JUMPS.map(({ hours, label }) => (
          <button
            key={hours}
            type="button"
            class="button button-small"
            aria-describedby="clock-jump"
            aria-disabled={busy}
            onClick={() => !busy && jump(hours)}
          >
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}
