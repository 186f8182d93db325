import { foldSame } from './normalise.ts';
import { NUMBER, readNumber } from './numbers.ts';

const UNITS: readonly [RegExp, number][] = [
  [/^(h|hs|hrs?|hours?|std|stdn?|stunden?|horas?|heures?|ghant\w*)$/, 1],
  [/^(d|days?|tage?n?|dias?|jours?|din|dino|dinon|werktage?n?|journees?)$/, 24],
  [/^(w|wks?|weeks?|wochen?|semanas?|semaines?|haft\w*|saptah)$/, 168],
  [/^(fortnights?)$/, 336],
  [/^(months?|mths?|monate?n?|mes|meses|mois|mahin\w*|maheen\w*)$/, 720],
];
const UNIT =
  '(hours?|hrs?|(?<=\\d ?)hs?|std|stdn|stunden?|horas?|heures?|ghant[aeo]n?|days?|(?<=\\d ?)d|tage?n?|werktage?n?|dias?|jours?|journees?|din(?:on|o)?|weeks?|wks?|(?<=\\d ?)w|wochen?|semanas?|semaines?|haft[aeo]n?|saptah|fortnights?|months?|mths?|monate?n?|meses|mes|mois|mahin[aeo]n?|maheen[aeo])';
const MORE =
  '(?:\\s+(?:more|extra|additional|further|other|of|full|whole|business|working|calendar|weitere[nr]?|zusatzliche[nr]?|mehr|volle|mas|adicionales|extras?|otros|otras|de plus|supplementaires?|autres|mais|adicionais|a mais|outros|outras|aur|poore|pure))*';
const TO = '\\s*(?:-|to|or|bis|oder|a|o|ou|e|ya|se|y|et)\\s*';
const HALF = '(?:\\s+(?:and a half|y medio|y media|et demie?|e meio|e meia)|\\s*1/2|½)';
const DURATION = new RegExp(
  `(?<![\\w.,])(?:(${NUMBER})${TO})?(${NUMBER})(${HALF})?${MORE}\\s*-?\\s*${UNIT}\\b(${HALF})?(?! ago\\b| her\\b| pehle\\b| atras\\b)`,
  'g',
);
const PAST =
  /\b(?:vor|hace|il y a|faz|ha|since|seit|depuis|desde hace|for the last|last|past|letzten|ultim[oa]s|pichle)\s+(?:\w+\s+)?$/;

/** A length of time in hours; a day is 24, a week 168, a month 720, and of "3-4 days" the upper end counts. */
export function readDurationHours(text: string): number | null {
  const folded = foldSame(text);
  const special = readSpecial(folded);
  if (special !== null) return special;
  const found = [...folded.matchAll(DURATION)].flatMap((match) => {
    const [all, , amount, halfBefore, unit, halfAfter] = match;
    const before = folded.slice(0, match.index);
    const hours = UNITS.find(([pattern]) => pattern.test(unit ?? ''))?.[1];
    const value = readNumber(amount ?? '');
    // Portuguese "do mês" is no two months; Hindi "do mahine" is.
    const isArticle = amount === 'do' && !/^(din|haft|mah|ghant)/.test(unit ?? '');
    if (!hours || !value || isArticle || PAST.test(before)) return [];
    const half = halfBefore || halfAfter ? hours / 2 : 0;
    const after = folded.slice(match.index + all.length, match.index + all.length + 14);
    return [
      { hours: value * hours + half, isWish: WISH.test(`${all}${after}`) || WISHED.test(before) },
    ];
  });
  // "6 hours are not enough, 2 days more please": what is wished for counts, or else what is said last.
  return (found.find(({ isWish }) => isWish) ?? found.at(-1))?.hours ?? null;
}

const WISH =
  /\b(more|extra|additional|another|longer|mehr|weitere\w*|langer|mas|adicionales|otr[oa]s?|de plus|supplementaires?|autres?|a mais|aur|extension)\b/;
const WISHED =
  /\b(need|extend\w* (?:it |them )?(?:by|for)|brauchen?|um|mais|mas|\+|give us|me da|necesit\w+)\s*$/;

/** What has no number in front. */
function readSpecial(folded: string): number | null {
  if (
    /\bhalf an hour\b|\beine halbe stunde\b|\bmedia hora\b|\bune demi-heure\b|\bmeia hora\b|\baadha ghanta\b/.test(
      folded,
    )
  )
    return 0.5;
  if (
    /\bhalf a day\b|\beinen halben tag\b|\bmedio dia\b(?! a)|\bune demi-journee\b|\bmeio dia de\b|\baadha din\b/.test(
      folded,
    )
  )
    return 12;
  if (
    /\b(?:eineinhalb|anderthalb) (?:wochen|woche)\b|\bdedh hafta\b|\ba week and a half\b/.test(
      folded,
    )
  )
    return 252;
  if (
    /\b(?:eineinhalb|anderthalb) tage?\b|\bdedh din\b|\bdia y medio\b|\bjour et demi\b|\bdia e meio\b|\ba day and a half\b/.test(
      folded,
    )
  )
    return 36;
  if (/\bdhai din\b/.test(folded)) return 60;
  if (
    /\b(?:a |another )?fortnight\b|\b(?:une|autre) quinzaine\b|\b(?:uma|outra) quinzena\b|\b(?:una|otra) quincena\b/.test(
      folded,
    )
  )
    return 336;
  return null;
}
