import { conceptsOf, type Lexicon } from './lexicon.ts';
import { corrected, type Spelling } from './spelling.ts';
import { tokensOf } from './tokens.ts';

/** What only customers with exports, accounts and candidates speak of. */
const OURS =
  'EXPORT DUMP BACKUP DATA RESUME CANDIDATE ATTACHMENT STRUCTURED CSV ZIP LINK DOWNLOAD ONECOPY NOTES FIELD PARTSIZE FILE'.split(
    ' ',
  );
/** What people speak of with other bots, or with other desks of ours. */
const THEIRS =
  'IMPORT API REPORT DELETE GDPR ONEPERSON RECRUITING USERADMIN SALES HOSTING FINANCE TRAVEL HOME'.split(
    ' ',
  );

/** Of these, what belongs to other desks of the same vendor. */
const OTHER_DESKS = 'IMPORT API REPORT DELETE GDPR USERADMIN SALES HOSTING'.split(' ');

/** What the words of a message say about whether it is for us at all. */
export type Evidence = {
  /** Words that only our customers use. */
  ours: number;
  /** Words that belong to other matters. */
  theirs: number;
  /** Of these, words for other desks of the vendor. */
  otherDesks: number;
  /** Words with content that no customer of ours was ever seen to use. */
  strange: number;
  words: number;
};

export type Vocabulary = { lexicon: Lexicon; spelling: Spelling; familiar: ReadonlySet<string> };

export function evidenceOf({ lexicon, spelling, familiar }: Vocabulary, text: string): Evidence {
  const tokens = tokensOf(text).map((token) => corrected(spelling, token));
  const evidence = { ours: 0, theirs: 0, otherDesks: 0, strange: 0, words: tokens.length };
  for (const concept of conceptsOf(lexicon, tokens)) {
    const name = lexicon.names[concept] ?? '';
    if (OURS.includes(name)) evidence.ours += 1;
    if (THEIRS.includes(name)) evidence.theirs += 1;
    if (OTHER_DESKS.includes(name)) evidence.otherDesks += 1;
  }
  for (const token of tokens) {
    if (token.length > 2 && /^[^\W\d]/u.test(token) && !familiar.has(token)) evidence.strange += 1;
  }
  return evidence;
}
