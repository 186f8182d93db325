import { useEffect, useMemo } from 'preact/hooks';
import { sayBytes } from '../../domain/words.ts';
import { CloseIcon, FileIcon } from './icons.tsx';
import { language, say } from './words.ts';

/** The files that go with the next message. */
export function FileTray(props: { files: File[]; onRemove: (file: File) => void }) {
  if (props.files.length === 0) return null;
  return (
    <ul class="plain-list tray" aria-label={say('filesToSend')}>
      {props.files.map((file, index) => (
        <li key={`${index} ${file.name}`} class="chip">
          {file.type.startsWith('image/') ? <Preview file={file} /> : <FileIcon />}
          <span class="chip-words">
            <span class="chip-name" dir="auto">
              {file.name}
            </span>
            <span class="chip-detail">{sayBytes(file.size, language.value)}</span>
          </span>
          <button
            type="button"
            class="chip-remove"
            aria-label={say('removeFile', { name: file.name })}
            onClick={() => props.onRemove(file)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Preview(props: { file: File }) {
  const url = useMemo(() => URL.createObjectURL(props.file), [props.file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return <img class="chip-picture" src={url} alt="" />;
}
