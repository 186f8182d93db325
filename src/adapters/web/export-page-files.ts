import type { FileView } from '../../domain/export-view.ts';
import { type Html, html } from '../../domain/html.ts';
import type { Language } from '../../domain/language.ts';
import { saySections } from '../../domain/options-words.ts';
import { sayFiles } from '../../domain/phrases/delivery.ts';
import { downloadPage as say } from '../../domain/phrases/download.ts';
import { sayBytes } from '../../domain/words.ts';

/** The files, each with a link that works without script. */
export function fileTable(language: Language, files: readonly FileView[]): Html {
  const head = (key: 'files.file' | 'files.size' | 'files.state') =>
    html`<th scope="col">${say(language, key)}</th>`;
  return html`<table class="files">
<thead><tr>${head('files.file')}${head('files.size')}${head('files.state')}<th scope="col"><span class="visually-hidden">${say(language, 'files.get')}</span></th></tr></thead>
<tbody>
${files.map((file) => fileRow(language, file))}</tbody>
</table>`;
}

/** What is still to be done stands out. */
function fileRow(language: Language, file: FileView): Html {
  const emphasis = file.kind === 'part' && file.done !== 'all' ? ' button-primary' : '';
  return html`<tr data-file="${file.fileName}">
<td><span class="name"><bdi>${file.fileName}</bdi></span><br>
<span class="small muted">${contentWords(language, file)}</span>
<code class="sum">SHA-256 ${file.sha256}</code></td>
<td class="size">${sayBytes(file.sizeBytes, language)}</td>
<td data-state>${stateBadge(language, file)}</td>
<td><a class="button button-small${emphasis}" href="${file.link}" download aria-label="${say(language, 'files.getThis', { file: file.fileName })}">${say(language, 'files.get')}</a></td>
</tr>
`;
}

const BADGES = { all: 'badge-ok', some: 'badge-warn', none: '' } as const;

function stateBadge(language: Language, { done, doneBytes, sizeBytes }: FileView): Html {
  const share = done === 'some' ? ` (${Math.floor((doneBytes / sizeBytes) * 100)} %)` : '';
  return html`<span class="badge ${BADGES[done]}">${say(language, `state.${done}`)}${share}</span>`;
}

/** What is in a file, in the reader's words. */
function contentWords(language: Language, { kind, section, holds, content }: FileView): string {
  if (kind !== 'part') return say(language, `small.${kind}`);
  if (!holds || !section) return content;
  const amount =
    section === 'data'
      ? [
          say(language, 'holds.tables', { count: holds.entries }),
          say(language, 'holds.rows', { count: holds.rows }),
        ]
      : [sayFiles(language, holds.entries)];
  const toOpen = holds.encrypted ? 'holds.encrypted' : holds.zip64 ? 'holds.zip64' : null;
  const words = [saySections(language, [section]), ...amount].join(', ');
  return toOpen ? `${words} (${say(language, toOpen)})` : words;
}
