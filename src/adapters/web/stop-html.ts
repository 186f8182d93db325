import { type Html, html } from '../../domain/html.ts';
import type { Language } from '../../domain/language.ts';
import type { Fact } from '../../domain/options-words.ts';
import { stopPageWords } from '../../domain/phrases/stop.ts';
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

type Page = { language: Language; title: string; body: Html };

export function stopPageHtml(language: Language, view: StopView): Page {
  const words = stopPageWords(language);
  const title = view.over ? words.title : words.ask;
  return {
    language,
    title,
    body: html`<section class="card sheet-narrow">
<h1>${title}</h1>
${view.over ? html`<p class="lead" role="status">${view.over}</p>` : null}
<dl class="facts">
<dt>${words.account}</dt>
<dd><bdi>${sayName(view.accountName)}</bdi></dd>
<dt>${words.requestedBy}</dt>
<dd><bdi>${sayName(view.requesterName)}</bdi></dd>
<dt>${words.when}</dt>
<dd><time datetime="${view.askedAt.toISOString()}">${sayTime(view.askedAt, language)}</time></dd>
<dt>${words.request}</dt>
<dd>${view.ticketNumber}</dd>
${view.options.map(({ label, value }) => html`<dt>${label}</dt>\n<dd><bdi>${value}</bdi></dd>\n`)}</dl>
${view.over ? null : form(words)}
</section>`,
  };
}

/** The form goes to the page's own address. */
function form({ whatHappens, stop }: ReturnType<typeof stopPageWords>): Html {
  return html`<p>${whatHappens}</p>
<form method="post">
<button class="button button-danger button-primary">${stop}</button>
</form>`;
}

export function stopRefusalHtml(language: Language, reason: string): Page {
  const title = stopPageWords(language).refused;
  return {
    language,
    title,
    body: html`<section class="card sheet-narrow">
<h1>${title}</h1>
<p>${reason}</p>
</section>`,
  };
}
