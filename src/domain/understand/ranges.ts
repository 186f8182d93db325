import { addDays } from 'date-fns/addDays';
import { addMonths } from 'date-fns/addMonths';
import { addYears } from 'date-fns/addYears';
import {
  DATE,
  daysLater,
  firstDay,
  isoDay,
  lastDay,
  MONTH,
  OF,
  readDate,
  YEAR,
} from './date-words.ts';
import { foldSame } from './normalise.ts';
import { NUMBER, readNumber } from './numbers.ts';

/** Days, ISO, both ends included; null is an open end. */
export type DateRange = { text: string; from: string | null; to: string | null };

const THE_YEAR =
  "(?:(?:the |in )?year |(?:im |das )?jahr |(?:el |del )?ano |l'annee |annee |(?:do |o )?ano de |saal )?";
const END = '(?:(?:the )?end of |ende |finales de |fin de |(?:la )?fin |(?:o )?fim de |final de )';
const ONE = `((?:the |dem |den |el |le |du |o |${END})?${THE_YEAR}${DATE})`;

const BETWEEN = new RegExp(
  `\\b(?:between |from |zwischen |vom |von |ab |entre |desde |del |de |du |das )?(?:dem |el |le |o )?(${THE_YEAR}${DATE})\\s*(?:-|\\band\\b|\\bto\\b|\\buntil\\b|\\btill\\b|\\bthrough\\b|\\bbis(?: zum)?\\b|\\bund\\b|\\by\\b|\\bal?\\b|\\bhasta\\b|\\bet\\b|\\bau\\b|\\bjusqu'?(?:a|en)?\\b|\\be\\b|\\bate\\b|\\bao\\b|\\bse\\b|\\baur\\b)\\s*(?:dem |el |le |o )?(${DATE})(?: tak| ke beech| ke bich)?`,
);
const SINCE = new RegExp(
  `\\b(?:since|from|after|starting(?: in| from| with)?|newer than|as of|ab|seit|nach|a partir d[eou]l?|a partir|desde|despues d[eo]l?|posterior(?:es)? a|depuis|apres|a compter d[eu]|depois d[eo]|apos)\\s+${ONE}(?: on(?:wards?)?\\b)?`,
);
const SINCE_AFTER = new RegExp(
  `\\b(${DATE})\\s*(?:se ab tak|se aaj tak|se abhi tak|ke baad|onwards?|se lekar|se)\\b`,
);
const UNTIL = new RegExp(
  `\\b(?:until|till|up to|before|older than|prior to|through|bis(?: zum)?|vor|hasta|antes d[eo]l?|anterior(?:es)? a|avant|jusqu'?(?:a|en|au)?|ate|antes d[eo])\\s+${ONE}`,
);
const UNTIL_AFTER = new RegExp(`\\b(${DATE})\\s*(?:tak|se pehle|ke pehle|se pahle)\\b`);
const WITHIN = new RegExp(
  `\\b(?:(?:in|of|during|for|only|just|im|aus|nur|von|en|durante|solo|solamente|de|del|em|somente|apenas|so|pour|seulement|uniquement|que|sirf|bas)\\s+(?:the |den |el |la |l')?)(${THE_YEAR}${DATE})\\b|(${DATE})\\s+(?:only|ka|ki|ke)\\b|\\b((?:das jahr|el ano|l'annee|o ano de|o ano|the year)\\s+${DATE})`,
);
const UNITS =
  '(years?|months?|weeks?|days?|jahre?n?|monate?n?|wochen?|tage?n?|anos?|mes(?:es)?|semanas?|dias?|annees?|ans?|mois|semaines?|jours?|saal|sal|mahin[aeo]n?|haft[aeo]n?|din)';
const LAST = new RegExp(
  `\\b(?:last|past|previous|letzte[nrs]?|vergangene[nrs]?|ultim[oa]s?|derniere?s?|pichl[aeio]n?)\\s+(?:(${NUMBER})\\s+)?${UNITS}\\b|\\b(${NUMBER})\\s+(?:derniere?s?|ultim[oa]s?)\\s+${UNITS}\\b`,
);

