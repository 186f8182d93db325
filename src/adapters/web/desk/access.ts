import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DeskAccess, DeskAnswer } from '../../../domain/desk-view.ts';
import { GRANT_STATUS_WORDS, type Grant, OPEN_GRANT_STATUSES } from '../../../domain/grant.ts';
import { grantCard } from '../../../domain/grant-card.ts';
import { historyLine } from '../../../domain/history-words.ts';
import type { AccessClick, AccessClicked } from '../../../ports/desk.ts';
import { AccessHours, Click, Reason, read, TicketNumber } from './bodies.ts';
import type { DeskDeps } from './deps.ts';
import { Refusal } from './refusal.ts';

/** Of those that are over the latest are shown, so that everybody sees what came of them. */
const SHOWN_OVER = 5;

/** Accesses to the platform: what is open, and the latest of what is over. */
export function accessView(deps: Pick<DeskDeps, 'grants'>): DeskAccess[] {
  const all = deps.grants.list({});
  const isOpen = ({ status }: Grant) => OPEN_GRANT_STATUSES.includes(status);
  const shown = [
    ...all.filter(isOpen),
    ...all.filter((grant) => !isOpen(grant)).slice(0, SHOWN_OVER),
  ];
  return shown.map((grant) => ({
    number: grant.number,
    version: grant.version,
    isOpen: isOpen(grant),
    needsYou: grant.status === 'asked' || grant.alarmedAt !== null,
    isAlarm: grant.alarmedAt !== null,
    card: grantCard(grant),
    events: deps.grants.history(grant.number).map((entry) => {
      const { who, text } = historyLine(entry);
      return { at: entry.at.toISOString(), kind: 'history' as const, who, text };
    }),
  }));
}

/** The buttons of an access. A refusal is answered 409 with its sentence. */
export function registerAccess(
  app: FastifyInstance,
  { accessActions }: Pick<DeskDeps, 'accessActions'>,
  agentOf: (request: FastifyRequest) => string,
): void {
  const DEEDS: Record<string, (click: AccessClick, body: unknown) => Promise<AccessClicked>> = {
    give: (click, body) => accessActions.give(click, read(AccessHours, body).hours),
    deny: (click, body) => accessActions.deny(click, read(Reason, body).reason),
    revoke: (click) => accessActions.revoke(click),
  };
  for (const [name, deed] of Object.entries(DEEDS)) {
    app.post(`/access/:number/${name}`, async (request): Promise<DeskAnswer> => {
      const { number } = read(TicketNumber, request.params);
      const { version } = read(Click, request.body);
      const done = await deed({ number, version, agent: agentOf(request) }, request.body);
      if (!done.ok) throw new Refusal(409, done.reason);
      return { message: `Access ${number} is ${GRANT_STATUS_WORDS[done.grant.status]} now.` };
    });
  }
}
