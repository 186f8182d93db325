import { type Html, html } from '../../domain/html.ts';
import type { Fact } from '../../domain/options-words.ts';
import { sayName } from '../../domain/say-name.ts';
import { sayTime } from '../../domain/words.ts';

/** What the page shows of the export that can be stopped. */
export type StopView = {
  ticketNumber: number;
  accountName: string;
  requesterName: string;
  askedAt: Date;
  /** What is asked for. */
  options: Fact[];
  /** Why there is nothing left to be stopped, or that it is stopped now; null while it can be stopped. */
  over: string | null;
};

type Page = { title: string; body: Html };

export function stopPageHtml(view: StopView): Page {
  const title = view.over ? 'Data export' : 'Stop this data export?';
  return {
    title,
    body: html`<section class="card sheet-narrow">
<h1>${title}</h1>
${view.over ? html`<p class="lead" role="status">${view.over}</p>` : null}
<dl class="facts">
<dt>Account</dt>
<dd><bdi>${sayName(view.accountName)}</bdi></dd>
<dt>Requested by</dt>
<dd><bdi>${sayName(view.requesterName)}</bdi></dd>
<dt>When</dt>
<dd><time datetime="${view.askedAt.toISOString()}">${sayTime(view.askedAt)}</time></dd>
<dt>Request</dt>
<dd>${view.ticketNumber}</dd>
${view.options.map(({ label, value }) => html`<dt>${label}</dt>\n<dd><bdi>${value}</bdi></dd>\n`)}</dl>
${view.over ? null : form()}
</section>`,
  };
}

/** The form goes to the page's own address. */
function form(): Html {
  return html`<p>If you stop it, nothing is exported, links that were sent already no longer work, and the person who asked is told that you stopped it. If all is well, just close this page.</p>
<form method="post">
<button class="button button-danger button-primary">Stop this export</button>
</form>`;
}

export function stopRefusalHtml(reason: string): Page {
  const title = 'Nothing was stopped';
  return {
    title,
    body: html`<section class="card sheet-narrow">
<h1>${title}</h1>
<p>${reason}</p>
</section>`,
  };
}
