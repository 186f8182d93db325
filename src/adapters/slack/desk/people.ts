import { sayName } from '../../../domain/say-name.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import type { SlackDeskClickDeps } from './deps.ts';

/** Somebody of Slack who works at the desk. */
export type Agent = {
  id: string;
  /** As it stands in the history: name and id, for names are not unique. */
  name: string;
  /** Addresses that are theirs, lower case. */
  emails: string[];
};

/** Who may decide, and who they are. */
export type People = {
  /** null when the person may decide, else one sentence for them. */
  refusalFor(userId: string): Promise<string | null>;
  /** @throws when Slack does not say who it is */
  agent(userId: string): Promise<Agent>;
};

const KEEP_MS = 5 * 60_000;

export function createPeople(
  deps: Pick<SlackDeskClickDeps, 'client' | 'approvers' | 'provenEmails' | 'log'>,
): People {
  const users = deps.approvers.filter((id) => !isGroup(id));
  const groups = deps.approvers.filter(isGroup);
  const membersOf = remember(async (usergroup) => {
    const { users: members } = await deps.client.usergroups.users.list({ usergroup });
    return members ?? [];
  });
  const profileOf = remember(async (user) => {
    const { user: found } = await deps.client.users.info({ user });
    if (!found) throw new Error('Slack did not say who this is.');
    const name = found.profile?.real_name || found.real_name || found.name || user;
    return { name: sayName(name), email: found.profile?.email ?? null };
  });

  async function refusalFor(userId: string): Promise<string | null> {
    if (users.includes(userId)) return null;
    if (deps.approvers.length === 0) {
      return 'Nobody may decide here yet: ask whoever runs Waybill to set SLACK_APPROVERS.';
    }
    for (const group of groups) {
      try {
        if ((await membersOf(group)).includes(userId)) return null;
      } catch (error) {
        deps.log.warn({ error, group }, 'members of the approvers not read');
        return 'Slack did not say who the approvers are; try again in a minute.';
      }
    }
    return 'Only the approvers of data dumps may do this. Ask one of them, or whoever runs Waybill to add you to SLACK_APPROVERS.';
  }

  async function agent(userId: string): Promise<Agent> {
    const { name, email } = await profileOf(userId);
    const proven = (await deps.provenEmails?.(userId)) ?? [];
    const emails = [...(email ? [email] : []), ...proven].map((one) => one.trim().toLowerCase());
    return { id: userId, name: `${name} (${userId})`, emails };
  }

  return { refusalFor, agent };
}

/** Nobody approves their own request, under whichever of their addresses they made it. */
export function isOwnRequest(ticket: Ticket, { emails }: Agent): boolean {
  return emails.includes(ticket.requester.email.trim().toLowerCase());
}

/** Ids of user groups begin with S, those of people with U or W. */
function isGroup(id: string): boolean {
  return id.startsWith('S');
}

/** Asks for the same thing at most every five minutes; while Slack does not answer, the last answer counts. */
function remember<T>(ask: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, { answer: T; askedAt: number }>();
  const asking = new Map<string, Promise<T>>();
  return async (id) => {
    const before = known.get(id);
    if (before && performance.now() - before.askedAt < KEEP_MS) return before.answer;
    // Many clicks of one person at a time are one question.
    const asked = asking.get(id) ?? ask(id).finally(() => asking.delete(id));
    asking.set(id, asked);
    try {
      const answer = await asked;
      known.set(id, { answer, askedAt: performance.now() });
      return answer;
    } catch (error) {
      if (before) return before.answer;
      throw error;
    }
  };
}
