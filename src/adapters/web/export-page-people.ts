import type { ExportView, FetchView, ShareView } from '../../domain/export-view.ts';
import { type Html, html } from '../../domain/html.ts';
import type { Language } from '../../domain/language.ts';
import { downloadPage as say } from '../../domain/phrases/download.ts';
import { sayName } from '../../domain/say-name.ts';
import { sayBytes, sayTime } from '../../domain/words.ts';

/** Colleagues with a link of their own; only on the requester's page. */
export function shareCard(language: Language, shares: readonly ShareView[], action: Action): Html {
  return html`<section class="card" aria-labelledby="share">
<h2 id="share">${say(language, 'share.title')}</h2>
<p>${say(language, 'share.how')}</p>
${shares.length > 0 ? html`<ul class="plain-list people">${shares.map((share) => shareLine(language, share, action))}</ul>` : null}
<form class="form-line" method="post" action="${action('share')}">
<div class="field"><label for="address">${say(language, 'share.address')}</label>
<input class="input" id="address" name="address" type="email" autocomplete="off" maxlength="254" required></div>
<button class="button">${say(language, 'share.send')}</button>
</form>
</section>`;
}

/** Where a form of the page goes. */
export type Action = (name: 'share' | 'unshare' | 'more-time') => string;

function shareLine(language: Language, share: ShareView, action: Action): Html {
  const name = sayName(share.name);
  const who = html`<span><bdi>${name}</bdi>${name === share.email ? null : html` <span class="muted"><bdi>${share.email}</bdi></span>`}</span>`;
  if (share.gone) {
    return html`<li>${who} <span class="badge">${say(language, 'share.ended')}</span></li>\n`;
  }
  return html`<li>${who}
<form method="post" action="${action('unshare')}"><input type="hidden" name="share" value="${share.id}">
<button class="button button-small button-danger" aria-label="${say(language, 'share.endOf', { name })}">${say(language, 'share.end')}</button></form></li>
`;
}

/** Who fetched what, newest first. */
export function logCard(language: Language, { fetches }: ExportView): Html {
  return html`<section class="card" aria-labelledby="log">
<h2 id="log">${say(language, 'log.title')}</h2>
${
  fetches.length === 0
    ? html`<p class="muted">${say(language, 'log.none')}</p>`
    : html`<details><summary>${say(language, 'log.title')} (${fetches.length})</summary>
<ul class="plain-list log">${fetches.map((fetched) => logLine(language, fetched))}</ul>
</details>`
}
</section>`;
}

function logLine(
  language: Language,
  { at, fileName, bytes, from, userAgent, ...who }: FetchView,
): Html {
  const name = who.colleague ?? say(language, who.byCsv ? 'log.csv' : 'log.page');
  return html`<li><time datetime="${at.toISOString()}" data-local>${sayTime(at, language)}</time>
<span><strong><bdi>${name}</bdi></strong>, <bdi>${fileName}</bdi>, ${sayBytes(bytes, language)}</span>
<span class="small muted">${say(language, 'log.from')}: ${from} <bdi>${userAgent}</bdi></span></li>
`;
}
