import { BoxIcon, ClockIcon, LinkIcon, Mark } from '../chat/icons.tsx';
import { answer, openMessenger, requestExport, signOut, state, stopped } from './messenger.ts';

const SIGN_IN_PROBLEMS: Record<string, string> = {
  expired:
    'Your sign-in link has expired. Please open this page again from inside your recruiting software.',
  wrong:
    'Your sign-in link does not work. Please open this page again from inside your recruiting software.',
};

/** What stands beside the Messenger: what it is for, who one is, and what to do when it does not come. */
export function Page() {
  return (
    <main class="door">
      <div class="door-card card">
        <Mark size={40} />
        <header class="messenger-head">
          <h1>Data exports</h1>
          <p class="muted">
            Get everything in your account as ZIP files. We answer in the messenger on this page.
          </p>
        </header>
        <Offer />
        {stopped.value ? <Stopped /> : state.value === 'blocked' ? <Blocked /> : <Buttons />}
        <Who />
      </div>
    </main>
  );
}

function Offer() {
  return (
    <ul class="plain-list welcome-list">
      <li>
        <BoxIcon />
        <span>All your data, attachments and CVs</span>
      </li>
      <li>
        <ClockIcon />
        <span>How far your export is, and when it will be ready</span>
      </li>
      <li>
        <LinkIcon />
        <span>Download links again, or working for longer</span>
      </li>
    </ul>
  );
}

function Buttons() {
  const isLoading = state.value === 'loading';
  return (
    <div class="messenger-buttons" aria-busy={isLoading}>
      <button
        type="button"
        class="button button-primary"
        disabled={!answer.value}
        onClick={requestExport}
      >
        Request a data export
      </button>
      <button type="button" class="button" disabled={!answer.value} onClick={openMessenger}>
        Ask something else
      </button>
      <span role="status" class="muted small">
        {isLoading && 'The messenger is loading …'}
      </span>
    </div>
  );
}

function Blocked() {
  const isKnown = Boolean(answer.value?.person) || answer.value?.isSample;
  return (
    <div class="messenger-blocked" role="alert">
      <p>
        <strong>The messenger does not load.</strong> An ad blocker or your network keeps{' '}
        <span class="nowrap">intercom.io</span> away from this page. Allow it and reload, or{' '}
        {isKnown
          ? 'use our own chat, which needs nothing from elsewhere.'
          : 'open this page from inside your recruiting software; there is a chat then that needs nothing from elsewhere.'}
      </p>
      <div class="messenger-buttons">
        {isKnown && (
          <a class="button button-primary" href="/chat">
            Open our own chat
          </a>
        )}
        <button type="button" class="button" onClick={() => location.reload()}>
          Reload
        </button>
      </div>
    </div>
  );
}

function Stopped() {
  return (
    <div class="messenger-blocked" role="alert">
      <p>{stopped.value}</p>
      <div class="messenger-buttons">
        <button type="button" class="button" onClick={() => location.reload()}>
          Reload
        </button>
      </div>
    </div>
  );
}

function Who() {
  const known = answer.value;
  if (!known) return null;
  const problem = SIGN_IN_PROBLEMS[new URLSearchParams(location.search).get('signin') ?? ''];
  if (!known.person) {
    return (
      <p class="messenger-who muted small">
        {problem ??
          'You are not signed in. You can write to us all the same: we then make sure that it is you with a code by mail.'}{' '}
        {known.isSample && (
          <>
            This is the sample: <a href="/chat">choose who you would like to be</a>, then come back
            to this page.
          </>
        )}
      </p>
    );
  }
  return (
    <p class="messenger-who muted small">
      <span>
        Signed in as{' '}
        <strong>
          <bdi>{known.person.name}</bdi>
        </strong>
        {known.person.name === known.person.email ? '' : `, ${known.person.email}`}
      </span>
      <button type="button" class="button button-small" onClick={signOut}>
        Sign out
      </button>
    </p>
  );
}
