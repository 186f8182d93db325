import type { Language } from '../../src/domain/language.ts';
import type { MailContent } from '../../src/domain/mail/content.ts';
import { mailText } from '../../src/domain/mail/text.ts';

/** What a phrase function gave, as text. */
export function textOf(language: Language, said: unknown): string {
  if (typeof said === 'string') return said;
  if (isMail(said)) {
    const frame = { language, recipientName: 'Alice', chatUrl: 'https://x.example/' };
    return `${said.subject}\n${said.heading}\n${mailText(said, frame)}`;
  }
  if (Array.isArray(said)) return said.map((one) => textOf(language, one)).join(' | ');
  if (typeof said !== 'object' || said === null) return '';
  const parts = Object.values(said).map((one) => textOf(language, one));
  return parts.filter((part) => part !== '').join(' / ');
}

function isMail(said: unknown): said is MailContent {
  return typeof said === 'object' && said !== null && 'blocks' in said;
}
