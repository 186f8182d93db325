import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { ChatEntry } from '../../domain/chat-view.ts';
import { dayName, isSameDay } from '../shared/time.ts';
import { DownIcon } from './icons.tsx';
import { Message, Typing, UnsentMessage } from './message.tsx';
import { entries, hasEarlier, now, openChoicesAfterId, unsent, waitsForReply } from './state.ts';
import { showEarlier } from './talk.ts';
import { Welcome } from './welcome.tsx';
import { locale, say } from './words.ts';

const ROW_GAP_MS = 5 * 60_000;
const NEAR_END_PX = 80;

type ThreadProps = {
  name: string;
  onChoose: (text: string) => void;
  onEdit: (text: string) => void;
};

/** The messages, oldest first. Stays at the end while the reader is there. */
export function Thread(props: ThreadProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const hasNews = useSignal(false);
  const all = entries.value;
  const mine = unsent.value;
  const isEmpty = all.length === 0 && mine.length === 0;

  const empty = useRef(isEmpty);
  empty.current = isEmpty;

  /** A greeting is read from its beginning. */
  const toEnd = () => {
    const box = scroller.current;
    box?.scrollTo({ top: empty.current ? 0 : box.scrollHeight });
    hasNews.value = false;
  };

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd.current) hasNews.value = false;
  };

  useEffect(() => {
    const sizes = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    for (const box of [scroller.current, content.current]) if (box) sizes.observe(box);
    return () => sizes.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (atEnd.current || mine.length > 0) toEnd();
    else hasNews.value = true;
  }, [all.at(-1)?.id, mine.length]);

  return (
    <div class="thread-frame">
      <div
        class="thread"
        ref={scroller}
        onScroll={onScroll}
        role="log"
        aria-label={say('conversation')}
        aria-live="polite"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the thread cannot be scrolled by keyboard
        tabIndex={0}
      >
        <div class="thread-content" ref={content}>
          {hasEarlier.value && (
            <button type="button" class="button button-small" onClick={() => showEarlier()}>
              {say('earlier')}
            </button>
          )}
          {isEmpty && <Welcome name={props.name} onChoose={props.onChoose} />}
          {all.map((entry, index) => (
            <Row
              key={entry.id}
              entry={entry}
              before={all[index - 1]}
              after={all[index + 1]}
              onChoose={props.onChoose}
            />
          ))}
          {mine.map((one) => (
            <UnsentMessage key={one.clientKey} mine={one} onEdit={props.onEdit} />
          ))}
          {waitsForReply.value && <Typing />}
        </div>
      </div>
      {hasNews.value && (
        <button type="button" class="button button-small news" onClick={toEnd}>
          <DownIcon /> {say('newMessages')}
        </button>
      )}
    </div>
  );
}

function Row(props: {
  entry: ChatEntry;
  before: ChatEntry | undefined;
  after: ChatEntry | undefined;
  onChoose: (text: string) => void;
}) {
  const { entry, before, after } = props;
  const at = new Date(entry.at);
  const isNewDay = !before || !isSameDay(new Date(before.at), at);
  const isOpen = entry.choices.length > 0 && entry.id > openChoicesAfterId.value;
  return (
    <Fragment>
      {isNewDay && (
        <p class="day">
          <span>{dayName(at, now.value, dayWords())}</span>
        </p>
      )}
      <Message
        entry={entry}
        isFirst={isNewDay || !inOneRow(before, entry)}
        isLast={!after || !inOneRow(entry, after) || isOpen}
      />
      {isOpen && (
        <fieldset class="plain-group choices">
          <legend class="visually-hidden">{say('answers')}</legend>
          {entry.choices.map((choice) => (
            <button
              key={choice.label}
              type="button"
              class="choice"
              dir="auto"
              onClick={() => props.onChoose(choice.text)}
            >
              {choice.label}
            </button>
          ))}
        </fieldset>
      )}
    </Fragment>
  );
}

function dayWords() {
  return { today: say('today'), yesterday: say('yesterday'), locale: locale.value };
}

function inOneRow(one: ChatEntry | undefined, next: ChatEntry): boolean {
  if (one?.author !== next.author || one.name !== next.name) return false;
  const [from, to] = [new Date(one.at), new Date(next.at)];
  return isSameDay(from, to) && to.getTime() - from.getTime() < ROW_GAP_MS;
}
