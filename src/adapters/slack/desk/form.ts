import type { types } from '@slack/bolt';
import { z } from 'zod';
import { fitBlocks, LIMITS, option, paragraph, plainText, privateMetadata } from '../limits.ts';
import { FORMS, type Form } from './ids.ts';

/** What a form knows of where it came from. */
export type FormOrigin = { number: number; version: number };

const Origin = z.object({ number: z.number().int(), version: z.number().int() });

/** Every input has its block's name as action id too. */
export type Answers = Record<string, Record<string, unknown>>;

export function form(
  kind: Form,
  words: { title: string; submit: string },
  origin: FormOrigin,
  blocks: types.KnownBlock[],
): types.ModalView {
  return {
    type: 'modal',
    callback_id: FORMS[kind],
    title: plainText(words.title, LIMITS.viewTitle),
    submit: plainText(words.submit, LIMITS.viewTitle),
    close: plainText('Back', LIMITS.viewTitle),
    private_metadata: privateMetadata({ number: origin.number, version: origin.version }),
    blocks: fitBlocks(blocks, LIMITS.viewBlocks),
  };
}

/** A form that has been answered: only the sentence is left. */
export function saying(sentence: string): types.ModalView {
  return {
    type: 'modal',
    title: plainText('Waybill', LIMITS.viewTitle),
    close: plainText('Close', LIMITS.viewTitle),
    blocks: [paragraph(sentence)],
  };
}

/** What `form` put into the view; null when it is not ours. */
export function originOf(metadata: string): FormOrigin | null {
  try {
    return Origin.safeParse(JSON.parse(metadata)).data ?? null;
  } catch {
    return null;
  }
}

type Input = { block: string; label: string; hint?: string; optional?: boolean };

export function input(
  { block, label, hint, optional = false }: Input,
  element: types.InputBlockElement,
): types.InputBlock {
  return {
    type: 'input',
    block_id: block,
    label: plainText(label, LIMITS.label),
    optional,
    ...(hint && { hint: plainText(hint, LIMITS.label) }),
    element,
  };
}

export function textInput(
  about: Input,
  options: { initial?: string; max?: number; multiline?: boolean },
): types.InputBlock {
  return input(about, {
    type: 'plain_text_input',
    action_id: about.block,
    multiline: options.multiline ?? false,
    max_length: Math.min(options.max ?? LIMITS.input, LIMITS.input),
    ...(options.initial && { initial_value: options.initial }),
  });
}

export function radio(
  about: Input,
  choices: readonly { text: string; value: string }[],
  initial: string,
): types.InputBlock {
  const options = choices.map(({ text, value }) => option(text, value));
  const chosen = options.find(({ value }) => value === initial);
  return input(about, {
    type: 'radio_buttons',
    action_id: about.block,
    options,
    ...(chosen && { initial_option: chosen }),
  });
}

const Given = z.object({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});

/** The answer of one input as text: what was typed, the date, or the value that was chosen; null when empty. */
export function answerOf(answers: Answers, block: string): string | null {
  const given = Given.safeParse(answers[block]?.[block]).data;
  return given?.value ?? given?.selected_date ?? given?.selected_option?.value ?? null;
}

/** The values that were chosen of many. */
export function answersOf(answers: Answers, block: string): string[] {
  const given = Given.safeParse(answers[block]?.[block]).data;
  return (given?.selected_options ?? []).map(({ value }) => value);
}
