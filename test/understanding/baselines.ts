import type { Example } from '../../src/domain/understand/examples.ts';
import { INTENTS, type Intent } from '../../src/domain/understand/intents.ts';
import type { Reader } from './score.ts';

/** What one would type in an afternoon: a few words for every intent, the first that fits. */
const KEYWORDS: [Intent, RegExp][] = [
  ['talk_to_human', /human|agent|mensch|humano|humain|insaan|call me/i],
  ['cancel_request', /cancel|stornier|annul|cancela/i],
  [
    'migrate_to_new_account',
    /migrat|new account|neues konto|cuenta nueva|nouveau compte|conta nova/i,
  ],
  ['temporary_access_request', /temporary|log ?in|zugang|acceso|accès|acesso/i],
  ['invoice_pending_question', /invoice|payment|rechnung|factura|facture|fatura/i],
  ['duplicate_resumes_question', /duplicat|doppelt|duplicad|doublon|twice/i],
  ['zip_wont_open', /(zip|archive?).*(open|corrupt|öffnen|abr|ouvr)|corrupt/i],
  ['resend_csv', /(resend|lost|again).*csv|csv.*(lost|again|missing)/i],
  ['link_expired', /expired|abgelaufen|caducad|expiré|expirou|not working/i],
  ['request_extension', /extend|extension|more time|verlänger|ampliar|prolong|estender/i],
  ['validity_question', /how long.*(valid|links?)|valid|gültig|válid|valable/i],
  ['ask_eta', /when|how long|eta|wann|cuándo|quand|quando|kab/i],
  ['ask_status', /status|update|stand|estado|novedad|où en est|andamento/i],
  ['what_is_included', /includ|contain|enthalten|incluye|inclus|incluí/i],
  ['structured_fields_question', /fields|structured|felder|campos|champs/i],
  ['data_missing_or_incomplete', /missing|incomplete|fehlen|faltan|manque|faltam/i],
  ['extraction_help', /extract|unzip|entpacken|descomprimir|décompresser/i],
  ['account_already_closed', /closed|geschlossen|cerrada|fermé|fechada/i],
  ['request_custom_export', /only|password|parts|nur|solo|seulement|somente|sirf/i],
  ['request_export', /export|dump|backup|all (our )?data|daten|datos|données|dados/i],
  ['confirm_yes', /^(yes|ok|ja|sí|si|oui|sim|haan)/i],
  ['confirm_no', /^(no|nein|non|não|nahi)/i],
  ['smalltalk', /hello|hi\b|thanks|hallo|danke|hola|gracias|bonjour|merci|obrigad|namaste/i],
];

export const keywordMatcher: Reader = (text) => ({
  intents: [KEYWORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'],
});

/** Multinomial naive Bayes over the words of the same examples. */
export function bagOfWords(examples: readonly Example[]): Reader {
  const counts = new Map(INTENTS.map((intent) => [intent, new Map<string, number>()]));
  const totals = new Map<Intent, number>();
  const vocabulary = new Set<string>();
  for (const { text, intent } of examples) {
    for (const word of wordsOf(text)) {
      const own = counts.get(intent);
      own?.set(word, (own.get(word) ?? 0) + 1);
      totals.set(intent, (totals.get(intent) ?? 0) + 1);
      vocabulary.add(word);
    }
  }
  const score = (intent: Intent, words: readonly string[]) =>
    words.reduce((sum, word) => {
      const seen = (counts.get(intent)?.get(word) ?? 0) + 0.5;
      return sum + Math.log(seen / ((totals.get(intent) ?? 0) + 0.5 * vocabulary.size));
    }, 0);
  return (text) => {
    const words = wordsOf(text);
    const best = INTENTS.map((intent) => ({ intent, score: score(intent, words) })).sort(
      (a, b) => b.score - a.score,
    );
    return { intents: [best[0]?.intent ?? 'other'] };
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
