/** Words before which a new thought often begins; whether it does, the meaning of both sides decides. */
const JOINTS =
  'and|also|but|plus|then|or|und|aber|außerdem|ausserdem|dann|oder|sowie|y|e|pero|además|ademas|también|tambien|luego|o|et|mais|puis|ou|aussi|além|alem|também|depois|aur|lekin|phir|ya|saath';
const WEAK = new RegExp(
  String.raw`,\s+(?:(?:${JOINTS})\s+)?|\s+(?:${JOINTS})\s+|\s+-\s+|:\s+`,
  'giu',
);
const STRONG = /(?<=[.!?;])\s+|\n+/;
const MOST = 8;

/** The sentences and lines of a message, in order, as they were written. */
export function sentencesOf(text: string): string[] {
  return text
    .split(STRONG)
    .map((sentence) => sentence.trim())
    .filter(hasWords)
    .slice(0, MOST);
}

/** The ways in which a sentence can be two thoughts. */
export function halvesOf(sentence: string): [string, string][] {
  return [...sentence.matchAll(WEAK)]
    .map((joint): [string, string] => [
      sentence.slice(0, joint.index).trim(),
      sentence.slice(joint.index + joint[0].length).trim(),
    ])
    .filter(
      ([one, two]) =>
        hasWords(one) && hasWords(two) && !/^(?:no|not|keine?|sin|sans|sem|pas)\s+\S+$/i.test(two),
    )
    .slice(0, MOST);
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text);
}
