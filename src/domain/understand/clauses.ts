/** Where a new thought begins: the end of a sentence, "also", or "and" before a question. */
const BREAK =
  /[.!?;]+(?=\s|$)|\n+|,?\s+(?:and )?also,?\s|,?\s+but\s|,?\s+and (?=(?:how|when|what|where|why|which|can|could|will|is|are|does|do|please|pls)\b)|,\s+(?=(?:how|when|what|where|why|which)\b)/;

const GREETING =
  /^(?:(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening|day)|greetings)(?: (?:there|team|all|everyone|support|sir|madam|folks|guys))?)\b(?!\s+(?:there|team|all|everyone|support|folks|guys)\b)[\s,!.:-]+(?=\w)/;

/** The thoughts of a message, in order. `folded` is lower case. */
export function clausesOf(folded: string): string[] {
  return folded
    .split(BREAK)
    .map((clause) => clause.trim().replace(GREETING, ''))
    .filter((clause) => clause !== '');
}
