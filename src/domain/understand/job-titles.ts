import { fold } from './normalise.ts';

const NOUN = '(?:jobs?|roles?|positions?|openings?|vacanc(?:y|ies)|postings?)';
const BEFORE = new RegExp(
  `\\b(?:only|just|for|from|of|about)\\s+(?:(?:the|our|these|those|this|my)\\s+)*(?:(?:two|three|four|following)\\s+)?(?!${NOUN}\\b)([^.;:!?\\n]{2,120}?)\\s+${NOUN}\\b`,
  'gi',
);
const AFTER = new RegExp(
  `\\b${NOUN}(?: called| named| titled| with the title)?\\s*(?:[:=]\\s*|called |named |titled )([^.;!?\\n]{2,160})`,
  'gi',
);
const CAPITALS = new RegExp(`\\b${NOUN} ((?:[A-Z][\\w+#.]*(?: |$)){1,6})`, 'g');
const QUOTED = /"([^"\n]{2,80})"/g;

/** Words that stand before "jobs" without naming one. */
const NO_TITLE =
  /^(all|any|each|every|some|both|many|specific|certain|particular|multiple|several|different|open|closed|active|old|new|other|which|what|whole|entire|same|single|one|a|an|the|my|our|your|these|those|this|that|his|her|their)$/;

/** Titles of jobs that a message names, in its own words or, where it holds a known title, in the ATS's. */
export function readJobs(text: string, known: readonly string[]): string[] {
  const found: string[] = [];
  const folded = ` ${words(text)} `;
  for (const title of known) {
    const wanted = words(title);
    if (wanted.includes(' ') && folded.includes(` ${wanted} `)) found.push(title);
  }
  if (new RegExp(`\\b${NOUN}\\b`, 'i').test(text)) found.push(...namedJobs(text));
  return unique(withoutParts(found));
}

/** What stands where the title of a job stands. */
function namedJobs(text: string): string[] {
  const quoted = [...text.matchAll(QUOTED)].map((match) => match[1] ?? '');
  const named = [AFTER, CAPITALS, BEFORE].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => listed(match[1] ?? '')),
  );
  return (quoted.length > 0 ? quoted : named).map(tidy).filter(isTitle);
}

/** Titles are compared by their words: case, accents and punctuation do not count. */
export function words(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim();
}

/** "Engineer" is not meant as well where "QA Engineer" is. */
function withoutParts(titles: string[]): string[] {
  return titles.filter(
    (title) =>
      !titles.some((other) => other !== title && ` ${words(other)} `.includes(` ${words(title)} `)),
  );
}

function listed(titles: string): string[] {
  return titles.split(/\s*(?:,|;|&|\/|\band\b|\bor\b|\bplus\b)\s*/i);
}

function tidy(title: string): string {
  return title
    .replace(/^.*\b(?:only|just|for|from|of|about)\s+/i, '')
    .replace(/^(?:(?:the|our|these|those|this|my|a|an)\s+)+/i, '')
    .replace(/\s+(?:please|pls|thanks|only|job|role|position)$/i, '')
    .replace(/^["'\s]+|["'\s]+$/g, '');
}

function isTitle(title: string): boolean {
  const content = words(title)
    .split(' ')
    .filter((word) => !NO_TITLE.test(word));
  return content.length > 0 && content.length <= 8 && !NOT_A_JOB.test(words(title));
}

/** What is asked for "for all jobs" or "of the job" is content, not a title. */
const NOT_A_JOB =
  /^(?:\w+ )?(resumes?|cvs?|candidates?|data|files?|attachments?|notes?|everything|export|dump|applicants?|descriptions?|account|jobs?|roles?)(?: |$)/;

function unique(titles: string[]): string[] {
  return [...new Set(titles)];
}
