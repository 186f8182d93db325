import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isLanguage, type Language } from '../../../domain/language.ts';

const Id = z.union([z.string().min(1).max(64), z.number().int().transform(String)]);
const Contact = z.object({ id: Id });
const MAX_VALUES = 200;
const Value = z.union([z.string().max(4_000), z.array(z.string().max(200)).max(MAX_VALUES)]);

/** What Intercom posts for a card (developers.intercom.com, "Canvas Kit"); `app_id` is the older name. */
const Request = z.object({
  workspace_id: z.string().nullish(),
  app_id: z.string().nullish(),
  admin: z.unknown().optional(),
  contact: Contact.nullish().catch(null),
  customer: Contact.nullish().catch(null),
  user: Contact.nullish().catch(null),
  component_id: z.string().max(200).nullish(),
  input_values: z.record(z.string(), z.unknown()).nullish().catch(null),
  context: z
    .object({
      locale: z.string().nullish(),
      location: z.string().nullish(),
      conversation_id: Id.nullish().catch(null),
    })
    .nullish()
    .catch(null),
  conversation: z.object({ id: Id }).nullish().catch(null),
});

/** A card that somebody looks at or uses. */
export type CardRequest = {
  appId: string | null;
  /** Who looks at it; null while a teammate puts it somewhere. */
  contactId: string | null;
  language: Language;
  /** The conversation in which it stands; null on the start page of the Messenger. */
  conversationId: string | null;
  /** The button that was pressed. */
  pressed: string | null;
  values: Record<string, string | string[]>;
};

/** Reads what Intercom posted; null when it is nothing of a card. */
export function readCardRequest(body: unknown): CardRequest | null {
  const parsed = Request.safeParse(body);
  if (!parsed.success) return null;
  const { data } = parsed;
  const contact = data.contact ?? data.customer ?? data.user;
  return {
    appId: data.workspace_id ?? data.app_id ?? null,
    // A teammate who looks at a customer's card is not that customer.
    contactId: data.admin ? null : (contact?.id ?? null),
    language: languageOf(data.context?.locale),
    conversationId: data.context?.conversation_id ?? data.conversation?.id ?? null,
    pressed: data.component_id ?? null,
    values: valuesOf(data.input_values ?? {}),
  };
}

function languageOf(locale: string | null | undefined): Language {
  const word = locale?.slice(0, 2).toLowerCase();
  // Who reads Hindi in Devanagari may not read it in Latin script.
  return word !== 'hi' && isLanguage(word) ? word : 'en';
}

function valuesOf(given: Record<string, unknown>): CardRequest['values'] {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const parsed = Value.safeParse(value);
      return parsed.success ? [[name, parsed.data]] : [];
    }),
  );
}

/**
 * Whether Intercom signed these bytes for a card: the hex HMAC-SHA256 of the body, with the app's client secret, in
 * `X-Body-Signature` (developers.intercom.com, "Canvas Kit", signing). Compared in constant time.
 */
export function isCardSigned(
  clientSecret: string,
  signature: string | string[] | undefined,
  body: Buffer,
): boolean {
  if (typeof signature !== 'string' || clientSecret === '') return false;
  const expected = Buffer.from(createHmac('sha256', clientSecret).update(body).digest('hex'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
