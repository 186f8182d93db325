/** Numbers in words, in six languages without accents; "a week" is one, "a couple" two. */
const WORDS: Record<string, number> = {};
for (const [value, words] of [
  [
    1,
    'a an one another ein eine einen einer eines einem un una uno une um uma ek otra otro outra outro otros autre weitere weiteren',
  ],
  [2, 'two couple zwei dos deux dois duas do couple'],
  [3, 'three drei tres trois teen tin'],
  [4, 'four vier cuatro quatre quatro char chaar'],
  [5, 'five funf fuenf cinco cinq paanch panch'],
  [6, 'six sechs seis chhe chhah'],
  [7, 'seven sieben siete sept sete saat'],
  [8, 'eight acht ocho huit oito aath'],
  [9, 'nine neun nueve neuf nove nau'],
  [10, 'ten zehn diez dix dez das'],
  [12, 'twelve zwolf doce douze doze barah'],
  [14, 'fourteen vierzehn catorce quatorze chaudah'],
  [15, 'fifteen funfzehn quince quinze pandrah'],
  [20, 'twenty zwanzig veinte vingt vinte bees'],
  [24, 'twenty-four vierundzwanzig veinticuatro vingt-quatre'],
  [30, 'thirty dreissig dreisig treinta trente trinta tees'],
  [48, 'forty-eight achtundvierzig'],
] as const) {
  for (const word of words.split(' ')) WORDS[word] ??= value;
}

const IN_WORDS = Object.keys(WORDS).sort((a, b) => b.length - a.length);
export const NUMBER = `(?:\\d{1,4}(?:[.,]\\d+)?|${IN_WORDS.join('|')})`;

export function readNumber(text: string): number | null {
  const value = WORDS[text] ?? Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}
