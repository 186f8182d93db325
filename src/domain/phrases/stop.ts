import { statusWords, type Ticket } from '../ticket.ts';
import { sayTime } from '../words.ts';

/** What an admin reads who follows the link to stop an export. Each function is one message. */

export function stopped(): string {
  return 'The export is stopped. Its links no longer work, its files are deleted, and everybody concerned is told.';
}

export function alreadyOver(ticket: Pick<Ticket, 'status' | 'statusChangedAt'>): string {
  return `There is nothing left to stop: this export has been ${statusWords(ticket.status)} since ${sayTime(ticket.statusChangedAt)}.`;
}

export function invalidLink(): string {
  return 'This link is not complete or not genuine. Open it once more from the mail, or write to our support team.';
}

export function noAdmin(): string {
  return 'Only an admin of the account can stop this export. Ask an admin, or write to our support team.';
}

export function cannotCheck(): string {
  return 'We cannot check your rights at the moment, so nothing was stopped. Try again in some minutes, or write to our support team.';
}

export function busy(): string {
  return 'The export could not be stopped at this moment. Try again now.';
}
