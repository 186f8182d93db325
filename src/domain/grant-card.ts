import {
  canDoGrant,
  GRANT_HOURS,
  GRANT_STATUS_WORDS,
  type Grant,
  type GrantHours,
} from './grant.ts';
import { sayActor } from './history-words.ts';
import type { Fact } from './options-words.ts';
import { sayName } from './say-name.ts';
import { sayTime } from './words.ts';

/** What an access shows at the desk, wherever it is shown. */
export type GrantCard = {
  title: string;
  status: string;
  headline: string;
  facts: Fact[];
  /** Lengths that one click gives. */
  give: GrantHours[];
  mayDeny: boolean;
  mayRevoke: boolean;
};

export function grantCard(grant: Grant): GrantCard {
  const mayGive = canDoGrant(grant, 'give');
  return {
    title: `Temporary access ${grant.number} to ${sayName(grant.accountName)}`,
    status: GRANT_STATUS_WORDS[grant.status],
    headline: headline(grant),
    facts: facts(grant),
    give: mayGive ? [...GRANT_HOURS] : [],
    mayDeny: canDoGrant(grant, 'deny'),
    mayRevoke: canDoGrant(grant, 'revoke'),
  };
}

function headline(grant: Grant): string {
  const failing = grant.lastError
    ? ` The ATS has not confirmed it after ${grant.failures} tries: ${grant.lastError}`
    : '';
  switch (grant.status) {
    case 'asked':
      return `Waits for your decision. ${grant.askedHours} hours are asked for.`;
    case 'granting':
      return `Given for ${grant.hours} hours. They count from the moment the ATS confirms.${failing}`;
    case 'active':
      return `In force until ${grant.endsAt ? sayTime(grant.endsAt) : 'its end'}; it is revoked by itself.`;
    case 'revoking':
      return `Is being revoked.${failing}`;
    case 'ended':
      return 'Over. The ATS has confirmed that it is revoked.';
    case 'denied':
      return `Denied: ${grant.denial}`;
    case 'lapsed':
      return 'Closed, because nobody decided in time.';
  }
}

function facts(grant: Grant): Fact[] {
  const { requester, accountName, accountId, decidedBy } = grant;
  const all: (Fact | null)[] = [
    { label: 'Account', value: `${sayName(accountName)} (${accountId})` },
    { label: 'For', value: `${sayName(requester.name || requester.email)} (${requester.email})` },
    { label: 'Reason', value: sayName(grant.reason) },
    { label: 'Asked for', value: `${grant.askedHours} hours, on ${sayTime(grant.createdAt)}` },
    decidedBy ? { label: 'Decided by', value: sayActor(decidedBy) } : null,
    timed('Began', grant.beganAt),
    timed('Ends', grant.endsAt),
    timed('Revoked', grant.endedAt),
  ];
  return all.filter((fact) => fact !== null);
}

function timed(label: string, at: Date | null): Fact | null {
  return at && { label, value: sayTime(at), at: at.toISOString() };
}
