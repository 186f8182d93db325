import { IS_HEAD, IS_LINK, IS_MODIFIER } from './job-words.ts';
import { fold, foldSame } from './normalise.ts';

const NOUN =
  '(?:jobs?|roles?|positions?|openings?|vacanc(?:y|ies)|postings?|requisitions?|stellen?|stellenanzeigen?|positionen|ausschreibung(?:en)?|vacantes?|puestos?|ofertas?|postes?|offres?|vagas?|cargos?|naukri|pad)';
const LIST = '([^.;:!?\\n"()]{2,140}?)';
const BEFORE = new RegExp(
  `\\b(?:only|just|for|from|of|about|limit it to|sirf|bas|nur|make it)\\s+(?:(?:the|our|these|those|this|my|die|der|den|fur|seul)\\s+)*(?:(?:two|three|four|following)\\s+)?(?!${NOUN}\\b)${LIST}\\s+(?:wali |wale |wala |ki |ke |ye |these |teen |do )*${NOUN}\\b`,
  'g',
);
const ALONE = new RegExp(
  `(?:^|[.!?,;\\n]\\s*|\\bthe\\s+)((?:[\\w+#./&-]+\\s+){1,5}?)${NOUN}\\b`,
  'g',
);
const AFTER = new RegExp(
  `\\b${NOUN}(?:\\s+(?:called|named|titled|with the title|namens|llamad[oa]s?|appelee?s?|chamad[oa]s?|is|are|was|were|war|ist|como|as))?\\s*(?:[:=]\\s*\\n?|\\s)(?:(?:the|der|die|den|de|del|la|el|las|los|da|do|du|des|d')\\s*)*([^.;!?\\n]{2,160}|(?:\\n?\\s*(?:\\d+[.)]|[-*•])\\s*[^\\n]{2,80})+)`,
  'g',
);
const QUOTED = /"([^"\n]{2,80})"/g;
/** Here the list of titles is over. */
const STOP =
  /[,;]?\s+(?:since|from|with|without|until|before|after|by|in|is|are|was|has|have|please|pls|only|to|too|at|on|that|which|who|instead|missing|applicants?|candidates?|resumes?|cvs?|data|dump|export|parts?|zips?|attachments?|between|seit|ab|mit|ohne|bis|vor|bitte|fehl\w*|kandidat\w*|desde|hasta|con|sin|por favor|antes|falta\w*|depuis|jusqu\S*|avec|sans|avant|svp|merci|manqu\w*|com|sem|ate|por|falta\w*|ka|ki|ke|ko|se|tak|chahiye|wal[aei]|export\w*|um|une|ein|one|\d\S*|and the rest|as csv|the rest|i|we|you)\b.*$/is;

/** Titles of jobs that a message names, in its own words or, where it holds a known title, in the ATS's. */
export function readJobs(text: string, known: readonly string[]): string[] {
  const found: string[] = [];
  const plain = ` ${words(text)} `;
  for (const title of known) {
    const wanted = words(title);
    if (wanted.includes(' ') && plain.includes(` ${wanted} `)) found.push(title);
  }
  const folded = foldSame(text);
  const saysJob = new RegExp(`\\b${NOUN}\\b`).test(folded);
  const quoted = [...text.matchAll(QUOTED)].map((match) => match[1] ?? '').filter(isTitle);
  if (quoted.length > 0 && (saysJob || quoted.some(hasHead))) return unique([...found, ...quoted]);
  const named = saysJob ? namedJobs(text, folded) : [];
  return withoutParts(unique([...found, ...named, ...headedBy(text)]));
}

/** What stands where the title of a job stands, beside "job" or "role". */
function namedJobs(text: string, folded: string): string[] {
  const found = (pattern: RegExp) =>
    [...folded.matchAll(pattern)].map((match) => {
      const list = match[1] ?? '';
      const at = match.index + match[0].indexOf(list);
      return text.slice(at, at + list.length);
    });
  const after = found(AFTER).map((list) => list.replace(STOP, ''));
  const before = [...found(BEFORE), ...found(ALONE)];
  return [...after, ...before]
    .flatMap(listed)
    .map((title) => withoutLead(tidy(title)))
    .filter((title) => isTitle(title) && looksLikeTitle(title));
}

/** "We want the Data Scientist" begins with what is wanted. */
function withoutLead(title: string): string {
  const parts = title.split(/\s+/);
  const begin = parts.findIndex((part) => isPart(part, false));
  return begin > 0 ? parts.slice(begin).join(' ') : title;
}

/** A title names a trade, or has a capital letter. */
function looksLikeTitle(title: string): boolean {
  return hasHead(title) || title.split(' ').some((word) => /^\p{Lu}/u.test(word));
}

/** Titles are compared by their words: case, accents and punctuation do not count. */
export function words(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim();
}

function hasHead(title: string): boolean {
  return words(title)
    .split(' ')
    .some((word) => isHead(word));
}

function isHead(word: string): boolean {
  return IS_HEAD.has(word) || IS_HEAD.has(word.replace(/s$/, ''));
}

