import { unescapeText } from './limits.ts';

const MARKUP = /<([^<>]*)>/g;

/**
 * What somebody wrote, without Slack's markup: addresses and links as they were typed, other people and channels by
 * name only, the bot not at all. Escapes are undone last and once, so that what was typed as `<@U1>` stays text.
 */
export function toPlainText(markup: string, botUserId: string): string {
  const words = markup.replace(MARKUP, (_whole, inside: string) => {
    const [target = '', label = ''] = inside.split('|', 2);
    if (target === `@${botUserId}`) return ' ';
    if (target.startsWith('@')) return label ? `@${label.replace(/^@/, '')}` : '@somebody';
    if (target.startsWith('#')) return `#${label || 'channel'}`;
    if (target.startsWith('!')) return label ? label : `@${target.slice(1).split('^')[0]}`;
    if (target.startsWith('mailto:')) return target.slice('mailto:'.length);
    if (target.startsWith('tel:')) return label || target.slice('tel:'.length);
    return !label || target.endsWith(label) ? target : `${label} (${target})`;
  });
  return unescapeText(words)
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
