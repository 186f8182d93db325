import type { AttachmentRef } from '../domain/message.ts';
import type { OutgoingFile } from '../ports/thread.ts';
import { certificateFile } from './certificate.ts';
import type { Deps } from './deps.ts';
import { type LinksDeps, linksFile } from './links-file.ts';

/**
 * The file behind a message, for a person who is signed in. It goes to admins and authorised contacts of the ticket's
 * account as the ATS knows them now, not as they were when the message was sent.
 */
export async function openAttachment(
  deps: LinksDeps & Pick<Deps, 'ats' | 'signer'>,
  ref: AttachmentRef,
  email: string,
): Promise<OutgoingFile | null> {
  const ticket = deps.tickets.find(ref.ticketNumber);
  if (!ticket) return null;
  const people = await deps.ats.peopleByEmail(email);
  const isEntitled = people.some(
    (person) => person.accountId === ticket.accountId && person.role !== 'other',
  );
  if (!isEntitled) return null;
  return ref.kind === 'links_csv'
    ? linksFile(deps, ref.ticketNumber, ref.supplement)
    : certificateFile(deps, ref.ticketNumber);
}