/** The dates that a message limits itself to; null when it does not. */
/** "between May and August 2023": the year counts for both. */
const MONTHS_OF_YEAR = new RegExp(
  `\\b(?:between|from|zwischen|von|entre|de|desde|du)\\s+(${MONTH})\\s+(?:and|to|till|until|und|bis|y|a|hasta|et|e|ate|au?)\\s+(${MONTH}${OF}(${YEAR}))`,
);

export function readRange(text: string, now: Date | undefined): DateRange | null {
  const folded = foldSame(text);
  return (
    betweenMonths(text, folded) ??
    between(text, folded) ??
    since(text, folded) ??
    until(text, folded, now) ??
    last(text, folded, now) ??
    within(text, folded)
  );
}

function betweenMonths(text: string, folded: string): DateRange | null {
  const match = MONTHS_OF_YEAR.exec(folded);
  const [from, to] = [
    match && readDate(`${match[1]} ${match[3]}`),
    match?.[2] && readDate(match[2]),
  ];
  return match && from && to ? rangeOf(text, match, firstDay(from), lastDay(to)) : null;
}

function between(text: string, folded: string): DateRange | null {
  const match = BETWEEN.exec(folded);
  const [from, to] = [match?.[1] && readDate(match[1]), match?.[2] && readDate(match[2])];
  return match && from && to ? rangeOf(text, match, firstDay(from), lastDay(to)) : null;
}

function since(text: string, folded: string): DateRange | null {
  const match = SINCE.exec(folded) ?? SINCE_AFTER.exec(folded);
  const date = match?.[1] && readDate(match[1]);
  if (!match || !date) return null;
  const isAfter = /^(after|newer|nach|despues|posterior|apres|depois|apos)|ke baad/.test(match[0]);
  const isStrict = /^(after|newer)/.test(match[0]);
  // "after 2020" begins with 2021; who names a day mostly counts it in.
  const from =
    isAfter && (date.day === null || isStrict) ? daysLater(lastDay(date), 1) : firstDay(date);
  return rangeOf(text, match, from, null);
}

/** "until 2020" limits the data; "until" a day to come is a deadline. */
function until(text: string, folded: string, now: Date | undefined): DateRange | null {
  const match = UNTIL.exec(folded) ?? UNTIL_AFTER.exec(folded);
  const date = match?.[1] && readDate(match[1]);
  if (!match || !date) return null;
  const isEnd = new RegExp(`^.*${END}`).test(match[0]);
  const isBefore =
    !isEnd && /^(before|older|prior|vor|antes|anterior|avant)|pehle|pahle/.test(match[0]);
  const to = isBefore ? daysLater(firstDay(date), -1) : lastDay(date);
  if (now && to && to >= isoDay(now)) return null;
  return rangeOf(text, match, null, to);
}

function last(text: string, folded: string, now: Date | undefined): DateRange | null {
  const match = LAST.exec(folded);
  if (!match || !now) return null;
  const count = readNumber(match[1] ?? match[3] ?? '1') ?? 1;
  const unit = match[2] ?? match[4] ?? '';
  const from =
    /^(y|j|an|sa)/.test(unit) && !/^jour/.test(unit)
      ? addYears(now, -count)
      : /^m/.test(unit)
        ? addMonths(now, -count)
        : addDays(now, -count * (/^(w|se|h)/.test(unit) ? 7 : 1));
  return rangeOf(text, match, isoDay(from), null);
}

function within(text: string, folded: string): DateRange | null {
  const match = WITHIN.exec(folded);
  const words = match?.[1] ?? match?.[2] ?? match?.[3];
  const date = words && readDate(words);
  if (!match || !date) return null;
  const at = match.index + match[0].indexOf(words);
  return {
    text: text.slice(at, at + words.length).trim(),
    from: firstDay(date),
    to: lastDay(date),
  };
}

function rangeOf(
  text: string,
  match: RegExpExecArray,
  from: string | null,
  to: string | null,
): DateRange | null {
  if (from === null && to === null) return null;
  return { text: text.slice(match.index, match.index + match[0].length).trim(), from, to };
}
