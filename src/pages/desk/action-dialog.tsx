import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { DeskAction } from '../../domain/desk-actions.ts';
import type { DeskTicket } from '../../domain/desk-view.ts';
import { RequestProblem } from '../shared/request.ts';
import { actionWords } from './action-words.ts';
import { type ClickBody, click } from './api.ts';
import { Dialog } from './dialog.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import { loadAll } from './load.ts';
import { OptionsDialog } from './options-dialog.tsx';
import { sentenceOf, toast } from './toast.tsx';

/** The ticket as it was when the button was pressed: what the agent decides on. */
const asked = signal<{ action: DeskAction; view: DeskTicket } | null>(null);

/** What was typed and not sent, so that a refusal costs nobody their words. */
const drafts = new Map<string, string>();

export function askFor(action: DeskAction, view: DeskTicket): void {
  asked.value = { action, view };
}

/** The dialog of the button that was pressed. */
export function ActionDialog() {
  useEffect(() => close, []);
  if (!asked.value) return null;
  const { action, view } = asked.value;
  const { busy, problem, send } = useClick(view);
  const common = { view, busy, problem, onClose: close, onSend: send };
  if (action === 'extend') return <ExtendDialog {...common} />;
  if (action === 'change_options') return <OptionsDialog {...common} />;
  return <PlainDialog {...common} action={action} />;
}

/** What every dialog of an action is given. */
export type ActionDialogProps = {
  view: DeskTicket;
  busy: boolean;
  problem: string | null;
  onClose(): void;
  onSend(body: ClickBody): Promise<boolean>;
};

type PlainAction = Exclude<DeskAction, 'extend' | 'change_options'>;

/** Says what will happen, and asks for a text where one is needed. */
function PlainDialog(props: ActionDialogProps & { action: PlainAction }) {
  const { action, view, busy, problem, onClose, onSend } = props;
  const words = actionWords(action, view);
  const draft = `${view.number}/${action}`;
  const [text, setText] = useState(drafts.get(draft) ?? '');

  async function confirm(): Promise<void> {
    if (await onSend(words.body(text))) drafts.delete(draft);
  }

  return (
    <Dialog
      title={words.title}
      confirm={words.confirm}
      danger={words.danger}
      busy={busy}
      problem={problem}
      onConfirm={confirm}
      onClose={onClose}
    >
      {words.says.map((line) => (
        <p key={line} dir="auto">
          {line}
        </p>
      ))}
      {words.field && (
        <div class="field">
          <label for="dialog-text">{words.field.label}</label>
          <textarea
            id="dialog-text"
            class="input"
            rows={4}
            required
            maxLength={words.field.maxChars}
            dir="auto"
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
              drafts.set(draft, event.currentTarget.value);
            }}
          />
        </div>
      )}
    </Dialog>
  );
}

/** Sends a click, says what came of it, and shows the ticket as it is afterwards. */
function useClick(view: DeskTicket) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function send(body: ClickBody): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    try {
      const { message } = await click(view.number, view.version, body);
      toast('done', message);
      await finish();
      return true;
    } catch (error) {
      const refused = error instanceof RequestProblem && error.status === 409;
      if (!refused) setProblem(sentenceOf(error));
      else {
        toast('problem', sentenceOf(error));
        await finish();
      }
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, problem, send };
}

/** The button that had the focus may be gone now; the ticket's title never is. It can have it once the dialog has gone. */
async function finish(): Promise<void> {
  await loadAll();
  close();
  setTimeout(() => document.getElementById('ticket-title')?.focus());
}

function close(): void {
  asked.value = null;
}
