import { useEffect, useState } from 'preact/hooks';
import type { Job } from '../../domain/account.ts';
import { getJobs } from './api.ts';
import { sentenceOf } from './toast.tsx';

const MAX_SHOWN = 100;

type JobPickerProps = {
  number: number;
  /** null means every job. */
  chosen: string[] | null;
  onChange(chosen: string[] | null): void;
};

/** All jobs, or some that are looked up and ticked. */
export function JobPicker({ number, chosen, onChange }: JobPickerProps) {
  const [jobs, setJobs] = useState<Job[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Kept while "all jobs" is tried, so that going back costs nobody their choice.
  const [last, setLast] = useState(chosen ?? []);

  useEffect(() => {
    getJobs(number).then(
      (answer) => setJobs(answer.jobs),
      (error: unknown) => setProblem(sentenceOf(error)),
    );
  }, [number]);

  function choose(ids: string[]): void {
    setLast(ids);
    onChange(ids);
  }

  return (
    <fieldset class="choices">
      <legend>Jobs</legend>
      <label class="choice">
        <input type="radio" checked={chosen === null} onChange={() => onChange(null)} />
        All jobs
      </label>
      <label class="choice">
        <input type="radio" checked={chosen !== null} onChange={() => onChange(last)} />
        Only some{chosen ? ` (${chosen.length} chosen)` : ''}
      </label>
      {problem && <p class="field-problem">{problem}</p>}
      {chosen && jobs && <JobList jobs={jobs} chosen={chosen} onChange={choose} />}
    </fieldset>
  );
}

function JobList(props: { jobs: Job[]; chosen: string[]; onChange(chosen: string[]): void }) {
  const { jobs, chosen, onChange } = props;
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = jobs.filter(
    ({ id, title }) => title.toLowerCase().includes(wanted) || id.toLowerCase() === wanted,
  );
  // What is chosen comes first, as it was when the list was opened: nothing moves under the pointer.
  const [first] = useState(new Set(chosen));
  const sorted = [...found].sort((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));

  return (
    <div class="jobs">
      <input
        class="input"
        type="search"
        aria-label="Search jobs"
        placeholder="Search jobs"
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <ul class="plain job-list">
        {sorted.slice(0, MAX_SHOWN).map(({ id, title }) => (
          <li key={id}>
            <label class="choice">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={() =>
                  onChange(
                    chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id],
                  )
                }
              />
              <bdi>{title}</bdi>
              <span class="small muted">{id}</span>
            </label>
          </li>
        ))}
      </ul>
      <p class="small muted" role="status">
        {found.length === 0 && 'No job has these words.'}
        {found.length > MAX_SHOWN && `${found.length} jobs; search to see the others.`}
      </p>
    </div>
  );
}
