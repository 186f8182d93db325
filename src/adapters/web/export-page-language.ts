import type { FastifyRequest } from 'fastify';
import { isLanguage, type Language } from '../../domain/language.ts';

/** The language that a reader chose on the page, or null. */
export function chosenLanguage(request: FastifyRequest): Language | null {
  const { lang } = request.query as { lang?: unknown };
  return isLanguage(lang) ? lang : null;
}

/** The first of our languages that the reader's browser asks for (RFC 9110, section 12.5.4), or null. */
export function browserLanguage(request: FastifyRequest): Language | null {
  const wanted = (request.headers['accept-language'] ?? '')
    .slice(0, 200)
    .split(',')
    .map((item) => {
      const [tag = '', quality = ''] = item.trim().toLowerCase().split(';');
      const q = /^\s*q=([\d.]+)/.exec(quality)?.[1];
      return { language: tag.split('-')[0], q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { language } of wanted) if (isLanguage(language)) return language;
  return null;
}
