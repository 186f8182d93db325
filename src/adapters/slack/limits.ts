import type { types } from '@slack/bolt';

type ActionsBlockElement = types.ActionsBlockElement;
type KnownBlock = types.KnownBlock;
type PlainTextElement = types.PlainTextElement;

/**
 * What Slack refuses to take, in characters or pieces (docs.slack.dev, Block Kit reference). Nothing else in the code
 * knows these numbers: whatever is shown goes through the functions below.
 */
export const LIMITS = {
  messageText: 39_000,
  messageBlocks: 50,
  viewBlocks: 100,
  text: 3_000,
  fields: 10,
  field: 2_000,
  header: 150,
  buttonText: 75,
  value: 2_000,
  id: 255,
  elements: 25,
  options: 100,
  optionText: 75,
  optionValue: 150,
  viewTitle: 24,
  label: 2_000,
  placeholder: 150,
  privateMetadata: 3_000,
  input: 3_000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

/** Slack refuses an empty text. */
const NOTHING = '–';

/** A text that is short enough, cut between what a reader takes for one character. Never empty. */
export function fitPlain(text: string, max: number): string {
  const whole = text.toWellFormed();
  if (whole.trim() === '') return NOTHING;
  return whole.length <= max ? whole : `${begin(whole, max - 1, (segment) => segment)}…`;
}

/** The same as mrkdwn: Slack's three control characters are escaped, and no escape is cut in two. */
export function fitEscaped(text: string, max: number): string {
  const whole = text.toWellFormed();
  if (whole.trim() === '') return NOTHING;
  const escaped = escapeText(whole);
  return escaped.length <= max ? escaped : `${begin(whole, max - 1, escapeText)}…`;
}

/** Words of others as they stand in a message: no mention, no link, no channel comes of them. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What `escapeText` made, as it was. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function begin(text: string, max: number, as: (segment: string) => string): string {
  let begun = '';
  for (const { segment } of new Intl.Segmenter('en').segment(text.slice(0, max + 64))) {
    const next = as(segment);
    if (begun.length + next.length > max) break;
    begun += next;
  }
  return begun;
}

export function plainText(text: string, max: number = LIMITS.text): PlainTextElement {
  return { type: 'plain_text', text: fitPlain(text, max), emoji: false };
}

export function header(text: string): KnownBlock {
  return { type: 'header', text: plainText(text, LIMITS.header) };
}

/** A paragraph as it is written, without markup. */
export function paragraph(text: string): KnownBlock {
  return { type: 'section', text: plainText(text) };
}

/** A label in bold with what it says below, in two columns; ten to a block. */
export function facts(pairs: readonly { label: string; value: string }[]): KnownBlock[] {
  const fields = pairs.map(({ label, value }) => {
    const title = `*${fitEscaped(label, LIMITS.viewTitle * 2)}*\n`;
    const text = title + fitEscaped(isolated(value), LIMITS.field - title.length);
    return { type: 'mrkdwn' as const, text, verbatim: true };
  });
  return chunks(fields, LIMITS.fields).map((some) => ({ type: 'section', fields: some }));
}

/** Small grey text; `markup` is ours, with every foreign word in it escaped. */
export function small(markup: string): KnownBlock {
  const text = markup.length > LIMITS.text ? fitPlain(markup, LIMITS.text) : markup;
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

/** Lines of our markup, each short, in as few blocks as they need. */
export function lines(markups: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const markup of markups) {
    const together = texts.length > 0 ? `${texts.at(-1)}\n${markup}` : markup;
    if (texts.length > 0 && together.length <= LIMITS.text) texts[texts.length - 1] = together;
    else texts.push(fitPlain(markup, LIMITS.text));
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }));
}

/** Buttons and menus, as many rows as they need. */
export function rows(elements: readonly ActionsBlockElement[]): KnownBlock[] {
  return chunks(elements, LIMITS.elements).map((some) => ({ type: 'actions', elements: some }));
}

/**
 * @throws RangeError when id or value are too long: they are ours, and cutting them would change what they mean.
 */
export function button(
  actionId: string,
  text: string,
  value: string,
  style?: 'primary' | 'danger',
  sure?: types.ConfirmationDialog,
): ActionsBlockElement {
  return {
    type: 'button',
    action_id: within(actionId, LIMITS.id, 'action id'),
    text: plainText(text, LIMITS.buttonText),
    value: within(value, LIMITS.value, 'button value'),
    ...(style && { style }),
    ...(sure && { confirm: sure }),
  };
}

/** Slack's own question before a button does what it says; `yes` is what it says. */
export function areYouSure(title: string, text: string, yes: string): types.ConfirmationDialog {
  return {
    title: plainText(title, LIMITS.confirmTitle),
    text: plainText(text, LIMITS.confirmText),
    confirm: plainText(yes, LIMITS.confirmButton),
    deny: plainText('Back', LIMITS.confirmButton),
  };
}

/** One line of a menu. @throws RangeError when the value is too long */
export function option(text: string, value: string): types.PlainTextOption {
  return {
    text: plainText(text, LIMITS.optionText),
    value: within(value, LIMITS.optionValue, 'option value'),
  };
}

/** As many options as a menu takes. */
export function fitOptions<T>(options: readonly T[]): T[] {
  return options.slice(0, LIMITS.options);
}

/** As many blocks as fit; the last one then says how many do not. */
export function fitBlocks(
  blocks: readonly KnownBlock[],
  max: number = LIMITS.messageBlocks,
): KnownBlock[] {
  if (blocks.length <= max) return [...blocks];
  const left = blocks.length - max + 1;
  return [...blocks.slice(0, max - 1), small(`${left} more lines do not fit here.`)];
}

/** What a view has to know when it comes back. @throws RangeError when it is too much */
export function privateMetadata(known: object): string {
  return within(JSON.stringify(known), LIMITS.privateMetadata, 'private metadata');
}

function within(text: string, max: number, what: string): string {
  if (text.length >= 1 && text.length <= max) return text;
  throw new RangeError(`This ${what} has ${text.length} characters; Slack takes 1 to ${max}.`);
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, place) =>
    all.slice(place * size, (place + 1) * size),
  );
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Words from right to left leave the order of what stands around them alone (Unicode UAX #9). */
function isolated(value: string): string {
  return RIGHT_TO_LEFT.test(value) && !value.startsWith('\u2068') ? `\u2068${value}\u2069` : value;
}
