import { addDays } from 'date-fns/addDays';
import { addHours } from 'date-fns/addHours';
import { subHours } from 'date-fns/subHours';
import {
  actGrant,
  beginGrant,
  endIfBegun,
  failGrant,
  type Grant,
  type GrantStep,
  isAlarmDue,
  OPEN_GRANT_STATUSES,
} from '../domain/grant.ts';
import type { Outgoing } from '../domain/message.ts';
import {
  accessBegins,
  accessEnds,
  accessNotPossible,
  accessOver,
  accessUndecided,
} from '../domain/phrases/access.ts';
import { POLICY } from '../domain/policy.ts';
import { sayName } from '../domain/say-name.ts';
import { sayTime } from '../domain/words.ts';
import type { Access } from '../ports/platform-access.ts';
import type { Deps } from './deps.ts';
import { commitGrant, toAccessCustomer, toAccessDesk } from './grant.ts';

type Needs = Pick<Deps, 'tickets' | 'grants' | 'access' | 'clock' | 'log'>;

/** Does what is due with every access: asks the ATS, warns, ends. Safe to repeat at any time, also after an outage. */
export async function accessDue(deps: Needs): Promise<number> {
  const open = deps.grants.list({ statuses: OPEN_GRANT_STATUSES });
  let moved = 0;
  for (const { number } of open) {
    // An access that was over while nobody looked goes through several statuses at once.
    while (await settleAccess(deps, number)) moved += 1;
  }
  return moved;
}

/** One step of one access. @returns false when nothing is due */
export async function settleAccess(deps: Needs, number: number): Promise<boolean> {
  const grant = deps.grants.find(number);
  if (!grant) return false;
  const now = deps.clock.now();
  switch (grant.status) {
    case 'asked':
      return now >= addDays(grant.createdAt, POLICY.access.askedDays) && lapse(deps, grant, now);
    case 'granting':
      return isTurn(grant, now) && (await begin(deps, grant));
    case 'active':
      return endOrWarn(deps, grant, now);
    case 'revoking':
      return isTurn(grant, now) && (await end(deps, grant));
    default:
      return false;
  }
}

function isTurn({ nextTryAt }: Grant, now: Date): boolean {
  return !nextTryAt || now >= nextTryAt;
}

function lapse(deps: Needs, grant: Grant, now: Date): boolean {
  return commit(deps, actGrant(grant, 'lapse', { now, actor: 'clock' }), now, [
    toAccessCustomer(grant, accessUndecided(grant.language)),
    toAccessDesk(grant, 'info', 'Closed, because nobody decided.'),
  ]);
}

async function begin(deps: Needs, grant: Grant): Promise<boolean> {
  const problem = await asked(deps, (access) =>
    access.grant({
      ...accessOf(grant),
      until: endIfBegun(grant, deps.clock.now()),
      reason: grant.reason,
    }),
  );
  const now = deps.clock.now();
  if (problem === null) {
    const step = beginGrant(grant, now);
    const until = step.after.endsAt ?? now;
    return commit(deps, step, now, [
      toAccessCustomer(grant, accessBegins(grant.language, until)),
      toAccessDesk(grant, 'info', `The ATS has confirmed it: in force until ${sayTime(until)}.`),
    ]);
  }
  if (now < addHours(grant.statusChangedAt, POLICY.access.giveUpAfterHours)) {
    return failed(deps, grant, problem, now);
  }
  const step = actGrant(grant, 'give_up', { now, actor: 'bot', detail: { error: problem } });
  return commit(deps, step, now, [
    toAccessCustomer(grant, accessNotPossible(grant.language)),
    toAccessDesk(
      grant,
      'alarm',
      `The ATS did not confirm this access within ${POLICY.access.giveUpAfterHours} hours: ${problem} It is given up, and revoked to be safe. The customer was told.`,
    ),
  ]);
}

function endOrWarn(deps: Needs, grant: Grant, now: Date): boolean {
  const { endsAt } = grant;
  if (!endsAt) return false;
  if (now >= endsAt) {
    return commit(deps, actGrant(grant, 'revoke', { now, actor: 'clock' }), now, []);
  }
  if (grant.warnedAt || now < subHours(endsAt, POLICY.access.warnHoursBefore)) return false;
  const entry = { at: now, actor: 'clock', event: 'warn', detail: {} };
  return commit(deps, { before: grant, after: { ...grant, warnedAt: now }, entry }, now, [
    toAccessCustomer(grant, accessEnds(grant.language, endsAt)),
  ]);
}

async function end(deps: Needs, grant: Grant): Promise<boolean> {
  const problem = await asked(deps, (access) => access.revoke(accessOf(grant)));
  const now = deps.clock.now();
  if (problem !== null) return failed(deps, grant, problem, now);
  const step = actGrant(grant, 'end', { now, actor: 'bot' }, { endedAt: now });
  // Whoever never had it is not told that it is over.
  const told = grant.beganAt ? [toAccessCustomer(grant, accessOver(grant.language))] : [];
  return commit(deps, step, now, [
    ...told,
    toAccessDesk(grant, 'info', 'The ATS has confirmed that this access is revoked.'),
  ]);
}

/** Noted, and tried again later; after some failures the desk hears of it, again and again. */
function failed(deps: Needs, grant: Grant, problem: string, now: Date): false {
  const step = failGrant(grant, problem, now);
  const alarm = isAlarmDue(step.after, now);
  const what = grant.status === 'revoking' ? 'revoking' : 'giving';
  const who = `${sayName(grant.requester.name || grant.requester.email)} (${grant.requester.email})`;
  const advice =
    grant.status === 'revoking'
      ? `${who} may still be able to work in ${sayName(grant.accountName)}: shut them out in the ATS by hand.`
      : 'It is tried again.';
  commit(
    deps,
    { ...step, after: { ...step.after, alarmedAt: alarm ? now : grant.alarmedAt } },
    now,
    alarm
      ? [
          toAccessDesk(
            grant,
            'alarm',
            `The ATS has not confirmed ${what} this access, after ${step.after.failures} tries: ${problem} ${advice}`,
          ),
        ]
      : [],
  );
  return false;
}

/** null when the ATS has confirmed; otherwise what it said. */
async function asked(
  { access, log }: Needs,
  ask: (access: NonNullable<Needs['access']>) => Promise<void>,
): Promise<string | null> {
  if (!access) {
    return 'No way to the ATS is set; set ACCESS_WEBHOOK_URL, or `access` in the source file.';
  }
  try {
    await ask(access);
    return null;
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    log.warn({ kind }, 'the ATS did not confirm a temporary access');
    return error instanceof Error ? error.message : String(error);
  }
}

function accessOf({ number, createdAt, accountId, requester }: Grant): Access {
  // With the time, so that another database of the bot does not use the same.
  const id = `waybill-${number}-${createdAt.getTime().toString(36)}`;
  return { id, accountId, email: requester.email };
}

function commit(deps: Needs, step: GrantStep, now: Date, outbox: Outgoing[]): boolean {
  return commitGrant(deps, step, outbox, now).ok;
}
