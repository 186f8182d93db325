import { useState } from 'preact/hooks';
import {
  type ExportOptions,
  FLAGS,
  type Flag,
  parseSize,
  SECTIONS,
  type Section,
} from '../../domain/options.ts';
import { optionsProblem } from '../../domain/options-problem.ts';
import { FLAG_WORDS, SECTION_WORDS } from '../../domain/options-words.ts';
import { POLICY } from '../../domain/policy.ts';
import type { ActionDialogProps } from './action-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { JobPicker } from './job-picker.tsx';

/** What the dump is to hold. */
export function OptionsDialog({ view, busy, problem, onClose, onSend }: ActionDialogProps) {
  const [form, setForm] = useState(() => formOf(view.rawOptions));
  const [own, setOwn] = useState<string | null>(null);
  const change = (patch: Partial<OptionsForm>) => setForm((before) => ({ ...before, ...patch }));

  function confirm(): void {
    const options = optionsOf(form);
    if (typeof options === 'string') {
      setOwn(options);
      return;
    }
    setOwn(null);
    void onSend({ name: 'options', options });
  }

  return (
    <Dialog
      title="Change what the data dump holds"
      confirm="Change options"
      busy={busy}
      problem={own ?? problem}
      onConfirm={confirm}
      onClose={onClose}
    >
      <fieldset class="choices">
        <legend>Content</legend>
        {SECTIONS.map((section) => (
          <label class="choice" key={section}>
            <input
              type="checkbox"
              checked={form.sections.includes(section)}
              onChange={() => change({ sections: toggled(form.sections, section) })}
            />
            {SECTION_WORDS[section]}
          </label>
        ))}
      </fieldset>
      <fieldset class="choices">
        <legend>Also</legend>
        {FLAGS.map((flag) => (
          <label class="choice" key={flag}>
            <input
              type="checkbox"
              checked={form.flags.includes(flag)}
              onChange={() => change({ flags: toggledFlag(form.flags, flag) })}
            />
            {FLAG_WORDS[flag]}
          </label>
        ))}
      </fieldset>
      <JobPicker number={view.number} chosen={form.jobs} onChange={(jobs) => change({ jobs })} />
      <div class="field-row">
        <DateField label="From" value={form.from} onChange={(from) => change({ from })} />
        <DateField label="To" value={form.to} onChange={(to) => change({ to })} />
      </div>
      <div class="field-row">
        <div class="field">
          <label for="part-size">Largest ZIP</label>
          <input
            id="part-size"
            class="input"
            value={form.partSize}
            aria-describedby="part-size-hint"
            onInput={(event) => change({ partSize: event.currentTarget.value })}
          />
          <p id="part-size-hint" class="small muted">
            For example 2GB or 500MB
          </p>
        </div>
        <div class="field">
          <label for="window-days">Links work for (days)</label>
          <input
            id="window-days"
            class="input"
            type="number"
            min={1}
            max={POLICY.maxWindowDays}
            step={1}
            required
            value={form.windowDays}
            onInput={(event) => change({ windowDays: event.currentTarget.value })}
          />
        </div>
      </div>
    </Dialog>
  );
}

function DateField(props: { label: string; value: string; onChange(value: string): void }) {
  const { label, value, onChange } = props;
  const id = `date-${label.toLowerCase()}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="date"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

/** The form's fields, as typed. */
type OptionsForm = {
  sections: Section[];
  flags: Flag[];
  jobs: string[] | null;
  from: string;
  to: string;
  partSize: string;
  windowDays: string;
};

function formOf(options: ExportOptions): OptionsForm {
  const { sections, jobs, from, to, partSizeBytes, windowDays } = options;
  return {
    sections,
    flags: FLAGS.filter((flag) => options[flag]),
    jobs,
    from: from ?? '',
    to: to ?? '',
    partSize: sizeText(partSizeBytes),
    windowDays: String(windowDays),
  };
}

/** A size that `parseSize` reads back exactly. */
function sizeText(bytes: number): string {
  if (bytes % 1e7 === 0 && bytes >= 1e9) return `${bytes / 1e9}GB`;
  return bytes % 1e4 === 0 ? `${bytes / 1e6}MB` : String(bytes);
}

/** The options of the form, or what is wrong with it. The jobs were chosen among those of the account. */
function optionsOf(form: OptionsForm): ExportOptions | string {
  const partSizeBytes = parseSize(form.partSize);
  if (partSizeBytes === null) return 'Write the largest ZIP as 2GB or 500MB.';
  const options: ExportOptions = {
    ...Object.fromEntries(form.flags.map((flag) => [flag, true])),
    sections: form.sections,
    jobs: form.jobs,
    from: form.from || null,
    to: form.to || null,
    partSizeBytes,
    windowDays: Number(form.windowDays),
  };
  return optionsProblem(options, form.jobs?.map((id) => ({ id, title: id })) ?? []) ?? options;
}

function toggledFlag(flags: Flag[], flag: Flag): Flag[] {
  return FLAGS.filter((one) => flags.includes(one) !== (one === flag));
}

function toggled(sections: Section[], section: Section): Section[] {
  return SECTIONS.filter((one) => sections.includes(one) !== (one === section));
}
