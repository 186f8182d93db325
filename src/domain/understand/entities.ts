import { contentNamed, type Included } from './content-words.ts';
import { type Deadline, readDeadline } from './deadlines.ts';
import { readDurationHours } from './durations.ts';
import { readJobs } from './job-titles.ts';
import { foldSame } from './normalise.ts';
import { type DateRange, readRange } from './ranges.ts';
import { readPartSizeGb } from './sizes.ts';

/** What a message says beside its intent. What is not in the message is absent. */
export type Entities = {
  email?: string;
  /** Titles in the customer's words. */
  jobs?: string[];
  duration_hours?: number;
  deadline?: Deadline;
  part_size_gb?: number;
  include?: Included[];
  one_copy?: boolean;
  password?: boolean;
  range?: DateRange;
};

const EMAIL =
  /[\p{L}\p{N}](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+-])?@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}/iu;

const ONE_COPY = new RegExp(
  [
    String.raw`\b(?:one|1|a single|single|only one) cop(?:y|ies)\b|\bjust one copy\b|\b(?:no|without|w\/o) (?:any )?(?:duplicates?|dupes)\b|\bde-?dup`,
    String.raw`\b(?:each|every|per) (?:candidate|resume|cv|person|applicant|people|file)s? (?:only )?once\b|\bonce (?:each|per (?:candidate|person))\b|\bone (?:resume|cv|file) (?:per|for each|for every|each)\b|\bunique (?:resumes|cvs)\b|\b(?:resume|cv)s? (?:only|just) once\b`,
    String.raw`\bnur einfach\b|\bjeden? (?:cv|lebenslauf|kandidat\w*) (?:nur )?einmal\b|\bohne (?:duplikate|dubletten|doppelte)|\b(?:nur |jeweils |je )(?:eine|1) kopie\b|\b(?:eine|1) kopie (?:pro|je|von jede[mr])\b|\b(?:nur|jeweils) einmal\b|\b(?:ein|1) (?:lebenslauf|cv) (?:pro|je)\b|\bkeine (?:duplikate|doppelten|dubletten)|\bje (?:kandidat|bewerber|person) (?:nur )?(?:ein|einmal)`,
    String.raw`\bsin (?:duplicados|repetidos|repetir|copias repetidas)|\b(?:una|1) (?:sola|unica) copia\b|\b(?:una|1) copia (?:por|de cada)\b|\buna (?:sola|unica) vez\b|\bun (?:solo )?(?:cv|curriculum) por\b`,
    String.raw`\bsans (?:doublons?|duplicats?)|\bune seule copie\b|\bune copie (?:par|de chaque)\b|\bun seul exemplaire\b|\bun exemplaire par\b|\bune seule fois\b|\bun (?:seul )?cv par\b|\bdedoublonn`,
    String.raw`\bsem (?:duplicados|duplicatas|duplicidade|repetidos|repetir|repeticao)|\b(?:uma|1) (?:so|unica) copia\b|\b(?:uma|1) copia (?:por|de cada)\b|\buma (?:so|unica) vez\b|\bum (?:so )?(?:curriculo|cv) por\b`,
    String.raw`\bek hi (?:copy|baar|bar|resume)\b|\bek (?:copy|resume) (?:per|har)\b|\bresume ek\b|\bek resume\b|\bduplicates? (?:mat|hata|nahi|na)\b|\bbina duplicates?\b|\bhar (?:candidate|resume) (?:ka |ki )?ek\b`,
  ].join('|'),
);
const PASSWORD =
  /\bpass ?(?:word|phrase|code)|\bpasswort|\bkennwort|\bpw\b|\bpwd\b|\bencrypt|\bverschlussel|\bcontrasena|\bclave\b|\bcifrad|\bencript|\bmots? de passe\b|\bmdp\b|\bchiffre[rsez]*\b|\bsenha|\bcriptograf|\bprotegid|\bpasscode/;
const KEEP_COPIES =
  /\b(?:keep|with|leave) (?:all )?(?:the )?(?:duplicates|copies)\b|\bmit (?:den )?duplikaten\b|\bcon (?:los )?duplicados\b|\bavec (?:les )?doublons\b|\bcom (?:os )?duplicados\b/;
const NO_PASSWORD =
  /\b(?:no|without|ohne|sin|sans|sem|bina|kein) (?:a |any |un |um )?(?:pass ?word|passwort|kennwort|contrasena|clave|mot de passe|mdp|senha)/;
/** Their own password for the platform. */
const OWN_PASSWORD =
  /(?:forgot|reset|change|vergessen|zuruck|olvid|restablec|oublie|reinitialis|esqueci|redefin|bhool)\w*.{0,20}(?:password|passwort|contrasena|mot de passe|senha)/;

/** The first address of a text, in lower case. */
export function readEmail(text: string): string | undefined {
  return EMAIL.exec(text)?.[0].toLowerCase();
}

/** Reads what a message says beside its intent. `text` is normalised. */
export function readEntities(
  text: string,
  context: { now?: Date; jobTitles?: readonly string[] },
): Entities {
  const folded = foldSame(text);
  const email = readEmail(text);
  const rest = email ? text.replace(EMAIL, ' ') : text;
  const jobs = readJobs(rest, context.jobTitles ?? []);
  const range = readRange(rest, context.now);
  const unranged = range ? rest.replace(range.text, ' ') : rest;
  const hours = readDurationHours(unranged);
  const deadline = readDeadline(unranged, context.now);
  const size = readPartSizeGb(folded);
  const include = contentNamed(folded)
    .filter(({ isUnwanted }) => !isUnwanted)
    .map(({ kind }) => kind);
  return {
    ...(email && { email }),
    ...(jobs.length > 0 && { jobs }),
    ...(hours !== null && { duration_hours: hours }),
    ...(deadline && { deadline }),
    ...(size !== null && { part_size_gb: size }),
    ...(include.length > 0 && { include }),
    ...(KEEP_COPIES.test(folded)
      ? { one_copy: false }
      : ONE_COPY.test(folded) && { one_copy: true }),
    ...(NO_PASSWORD.test(folded)
      ? { password: false }
      : PASSWORD.test(folded) && !OWN_PASSWORD.test(folded) && { password: true }),
    ...(range && { range }),
  };
}
