import { fold } from './understand/normalise.ts';

/** A yes in so many words, in any of the languages. */
const YES =
  /\b(yes|yep|yeah|yup|ya|sure|ok|okay|okey|k|go ahead|go for it|please do|do it|do so|proceed|confirm(ed|o|e|er|iere|ado|amos)?|i confirm|correct|right|exactly|perfect|agreed|absolutely|definitely|of course|fine|(looks|sounds) (good|great|fine|right)|all good|that('s| is) (it|right|fine|what i want|correct)|works for me|start|ja|jawohl|jo|klar|genau|gern|gerne|passt|stimmt|einverstanden|bestatig\w*|in ordnung|richtig|mach(t|en sie)? (das|es|mal|weiter)|los|si|claro|dale|adelante|vale|de acuerdo|correcto|perfecto|exacto|proced\w*|por supuesto|hagalo|asi es|bueno|oui|ouais|d'accord|allez-y|vas-y|parfait|exact|c'est (bon|ca|bien ca|correct)|bien sur|entendu|volontiers|lancez|sim|pode (ser|seguir|fazer|mandar|ir)|isso( mesmo)?|certo|perfeito|com certeza|confirmado|manda( ver)?|prossiga|beleza|haan|han|ha|haa|ji|hanji|theek|thik|bilkul|sahi|kar (do|dijiye|den)|kijiye|karo|chalega|aage badh\w*|manzoor|zaroor)\b|^\s*(y|👍|👌|✅|💯)/u;
const BUT =
  /\b(not|don't|do not|dont|never|wait|stop|nicht|kein\w*|warte|halt|no|nao|espera|ne|pas|attend\w*|nahi|nahin|mat|ruk\w*|if|wenn|falls|si vous|se voce|agar|maybe|perhaps|vielleicht|quizas|peut-etre|talvez|shayad)\b/;

/** Longer messages say more than yes. */
const MAX_WORDS = 25;

/**
 * True when somebody says yes in so many words. What cannot be undone asks for that beside the reading of the message,
 * which may be a guess.
 */
export function saysYes(text: string): boolean {
  const folded = fold(text);
  const words = folded.split(/\s+/).length;
  return words <= MAX_WORDS && YES.test(folded) && !BUT.test(folded);
}
