import { signOut } from './api.ts';
import { connection, openPlace, session } from './state.ts';
import { sentenceOf, toast } from './toast.tsx';

/** What this is, whether it is up to date, and who works here. */
export function TopBar() {
  async function leave(): Promise<void> {
    try {
      await signOut();
      session.value = null;
    } catch (error) {
      toast('problem', sentenceOf(error));
    }
  }

  return (
    <header class="top-bar">
      <a
        class="brand"
        href="/desk"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          openPlace(null);
        }}
      >
        <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
          <rect class="brand-back" width="32" height="32" rx="8" />
          <path class="brand-line" d="M7 11l3.2 10.5L16 12.5l5.8 9L25 11" />
        </svg>
        Waybill desk
      </a>
      <span class="top-bar-state" role="status">
        {connection.value === 'lost' && (
          <span class="badge badge-warn">Not connected; trying again</span>
        )}
      </span>
      <span class="agent" dir="auto">
        {session.value?.agent}
      </span>
      <button type="button" class="button button-quiet button-small" onClick={leave}>
        Sign out
      </button>
    </header>
  );
}
