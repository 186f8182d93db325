import { Mark } from './icons.tsx';
import { session, stopped } from './state.ts';

const SIGN_IN_PROBLEMS: Record<string, string> = {
  expired:
    'This link to the chat has expired. Please open the chat again from inside your recruiting software.',
  wrong:
    'This link to the chat does not work. Please open the chat again from inside your recruiting software.',
};

/** For somebody whom nobody has signed in, and when the server does not answer. */
export function Closed() {
  const problem = SIGN_IN_PROBLEMS[new URLSearchParams(location.search).get('signin') ?? ''];
  return (
    <main class="door">
      <div class="door-card card">
        <Mark size={40} />
        <h1>
          {session.value
            ? 'Please open the chat from your recruiting software'
            : 'The chat is not there at the moment'}
        </h1>
        <p class="muted">
          {stopped.value ??
            problem ??
            'Sign in there and choose “Support”. The chat opens with your name, and we know which account is yours.'}
        </p>
        <button type="button" class="button" onClick={() => location.assign('/')}>
          Try again
        </button>
      </div>
    </main>
  );
}