/** Runs of words around a trade: "Senior Java Developer", "Analista de QA"; one word only beside another title. */
function headedBy(text: string): string[] {
  const pieces = text.split(/[,;:!?\n"]|\.(?=\s|$)|\s(?:and|und|y|et|e|aur|or|oder|o|ou|&|\+)\s/i);
  const runs = pieces.flatMap((piece) => runsOf(piece.trim().split(/\s+/)));
  const titles = runs.filter((title) => isTitle(title) && !NOBODY.test(fold(title)));
  const several = titles.length > 1 || LIMITED.test(fold(text));
  return titles.filter((title) => title.includes(' ') || (several && /^\p{Lu}/u.test(title)));
}

const LIMITED =
  /\b(only|just|nur|solo|so|seulement|uniquement|que|sirf|for|fur|para|pour|missing|not in|fehl\w*)\b/;
/** Whom people want to talk to. */
const NOBODY =
  /^(manager|agent|support agent|supervisor|assistant|admin|executive|partner|operator|representative|lead|head|director|owner|guard|host|caixa|chef|jefe|cadre|operador|agente|asesor|conseiller|consultant|berater|leiter)s?$/;

function runsOf(tokens: readonly string[]): string[] {
  const found: string[] = [];
  const fits = tokens.map((token, at) => (at === 0 ? isPart(token, true) : isPart(token, false)));
  for (let at = 0; at < tokens.length; at++) {
    if (!isHead(words(tokens[at] ?? ''))) continue;
    let from = at;
    while (from > 0 && fits[from - 1]) from--;
    let to = at + 1;
    while (
      to < tokens.length &&
      (fits[to] || (IS_LINK.has(fold(tokens[to] ?? '')) && fits[to + 1]))
    )
      to++;
    if (!OWNED.test(fold(tokens[from - 1] ?? ''))) found.push(tokens.slice(from, to).join(' '));
    at = to;
  }
  return found;
}

/** Our manager, their recruiter, I as HR manager: people, not jobs. */
const OWNED =
  /^(our|my|your|their|his|her|as|i'm|am|new|unser\w*|mein\w*|euer|eure|ihr\w*|nuestr[oa]|mi|su|notre|votre|mon|ma|noss[oa]|meu|minha|seu|sua|hamare|hamara|mera|mere|koi|a|an|ein|eine|einen|einem|un|une|una|um|uma|any|some|real|human)$/;

function isPart(token: string, isFirst: boolean): boolean {
  const plain = fold(token).replace(/[()]/g, '');
  if (NOT_IN_TITLE.test(plain)) return false;
  if (IS_MODIFIER.has(plain) || isHead(words(plain))) return true;
  return !isFirst && /^\(?\p{Lu}/u.test(token);
}

const NOT_IN_TITLE =
  /^(please|bitte|merci|gracias|hi|hello|hallo|dear|export|dump|only|just|the|nur|solo|so|all|alle|data|csv|zips?|gb|mb|cvs?|resumes?|attachments?|i|we|our|thanks|regards|wir|ich|hr|ats)$/;

/** "Engineer" is not meant as well where "QA Engineer" is. */
function withoutParts(titles: string[]): string[] {
  return titles.filter(
    (title) =>
      !titles.some((other) => other !== title && ` ${words(other)} `.includes(` ${words(title)} `)),
  );
}

function listed(titles: string): string[] {
  return titles.split(
    /\s*(?:,|;|&|\n|\s\/\s|\band\b|\bor\b|\bplus\b|\bund\b|\by\b|\bet\b|\be\b|\baur\b|\bsowie\b)\s*/i,
  );
}

function tidy(title: string): string {
  return title
    .replace(/^\s*(?:\d+[.)]|[-*•])\s*/, '')
    .replace(
      /^.*\b(?:only|just|for|from|of|about|sirf|bas|nur|für|export|limit it to|make it)\s+/i,
      '',
    )
    .replace(
      /^(?:(?:the|our|these|those|this|my|a|an|die|der|den|das|las|los|la|el|les|le|as|os|da|do|de|del|du|des|seul)\s+)+/i,
      '',
    )
    .replace(
      /\s+(?:please|pls|thanks|only|job|role|position|bitte|svp|alone|wali|wale|wala|ka|ki|ke|roles|jobs|ye|teen|bas)$/i,
      '',
    )
    .replace(/^["'\s]+|["'\s.]+$/g, '');
}

/** Words that stand before "jobs" without naming one. */
const NO_TITLE =
  /^(all|any|each|every|some|both|many|specific|certain|particular|multiple|several|different|open|closed|active|old|new|other|which|what|whole|entire|same|single|one|two|three|four|a|an|the|my|our|your|these|those|this|that|his|her|their|per|by|missing|only|just|wise|alle|jede|einzelne|bestimmte|todas|todos|toutes|tous|cada|chaque|por|pro|nach|saare|sab|har|kuch|is|are|of|for|from|no|not|we|i|need|want|those|last|few|kis|kaunse)$/;

function isTitle(title: string): boolean {
  const content = words(title)
    .split(' ')
    .filter((word) => word && !NO_TITLE.test(word));
  return content.length > 0 && content.length <= 7 && !NOT_A_JOB.test(words(title));
}

/** What is asked for "for all jobs" or "of the job" is content, not a title. */
const NOT_A_JOB =
  /(?:^|^\w+ )(resumes?|cvs?|candidates?|candidatos?|candidats?|kandidaten|data|daten|datos|dados|donnees|files?|attachments?|notes?|everything|export|dump|applicants?|descriptions?|jobs?|roles?|positions?|history|alerts?|wise|zips?|links?|csvs?|stellen?|vagas?|vacantes?|postes?|offres?|puestos?|sections?|fields?|organi[sz]ed|sorted|grouped|people|separate\w*|folders?)(?: |$)|^(and|or|support|team|agent|human|person|customer care|hr|admin|manager|head|supervisor|executive|your manager|office|it|account manager|customer success|support agent|real agent|lead|partner|assistant|data protection officer)$/;

function unique(titles: string[]): string[] {
  const seen = new Set<string>();
  return titles.filter((title) => !seen.has(words(title)) && seen.add(words(title)));
}
