import { isDeepStrictEqual } from 'node:util';
import { type ExportOptions, isCustom } from '../domain/options.ts';
import { optionsProblem, tidyOptions } from '../domain/options-problem.ts';
import { optionFacts } from '../domain/options-words.ts';
import { optionsChanged } from '../domain/phrases/life.ts';
import { promiseFor } from '../domain/promise.ts';
import { amend, type NewTicket, type Status, type Ticket } from '../domain/ticket.ts';
import type { Click, Clicked } from '../ports/desk.ts';
import { byDesk, clickedTicket, commitClick, refuse } from './click.ts';
import type { Deps } from './deps.ts';
import { estimateFor } from './estimate.ts';
import { toCustomer, toDesk } from './outgoing.ts';

type Needs = Pick<Deps, 'tickets' | 'ats' | 'source' | 'exports' | 'clock' | 'log'>;

const BEFORE_APPROVAL: readonly Status[] = ['collecting', 'on_hold', 'awaiting_approval'];

/** Changes what a ticket asks for, as long as nobody has approved it, and tells the customer. */
export async function changeOptions(
  deps: Needs,
  click: Click,
  wanted: ExportOptions,
): Promise<Clicked> {
  const found = clickedTicket(deps, click, 'change_options', ({ status }) =>
    BEFORE_APPROVAL.includes(status),
  );
  if (!found.ok) return found;
  const { ticket } = found;
  const jobs = await deps.ats.jobs(ticket.accountId).catch(() => null);
  if (!jobs) return refuse('The ATS did not answer, so the jobs could not be checked; try again.');
  const problem = optionsProblem(wanted, jobs);
  if (problem) return refuse(problem);
  const options = tidyOptions(wanted);
  if (isDeepStrictEqual(options, tidyOptions(ticket.options))) {
    return refuse('Nothing was changed: the ticket has these options already.');
  }
  const estimate = await estimateFor(deps, ticket.accountId, options);
  const now = deps.clock.now();
  const step = amend(ticket, 'change_options', byDesk(click, now), {
    options,
    estimate,
    ...newPromise(ticket, options),
  });
  const facts = optionFacts(options, jobs, ticket.language);
  return commitClick(
    deps,
    step,
    [
      toCustomer(ticket, optionsChanged(ticket.language, step.after, facts)),
      toDesk('info', `Options changed by ${click.agent}.`),
    ],
    now,
  );
}

/** A standard dump that becomes a custom one takes longer, and the other way round; counted from the customer's yes. */
function newPromise(ticket: Ticket, options: ExportOptions): Partial<NewTicket> {
  if (!ticket.confirmedAt || isCustom(ticket.options) === isCustom(options)) return {};
  return { promisedAt: promiseFor(options, ticket.confirmedAt).latestAt, delayToldAt: null };
}
