import { Mark } from './icons.tsx';
import { session, stopped } from './state.ts';
import { say } from './words.ts';

/** For somebody whom nobody has signed in, and when the server does not answer. */
export function Closed() {
  const signIn = new URLSearchParams(location.search).get('signin');
  const problem = signIn === 'expired' || signIn === 'wrong' ? say(`signin.${signIn}`) : null;
  return (
    <main class="door">
      <div class="door-card card">
        <Mark size={40} />
        <h1>{session.value ? say('openThere') : say('notThere')}</h1>
        <p class="muted">{stopped.value ?? problem ?? say('signInThere')}</p>
        <button type="button" class="button" onClick={() => location.assign('/')}>
          {say('tryAgain')}
        </button>
      </div>
    </main>
  );
}
