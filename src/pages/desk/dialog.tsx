import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

type DialogProps = {
  title: string;
  /** What stands on the button that does it. */
  confirm: string;
  danger?: boolean;
  busy: boolean;
  problem: string | null;
  onConfirm(): void;
  onClose(): void;
  children: ComponentChildren;
};

/** Asks once before something is done. The browser keeps the focus inside and gives it back afterwards. */
export function Dialog(props: DialogProps) {
  const { title, confirm, danger, busy, problem, onConfirm, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onConfirm();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        <h2 id={id}>{title}</h2>
        <div class="dialog-body">{children}</div>
        <div class="dialog-end">
          <p class="field-problem" role="alert">
            {problem}
          </p>
          <div class="dialog-buttons">
            <button
              type="button"
              class="button button-quiet"
              onClick={() => dialog.current?.close()}
            >
              Back
            </button>
            <button
              type="submit"
              class={`button button-primary ${danger ? 'button-danger' : ''}`}
              aria-disabled={busy}
            >
              {busy ? 'One moment…' : confirm}
            </button>
          </div>
        </div>
      </form>
    </dialog>
  );
}
