import { catalogue } from './catalogue.ts';
import de from './de/card.json' with { type: 'json' };
import en from './en/card.json' with { type: 'json' };
import es from './es/card.json' with { type: 'json' };
import fr from './fr/card.json' with { type: 'json' };
import hi from './hi/card.json' with { type: 'json' };
import pt from './pt/card.json' with { type: 'json' };

/** What a customer's card says besides how a request stands. */
export const sayCard = catalogue({ en, de, es, fr, pt, hi });
