import { useState } from 'preact/hooks';
import { sayDuration, sayTime } from '../../domain/words.ts';
import type { ActionDialogProps } from './action-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { now } from './state.ts';

const HOUR_MS = 3_600_000;
const CHOICES = [
  { hours: 24, label: '24 hours' },
  { hours: 48, label: '48 hours' },
  { hours: 168, label: '7 days' },
];

/** For how long the links are to work on. */
export function ExtendDialog({ view, busy, problem, onClose, onSend }: ActionDialogProps) {
  const askedHours = view.extensionAskedHours;
  const known = CHOICES.some(({ hours }) => hours === askedHours);
  const [chosen, setChosen] = useState<number | 'other'>(
    askedHours === null ? 24 : known ? askedHours : 'other',
  );
  const [other, setOther] = useState(String(askedHours ?? 72));
  const hours = chosen === 'other' ? Number(other) : chosen;
  const end = newEnd(view.expiresAt, hours);

  return (
    <Dialog
      title="Extend the download window?"
      confirm="Extend"
      busy={busy}
      problem={problem}
      onConfirm={() => onSend({ name: 'extend', hours })}
      onClose={onClose}
    >
      {askedHours !== null && (
        <p>The customer asks for {sayDuration(askedHours * HOUR_MS)} more.</p>
      )}
      <fieldset class="choices">
        <legend>By how much</legend>
        {CHOICES.map((choice) => (
          <label class="choice" key={choice.hours}>
            <input
              type="radio"
              name="hours"
              checked={chosen === choice.hours}
              onChange={() => setChosen(choice.hours)}
            />
            {choice.label}
          </label>
        ))}
        <label class="choice">
          <input
            type="radio"
            name="hours"
            checked={chosen === 'other'}
            onChange={() => setChosen('other')}
          />
          Other
        </label>
      </fieldset>
      {chosen === 'other' && (
        <div class="field">
          <label for="extend-hours">Hours</label>
          <input
            id="extend-hours"
            class="input input-short"
            type="number"
            min={1}
            max={720}
            step={1}
            required
            value={other}
            onInput={(event) => setOther(event.currentTarget.value)}
          />
        </div>
      )}
      <p aria-live="polite">
        {end
          ? `The same links work until ${sayTime(end)}. The customer is told.`
          : 'Say for how many hours.'}
      </p>
    </Dialog>
  );
}

/** Counts from the end of the window, or from now when that has passed. */
function newEnd(expiresAt: string | null, hours: number): Date | null {
  if (!Number.isInteger(hours) || hours < 1) return null;
  const from = Math.max(now.value.getTime(), expiresAt ? new Date(expiresAt).getTime() : 0);
  return new Date(from + hours * HOUR_MS);
}
