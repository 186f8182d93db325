import { Chat } from './chat.tsx';
import { Closed } from './closed.tsx';
import { Mark } from './icons.tsx';
import { PersonPicker } from './person-picker.tsx';
import { session, stopped } from './state.ts';
import { say } from './words.ts';

/** The page: who are you, or the chat. */
export function App() {
  const answer = session.value;
  if (!answer) return stopped.value ? <Closed /> : <Loading />;
  if (answer.signedIn) return <Chat session={answer} />;
  return answer.people ? <PersonPicker people={answer.people} /> : <Closed />;
}

function Loading() {
  return (
    <main class="door" aria-busy="true">
      <Mark size={40} />
      <p class="visually-hidden">{say('loading')}</p>
      <span class="spinner" />
    </main>
  );
}
