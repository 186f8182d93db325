import { createHash } from 'node:crypto';

/**
 * What Canvas Kit takes (developers.intercom.com, "Canvas Kit": canvas object and components). Nothing else in the
 * code knows these numbers. Only the size of the content and the options of a dropdown are Intercom's; the rest keeps a
 * card readable and far from that size.
 */
export const LIMITS = {
  /** `content` and `stored_data`, each. */
  contentBytes: 64 * 1024,
  dropdownOptions: { least: 2, most: 10 },
  text: 4_000,
  label: 200,
  optionText: 200,
  id: 200,
  checkboxOptions: 60,
  components: 60,
} as const;

type Action = { type: 'submit' } | { type: 'url'; url: string };
type Option = { type: 'option'; id: string; text: string };

/** The components that the card is made of. */
export type Component =
  | { type: 'text'; text: string; style: 'header' | 'paragraph' | 'muted' | 'error' }
  | { type: 'button'; id: string; label: string; style: ButtonStyle; action: Action }
  | { type: 'checkbox'; id: string; label: string; option: Option[]; value: string[] }
  | { type: 'dropdown'; id: string; label: string; options: Option[]; value?: string }
  | { type: 'divider' }
  | { type: 'spacer'; size: 's' };

type ButtonStyle = 'primary' | 'secondary' | 'link';

const MAX_KEY = 100;

/** Intercom shows nothing of an empty text. */
const NOTHING = '–';

/** A text that is short enough, cut between what a reader takes for one character. Never empty. */
export function fitText(text: string, max: number): string {
  const whole = text.toWellFormed();
  if (whole.trim() === '') return NOTHING;
  if (whole.length <= max) return whole;
  let begun = '';
  for (const { segment } of new Intl.Segmenter('en').segment(whole.slice(0, max + 64))) {
    if (begun.length + segment.length > max - 1) break;
    begun += segment;
  }
  return `${begun}…`;
}

/** A text as it is written: Canvas Kit reads `*bold*` and `[link](address)`, and words of others must not become links. */
export function text(
  words: string,
  style: (Component & { type: 'text' })['style'] = 'paragraph',
): Component {
  return { type: 'text', text: plain(fitText(words, LIMITS.text)), style };
}

function plain(words: string): string {
  return words.replaceAll('[', '［').replaceAll(']', '］').replaceAll('*', '∗');
}

/** A button that tells us that it was pressed. @throws RangeError when the id is too long: it is ours */
export function submit(id: string, label: string, style: ButtonStyle = 'secondary'): Component {
  return { ...button(id, label, style), action: { type: 'submit' } };
}

/** A button that opens a page. */
export function open(id: string, label: string, url: string): Component {
  return { ...button(id, label, 'primary'), action: { type: 'url', url } };
}

function button(id: string, label: string, style: ButtonStyle) {
  return { type: 'button' as const, id: own(id), label: fitText(label, LIMITS.label), style };
}

/** Boxes to tick; what does not fit is left out. */
export function checkbox(
  id: string,
  label: string,
  options: readonly { id: string; text: string }[],
  value: readonly string[],
): Component {
  const option = options.slice(0, LIMITS.checkboxOptions).map(asOption);
  const ticked = value.filter((one) => option.some((known) => known.id === one));
  return {
    type: 'checkbox',
    id: own(id),
    label: fitText(label, LIMITS.label),
    option,
    value: ticked,
  };
}

/** One of a few; what does not fit is left out. @throws RangeError with fewer than two options */
export function dropdown(
  id: string,
  label: string,
  all: readonly { id: string; text: string }[],
  value?: string,
): Component {
  const { least, most } = LIMITS.dropdownOptions;
  if (all.length < least) throw new RangeError(`A dropdown has at least ${least} options.`);
  const options = all.slice(0, most).map(asOption);
  const chosen = options.find((option) => option.id === value)?.id;
  return {
    type: 'dropdown',
    id: own(id),
    label: fitText(label, LIMITS.label),
    options,
    ...(chosen !== undefined && { value: chosen }),
  };
}

function asOption({ id, text: words }: { id: string; text: string }): Option {
  return { type: 'option', id: own(id), text: fitText(words, LIMITS.optionText) };
}

/** As many components as the content takes, from the first. */
export function content(components: readonly Component[]): { components: Component[] } {
  const kept = components.slice(0, LIMITS.components);
  while (kept.length > 1 && sizeOf(kept) > LIMITS.contentBytes) kept.pop();
  return { components: kept };
}

function sizeOf(components: readonly Component[]): number {
  return Buffer.byteLength(JSON.stringify({ components }));
}

/** An id of the ATS, which may be of any length, within an id of ours. */
export function keyOf(id: string): string {
  return id.length <= MAX_KEY ? id : createHash('sha256').update(id).digest('hex');
}

function own(id: string): string {
  if (id.length >= 1 && id.length <= LIMITS.id) return id;
  throw new RangeError(`This id has ${id.length} characters; 1 to ${LIMITS.id} are taken.`);
}
