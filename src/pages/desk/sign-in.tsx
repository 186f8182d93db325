import { useEffect, useRef, useState } from 'preact/hooks';
import { signIn } from './api.ts';
import { session, setServerTime } from './state.ts';
import { sentenceOf } from './toast.tsx';

const NAME_KEY = 'waybill-desk-name';

/** Token and name. The token of the address that was printed at start-up is filled in. */
export function SignIn() {
  const [token, setToken] = useState(tokenInAddress);
  const [name, setName] = useState(() => localStorage.getItem(NAME_KEY) ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const nameInput = useRef<HTMLInputElement>(null);

  useEffect(() => nameInput.current?.focus(), []);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const answer = await signIn(token, name);
      localStorage.setItem(NAME_KEY, answer.agent);
      history.replaceState(null, '', location.pathname);
      setServerTime(answer.now);
      session.value = answer;
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
      nameInput.current?.focus();
    }
  }

  return (
    <main class="sign-in">
      <form class="card sign-in-card" onSubmit={submit}>
        <h1>Waybill desk</h1>
        <p class="muted">Sign in to decide on data dumps. Your name goes into the history.</p>
        <div class="field">
          <label for="sign-in-name">Your name</label>
          <input
            id="sign-in-name"
            class="input"
            ref={nameInput}
            value={name}
            autocomplete="name"
            maxLength={80}
            required
            dir="auto"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="sign-in-token">Token</label>
          <input
            id="sign-in-token"
            class="input"
            type="password"
            value={token}
            autocomplete="off"
            required
            aria-describedby="sign-in-token-hint"
            onInput={(event) => setToken(event.currentTarget.value)}
          />
          <p id="sign-in-token-hint" class="small muted">
            It stands in the address that Waybill prints when it starts.
          </p>
        </div>
        <p class="field-problem" role="alert">
          {problem}
        </p>
        <button class="button button-primary" type="submit" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}

function tokenInAddress(): string {
  return new URLSearchParams(location.search).get('token') ?? '';
}
