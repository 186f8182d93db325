import type { ChatEntry, UploadEntry } from '../../domain/chat-view.ts';
import { langTag } from '../../domain/language.ts';
import { sayBytes } from '../../domain/words.ts';
import { clockTime, fullTime } from '../shared/time.ts';
import { DownloadIcon, FileIcon, Mark, TableIcon } from './icons.tsx';
import { discard, flush } from './outbox.ts';
import { initialsOf } from './people.ts';
import { PlainText } from './plain-text.tsx';
import type { PendingMessage } from './state.ts';
import { language, locale, say } from './words.ts';

/** A message that is stored. First and last are meant within a row of messages of one author. */
export function Message(props: { entry: ChatEntry; isFirst: boolean; isLast: boolean }) {
  const { entry, isFirst, isLast } = props;
  const at = new Date(entry.at);
  const who = { customer: say('you'), bot: 'Waybill', human: entry.name || say('heading') }[
    entry.author
  ];
  return (
    <div
      class={`message ${entry.author === 'customer' ? 'mine' : 'theirs'} ${isFirst ? 'first' : ''} ${isLast ? 'last' : ''}`}
    >
      {entry.author !== 'customer' && (
        <span class="message-face" aria-hidden="true">
          {isLast && (entry.author === 'bot' ? <Mark size={28} /> : <Face name={who} />)}
        </span>
      )}
      <div class="message-body">
        <p class={entry.author === 'human' && isFirst ? 'message-who' : 'visually-hidden'}>{who}</p>
        {entry.text && (
          <div class="bubble" lang={entry.language ? langTag(entry.language) : undefined}>
            <PlainText text={entry.text} />
          </div>
        )}
        {entry.uploads.map((upload) => (
          <UploadChip key={upload.id} upload={upload} />
        ))}
        {entry.attachment && <AttachmentChip {...entry.attachment} />}
        <time
          class={isLast ? 'message-time' : 'visually-hidden'}
          dateTime={entry.at}
          title={fullTime(at, locale.value)}
        >
          {clockTime(at, locale.value)}
        </time>
      </div>
    </div>
  );
}

/** An own message that the server does not have yet. */
export function UnsentMessage(props: { mine: PendingMessage; onEdit: (text: string) => void }) {
  const { mine } = props;
  return (
    <div class={`message mine last unsent unsent-${mine.state}`}>
      <div class="message-body">
        <p class="visually-hidden">{say('you')}</p>
        {mine.text && (
          <div class="bubble">
            <PlainText text={mine.text} />
          </div>
        )}
        {mine.files.map((file) => (
          <span key={file.name} class="chip">
            <FileIcon />
            <ChipWords name={file.name} detail={sayBytes(file.size, language.value)} />
          </span>
        ))}
        {mine.state === 'sending' ? (
          <p class="message-time">{say('sending')}</p>
        ) : (
          <div class="message-problem">
            <p>{mine.problem}</p>
            <div class="message-ways">
              {mine.state === 'waiting' ? (
                <button type="button" class="link-button" onClick={() => flush()}>
                  {say('tryNow')}
                </button>
              ) : (
                <button
                  type="button"
                  class="link-button"
                  onClick={() => {
                    discard(mine.clientKey);
                    props.onEdit(mine.text);
                  }}
                >
                  {say('edit')}
                </button>
              )}
              <button type="button" class="link-button" onClick={() => discard(mine.clientKey)}>
                {say('remove')}
              </button>
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

/** Shown while an answer is expected. */
export function Typing() {
  return (
    <div class="message theirs first last typing" aria-hidden="true">
      <span class="message-face">
        <Mark size={28} />
      </span>
      <div class="message-body">
        <div class="bubble">
          <i />
          <i />
          <i />
        </div>
      </div>
    </div>
  );
}

function Face(props: { name: string }) {
  return <span class="avatar">{initialsOf(props.name)}</span>;
}

function UploadChip(props: { upload: UploadEntry }) {
  const { name, href, sizeBytes, contentType } = props.upload;
  return (
    <a class="chip" href={href} download={name}>
      {contentType.startsWith('image/') ? (
        <img class="chip-picture" src={href} alt="" loading="lazy" />
      ) : (
        <FileIcon />
      )}
      <ChipWords name={name} detail={sayBytes(sizeBytes, language.value)} />
      <DownloadIcon />
    </a>
  );
}

function AttachmentChip(props: NonNullable<ChatEntry['attachment']>) {
  const isLinks = props.kind === 'links_csv';
  const request = String(props.ticketNumber);
  return (
    <a class="chip chip-links" href={props.href} download>
      {isLinks ? <TableIcon /> : <FileIcon />}
      <ChipWords
        name={say(isLinks ? 'yourLinks' : 'certificate')}
        detail={say(isLinks ? 'linksDetail' : 'certificateDetail', { request })}
      />
      <DownloadIcon />
    </a>
  );
}

function ChipWords(props: { name: string; detail: string }) {
  return (
    <span class="chip-words">
      <span class="chip-name" dir="auto">
        {props.name}
      </span>
      <span class="chip-detail">{props.detail}</span>
    </span>
  );
}
