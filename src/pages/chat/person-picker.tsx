import { useSignal } from '@preact/signals';
import type { SamplePerson } from '../../domain/chat-view.ts';
import { Mark } from './icons.tsx';
import { byAccount, initialsOf } from './people.ts';
import { sayProblem } from './problems.ts';
import { signInAs } from './talk.ts';
import { say } from './words.ts';

/** Sample mode: who would you like to be? */
export function PersonPicker(props: { people: SamplePerson[] }) {
  return (
    <main class="door">
      <div class="door-card card picker">
        <header>
          <Mark size={40} />
          <h1>{say('who')}</h1>
          <p class="muted">{say('sampleIntro')}</p>
        </header>
        <PeopleList people={props.people} current={null} />
      </div>
    </main>
  );
}

/** People by account; a click goes on as that person. */
export function PeopleList(props: { people: SamplePerson[]; current: string | null }) {
  const problem = useSignal<string | null>(null);
  const choose = (email: string) =>
    signInAs(email).catch((error: Error) => {
      problem.value = sayProblem(error);
    });
  return (
    <>
      {problem.value && (
        <p class="field-problem" role="alert">
          {problem.value}
        </p>
      )}
      {byAccount(props.people).map(([account, people]) => (
        <section key={account} class="people">
          <h2>
            <bdi>{account}</bdi>
          </h2>
          <ul class="plain-list">
            {people.map((person) => (
              <li key={person.email}>
                <button
                  type="button"
                  class="person"
                  aria-current={person.email === props.current ? 'true' : undefined}
                  onClick={() => choose(person.email)}
                >
                  <span class="avatar" aria-hidden="true">
                    {initialsOf(person.name)}
                  </span>
                  <span class="person-name">
                    <strong>
                      <bdi>{person.name}</bdi>
                    </strong>
                    <span class="muted small">{person.email}</span>
                  </span>
                  <span class={`badge ${person.role === 'other' ? '' : 'badge-accent'}`}>
                    {say(`role.${person.role}`)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
