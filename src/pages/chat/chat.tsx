import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { SessionAnswer } from '../../domain/chat-view.ts';
import { Composer } from './composer.tsx';
import { useDraft } from './draft.ts';
import { Header } from './header.tsx';
import { send } from './outbox.ts';
import { connection, pending, stopped, waitsForReply } from './state.ts';
import { Thread } from './thread.tsx';
import { say } from './words.ts';

const LOST_AFTER_MS = 1_500;

/** The chat of somebody who is signed in. */
export function Chat(props: { session: Extract<SessionAnswer, { signedIn: true }> }) {
  const { person, thread } = props.session;
  const draft = useDraft(thread);
  const isDragging = useFileDrop((files) => draft.attach(files));
  warnBeforeLosingFiles();

  const choose = (text: string) => {
    send(text);
    // The button is gone now. On a phone, focus in the field would open the keyboard.
    if (matchMedia('(pointer: fine)').matches) draft.field.current?.focus();
  };
  const edit = (text: string) => {
    draft.write(text);
    draft.field.current?.focus();
  };

  return (
    <main class="chat">
      <Header session={props.session} />
      <Banners />
      <Thread key={thread} name={firstName(person)} onChoose={choose} onEdit={edit} />
      <p class="visually-hidden" role="status">
        {waitsForReply.value ? say('typing') : ''}
      </p>
      <Composer draft={draft} onSend={send} />
      {isDragging && (
        <div class="drop" aria-hidden="true">
          <p>{say('drop')}</p>
        </div>
      )}
    </main>
  );
}

function Banners() {
  const isLost = useSignal(false);
  const state = connection.value;
  useEffect(() => {
    if (state !== 'lost') {
      isLost.value = false;
      return;
    }
    const timer = setTimeout(() => {
      isLost.value = true;
    }, LOST_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <div role="status">
      {stopped.value ? (
        <p class="banner banner-danger">
          <span>{stopped.value}</span>
          <button type="button" class="button button-small" onClick={() => location.reload()}>
            {say('reload')}
          </button>
        </p>
      ) : (
        isLost.value && (
          <p class="banner banner-warn">
            <span class="spinner" aria-hidden="true" />
            <span>{say('lost')}</span>
          </p>
        )
      )}
    </div>
  );
}

/** True while files are dragged over the page. */
function useFileDrop(onDrop: (files: FileList) => void): boolean {
  const isOver = useSignal(false);
  const drop = useRef(onDrop);
  drop.current = onDrop;

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      isOver.value = true;
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) isOver.value = false;
    };
    const end = (event: DragEvent) => {
      isOver.value = false;
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      drop.current(event.dataTransfer.files);
    };
    const listeners = { dragover: over, dragleave: leave, drop: end };
    for (const [name, act] of Object.entries(listeners)) {
      document.addEventListener(name, act as EventListener);
    }
    return () => {
      for (const [name, act] of Object.entries(listeners)) {
        document.removeEventListener(name, act as EventListener);
      }
    };
  }, []);

  return isOver.value;
}

/** Words are kept in the browser; files that are not sent would be gone. */
function warnBeforeLosingFiles(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (pending.value.some((mine) => mine.files.length > 0)) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);
}

function firstName(person: { name: string; email: string }): string {
  return person.name === person.email ? '' : (person.name.split(' ')[0] ?? person.name);
}
