import type { ExportView } from '../../domain/export-view.ts';
import { type Html, html } from '../../domain/html.ts';
import { howToCheck, howToOpen, sayAmount, sayMissing } from '../../domain/phrases/delivery.ts';
import { sayName } from '../../domain/say-name.ts';
import { sayBytes, sayCount, sayTime } from '../../domain/words.ts';

type File = ExportView['files'][number];

/** The download page of an export. */
export function exportPageHtml(view: ExportView, csvHref: string): { title: string; body: Html } {
  const { files, bytes } = view.coverage;
  const amount = sayAmount('en', { parts: files.total, bytes: bytes.total });
  return {
    title: `Data export of ${sayName(view.accountName)}`,
    body: html`<header>
<h1>Data export of <bdi>${sayName(view.accountName)}</bdi></h1>
<p class="muted">Request ${view.number}</p>
</header>
<section class="card" aria-labelledby="overview">
<h2 id="overview">${amount}</h2>
<dl class="facts">
<dt>The links work until</dt>
<dd><time datetime="${view.expiresAt.toISOString()}">${sayTime(view.expiresAt)}</time></dd>
<dt>Downloaded</dt>
<dd>${sayDownloaded(view)}</dd>
${view.missing > 0 ? html`<dt>Missing</dt>\n<dd>${sayMissing('en', view.missing)}</dd>` : null}
</dl>
<p>If you need more time, ask in the <a href="/">support chat</a> while the links still work.</p>
</section>
<section class="card" aria-labelledby="files">
<h2 id="files">Files</h2>
${fileTable(view.files)}
<p><a class="button" href="${csvHref}">All links as CSV</a></p>
</section>
<section class="card" aria-labelledby="open">
<h2 id="open">How to open the files</h2>
<ul class="steps">
<li>${howToOpen('en')}</li>
<li>If a download stops, begin it again: browsers and download tools go on where it stopped.</li>
<li>${howToCheck('en')}</li>
</ul>
</section>`,
  };
}

function sayDownloaded({ coverage: { files, bytes } }: ExportView): string {
  if (files.done === files.total) return 'Everything. Thank you!';
  if (bytes.done === 0) return 'Nothing yet';
  const left = sayBytes(bytes.total - bytes.done);
  return `${files.done.toLocaleString('en-GB')} of ${sayCount(files.total, 'ZIP file')}; ${left} left`;
}

function fileTable(files: readonly File[]): Html {
  return html`<table class="files">
<thead><tr><th scope="col">File</th><th scope="col">Size</th><th scope="col">State</th><th scope="col"><span class="visually-hidden">Download</span></th></tr></thead>
<tbody>
${files.map(fileRow)}</tbody>
</table>`;
}

const STATES = {
  all: html`<span class="badge badge-ok">Downloaded</span>`,
  some: html`<span class="badge badge-warn">In part</span>`,
  none: html`<span class="badge">Not yet</span>`,
} satisfies Record<File['done'], Html>;

/** What is still to be done stands out. */
function fileRow(file: File): Html {
  const emphasis = file.part !== null && file.done !== 'all' ? ' button-primary' : '';
  return html`<tr>
<td><span class="name"><bdi>${file.fileName}</bdi></span><br>
<span class="small muted">${file.content}</span>
<code class="sum">SHA-256 ${file.sha256}</code></td>
<td class="size">${sayBytes(file.sizeBytes)}</td>
<td>${STATES[file.done]}</td>
<td><a class="button button-small${emphasis}" href="${file.link}" aria-label="Download ${file.fileName}">Download</a></td>
</tr>
`;
}
