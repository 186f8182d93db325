import { useLayoutEffect, useRef } from 'preact/hooks';
import { ACCEPTED_ENDINGS } from '../../domain/chat-file.ts';
import { cleanText } from '../../domain/chat-text.ts';
import { LIMITS } from '../../domain/chat-view.ts';
import { pastedFiles } from './chosen-files.ts';
import type { Draft } from './draft.ts';
import { FileTray } from './file-tray.tsx';
import { ClipIcon, SendIcon } from './icons.tsx';
import { sayUnclean } from './problems.ts';
import { say } from './words.ts';

/** From here on the number of characters is shown. */
const COUNT_FROM_CHARS = LIMITS.textChars - 500;

/** Where the customer writes. Enter sends, Shift and Enter begin a new line. */
export function Composer(props: { draft: Draft; onSend: (text: string, files: File[]) => void }) {
  const { text, files, problem, field } = props.draft;
  const picker = useRef<HTMLInputElement>(null);
  const isEmpty = text.value.trim() === '' && files.value.length === 0;

  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.blockSize = 'auto';
    box.style.blockSize = `${box.scrollHeight}px`;
  }, [text.value]);

  const submit = () => {
    if (isEmpty) return;
    const clean = cleanText(text.value);
    if (!clean.ok) {
      problem.value = sayUnclean(clean.code);
      return;
    }
    props.onSend(clean.text, files.value);
    props.draft.clear();
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter chooses the word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };

  const onPaste = (event: ClipboardEvent) => {
    const pasted = pastedFiles(event.clipboardData);
    if (pasted.length === 0) return;
    event.preventDefault();
    props.draft.attach(pasted);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p class="field-problem" role="alert">
        {problem.value}
      </p>
      <div class="composer-box">
        <FileTray files={files.value} onRemove={props.draft.detach} />
        <div class="composer-line">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            accept={ACCEPTED_ENDINGS.join(',')}
            onChange={(event) => {
              props.draft.attach(event.currentTarget.files ?? []);
              event.currentTarget.value = '';
              field.current?.focus();
            }}
          />
          <button
            type="button"
            class="button button-quiet button-icon"
            aria-label={say('attach')}
            title={say('attach')}
            onClick={() => picker.current?.click()}
          >
            <ClipIcon />
          </button>
          <textarea
            ref={field}
            class="composer-text"
            rows={1}
            dir="auto"
            aria-label={say('yourMessage')}
            aria-describedby="composer-hint"
            placeholder={say('write')}
            enterkeyhint="send"
            value={text.value}
            onInput={(event) => props.draft.write(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
          />
          <button
            type="submit"
            class="button button-primary button-icon composer-send"
            aria-label={say('send')}
            title={say('send')}
            aria-disabled={isEmpty}
          >
            <SendIcon />
          </button>
        </div>
      </div>
      <p class="composer-hint" id="composer-hint">
        <span class="composer-keys">{say('enterSends')}</span>
        {text.value.length > COUNT_FROM_CHARS && (
          <span class={text.value.length > LIMITS.textChars ? 'field-problem' : ''}>
            {say('characters', { chars: text.value.length, limit: LIMITS.textChars })}
          </span>
        )}
      </p>
    </form>
  );
}
