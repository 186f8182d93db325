import type { Person } from '../../domain/account.ts';
import { isWithinRetention } from '../../domain/checks.ts';
import { person } from '../../domain/phrases/choices.ts';
import { notEntitled, tooLate, whichAccount } from '../../domain/phrases/conversation.ts';
import { retainedUntil } from '../../domain/retention.ts';
import { sayName } from '../../domain/say-name.ts';
import { words } from '../../domain/understand/job-titles.ts';
import { answer, type Reply } from './reply.ts';
import type { ReceiveDeps, Standing, Turn } from './turn.ts';

/** Nobody looks after more accounts than this in one thread. */
const MAX_ACCOUNTS = 20;

/**
 * The accounts that this address may ask for: those of which it is an admin or authorised contact and that the ATS
 * knows. The address was verified by the adapter; what a message claims about its writer counts for nothing.
 */
export async function standingsOf(
  deps: Pick<ReceiveDeps, 'ats'>,
  email: string,
): Promise<Standing[]> {
  const people = await deps.ats.peopleByEmail(email);
  const entitled = people.filter(({ role }) => role !== 'other').slice(0, MAX_ACCOUNTS);
  const standings = await Promise.all(entitled.map((person) => standingFor(deps, person)));
  return standings.filter((standing) => standing !== null);
}

async function standingFor(
  { ats }: Pick<ReceiveDeps, 'ats'>,
  person: Person,
): Promise<Standing | null> {
  const account = await ats.account(person.accountId);
  if (!account) return null;
  const [invoices, jobs, admins] = await Promise.all([
    ats.unpaidInvoices(account.id),
    ats.jobs(account.id),
    ats.admins(account.id),
  ]);
  return { person, account, invoices, jobs, admins };
}

/** Which account a request is about, or the answer that has to come first. */
export function accountFor(turn: Turn, said: string): Standing | Reply {
  const [only, ...others] = turn.standings;
  if (!only) return refusal(turn);
  const standing = others.length === 0 ? only : meantAccount(turn, said);
  if (!standing) return askAccount(turn, turn.text);
  return pastRetention(turn, standing) ?? standing;
}

/** The answer when the account was closed so long ago that nothing can be exported; null when it can. */
export function pastRetention(turn: Turn, { account }: Standing): Reply | null {
  const until = retainedUntil(account);
  if (!until || isWithinRetention(account, turn.now)) return null;
  return answer(tooLate(turn.language, account, until), [person(turn.language)]);
}

export function isStanding(found: Standing | Reply): found is Standing {
  return 'account' in found;
}

/** The same for a stranger, for a person without the right, and for an account that is not there. */
export function refusal({ language }: Turn): Reply {
  return answer(notEntitled(language));
}

/** The account that a message names, or the one whose open request this thread is about. */
function meantAccount(turn: Turn, message: string): Standing | null {
  const said = ` ${words(message)} `;
  const named = turn.standings.filter(({ account }) =>
    [account.name, account.id].some((name) => said.includes(` ${words(name)} `)),
  );
  if (named.length === 1) return named[0] ?? null;
  const first = turn.standings.filter(({ account }) => {
    const word = words(account.name).split(' ')[0];
    return word && word.length > 2 && said.includes(` ${word} `);
  });
  if (named.length === 0 && first.length === 1) return first[0] ?? null;
  return null;
}

/** Which of the person's accounts is meant; `request` goes on once that is known. */
export function askAccount(turn: Turn, request: string): Reply {
  const names = turn.standings.map(({ account }) => account.name);
  const choices = names.map((name) => ({ label: sayName(name), text: sayName(name) }));
  const accountIds = turn.standings.map(({ account }) => account.id);
  return answer(whichAccount(turn.language, names), choices, {
    conversation: { awaiting: { what: 'account', accountIds, request } },
  });
}
