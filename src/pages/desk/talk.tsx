import { useEffect, useRef, useState } from 'preact/hooks';
import type { DeskElsewhere, DeskTalk, DeskTalkMessage } from '../../domain/desk-view.ts';
import { sayBytes } from '../../domain/words.ts';
import { callBack, reply, uploadUrl } from './api.ts';
import { loadAll } from './load.ts';
import { Panel } from './panel.tsx';
import { Scroll } from './scroll.tsx';
import { session } from './state.ts';
import { sentenceOf, toast } from './toast.tsx';
import { When } from './when.tsx';

/** The talk with the customer in the web chat, as they see it. */
export function Talk({ talk }: { talk: DeskTalk }) {
  const { thread } = talk;
  const box = useRef<HTMLElement>(null);
  const last = talk.messages.at(-1)?.id;

  useEffect(() => {
    box.current?.scrollTo(0, box.current.scrollHeight);
  }, [last]);

  return (
    <Panel title="Conversation" name="talk">
      {talk.humanSince && <Human thread={thread} since={talk.humanSince} />}
      <Scroll name="talk" label="Messages" box={box}>
        {talk.messages.map((message) => (
          <Message key={message.id} thread={thread} message={message} />
        ))}
        {talk.messages.length === 0 && <p class="muted">Nothing was said yet.</p>}
      </Scroll>
      {talk.mayReply && <ReplyBox thread={thread} />}
    </Panel>
  );
}

/** A talk in another service: where to answer, and how the bot gets it back. */
export function Elsewhere({ talk }: { talk: DeskElsewhere }) {
  const { thread, service, url, humanSince } = talk;
  return (
    <Panel title="Conversation" name="talk">
      {humanSince && <Human thread={thread} since={humanSince} />}
      <p class="muted">
        The customer writes in {service};{' '}
        {url ? (
          <a href={url} target="_blank" rel="noreferrer">
            answer them there
          </a>
        ) : (
          'answer them there'
        )}
        .
      </p>
    </Panel>
  );
}

export function Human({ thread, since }: { thread: string; since: string }) {
  return (
    <div class="banner banner-warn talk-human">
      <span>
        The bot is silent here; a person was called in <When at={since} exact={false} />.
      </span>
      <button
        type="button"
        class="button button-small"
        onClick={() => tell(() => callBack(thread))}
      >
        Give it back to the bot
      </button>
    </div>
  );
}

function Message({ thread, message }: { thread: string; message: DeskTalkMessage }) {
  const { author, name, text, uploads, hasLinksCsv, at } = message;
  return (
    <div class="message" data-author={author}>
      <p class="small muted message-head">
        <bdi>{author === 'bot' ? 'Waybill' : name}</bdi> · <When at={at} />
      </p>
      {text && (
        <p class="message-text" dir="auto">
          {text}
        </p>
      )}
      {hasLinksCsv && <p class="small message-file">With the links CSV</p>}
      {uploads.map((upload) => (
        <p class="small message-file" key={upload.id}>
          <a href={uploadUrl(thread, upload.id)} download>
            <bdi>{upload.name}</bdi>
          </a>{' '}
          ({sayBytes(upload.sizeBytes)})
        </p>
      ))}
    </div>
  );
}

function ReplyBox({ thread }: { thread: string }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (busy || text.trim() === '') return;
    setBusy(true);
    if (await tell(() => reply(thread, text))) setText('');
    setBusy(false);
  }

  return (
    <form class="reply" onSubmit={send}>
      <label for="reply">
        Answer as <bdi>{session.value?.agent}</bdi>
      </label>
      <textarea
        id="reply"
        class="input"
        rows={2}
        maxLength={10_000}
        dir="auto"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(event);
        }}
      />
      <button class="button" type="submit" aria-disabled={busy || text.trim() === ''}>
        Send
      </button>
    </form>
  );
}

/** Does something and says what came of it. */
async function tell(deed: () => Promise<{ message: string }>): Promise<boolean> {
  try {
    const { message } = await deed();
    toast('done', message);
    await loadAll();
    return true;
  } catch (error) {
    toast('problem', sentenceOf(error));
    return false;
  }
}
