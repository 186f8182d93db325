import { catalogue } from './catalogue.ts';
import de from './de/chat-page.json' with { type: 'json' };
import en from './en/chat-page.json' with { type: 'json' };
import es from './es/chat-page.json' with { type: 'json' };
import fr from './fr/chat-page.json' with { type: 'json' };
import hi from './hi/chat-page.json' with { type: 'json' };
import pt from './pt/chat-page.json' with { type: 'json' };

/** What the page of the web chat says besides the messages. */
export const chatPage = catalogue({ en, de, es, fr, pt, hi });
