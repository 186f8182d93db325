import type { Language } from '../language.ts';
import { button, type MailContent, text } from '../mail/content.ts';
import { sayName } from '../say-name.ts';
import type { Ticket } from '../ticket.ts';
import { sayMoment } from '../words.ts';
import { catalogue } from './catalogue.ts';
import de from './de/download.json' with { type: 'json' };
import { PAGE_LINK } from './delivery.ts';
import en from './en/download.json' with { type: 'json' };
import es from './es/download.json' with { type: 'json' };
import fr from './fr/download.json' with { type: 'json' };
import hi from './hi/download.json' with { type: 'json' };
import pt from './pt/download.json' with { type: 'json' };

/** What stands on the download page, by key: rendered by the server, and by the script that it works without. */
export const downloadPage = catalogue({ en, de, es, fr, pt, hi });

/** With the status of an export that is being built, to those who may have its links. */
export function watchBuilding(language: Language): string {
  return downloadPage(language, 'building.watch', { page: PAGE_LINK });
}

/** To a colleague with whom the page is shared. @param expiresAt null while the export is being built */
export function sharedWithYou(
  language: Language,
  ticket: Pick<Ticket, 'accountName' | 'requester'>,
  expiresAt: Date | null,
  pageUrl: string,
): MailContent {
  const name = sayName(ticket.requester.name);
  const account = sayName(ticket.accountName);
  return {
    subject: downloadPage(language, 'mail.subject', { name }),
    heading: downloadPage(language, 'mail.heading'),
    blocks: [
      text(
        expiresAt
          ? downloadPage(language, 'mail.intro', {
              name,
              account,
              until: sayMoment(expiresAt, language),
            })
          : downloadPage(language, 'mail.early', { name, account }),
      ),
      button(downloadPage(language, 'mail.open'), pageUrl),
      text(downloadPage(language, 'mail.yours')),
    ],
  };
}
