import type { IntercomClient } from 'intercom-client';
import { isGone, toSendError } from './failure.ts';

/** Somebody of Intercom. */
export type IntercomPerson = {
  name: string;
  /** The address that the Messenger has proven; null when it has proven none. */
  email: string | null;
};

export interface Contacts {
  /**
   * @param way whether the message came by the Messenger; the sender of a mail can be anybody
   * @returns null when there is no such contact any more
   * @throws SendError
   */
  find(contactId: string, way: { isMessenger: boolean }): Promise<IntercomPerson | null>;
}

/** How long it is believed that the workspace asks every page for a signed identity. */
const KEEP_MS = 5 * 60_000;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Asks Intercom who people are. Nothing of a contact says that its identity was proven; but when the workspace
 * enforces it, the Messenger lets nobody in as a user without a token that the ATS signed. So an address counts of a
 * user (not a lead) of such a workspace who wrote in the Messenger. A user id that is an address was signed in any
 * case, and goes before the address beside it.
 */
export function createContacts(client: IntercomClient, nowMs: () => number = Date.now): Contacts {
  let known: { enforces: boolean; until: number } | null = null;

  async function enforcesIdentity(): Promise<boolean> {
    if (known && known.until > nowMs()) return known.enforces;
    const me = await client.admins.identify();
    const enforces = me?.app?.identity_verification === true;
    known = { enforces, until: nowMs() + KEEP_MS };
    return enforces;
  }

  return {
    async find(contactId, { isMessenger }) {
      try {
        const contact = await client.contacts.find({ contact_id: contactId });
        const { role, external_id: userId, email, name } = contact;
        const person = { name: name?.trim() || 'there', email: null };
        if (!isMessenger || role !== 'user' || !userId || !(await enforcesIdentity())) {
          return person;
        }
        return { ...person, email: ADDRESS.test(userId) ? userId : email || null };
      } catch (error) {
        if (isGone(error)) return null;
        throw toSendError(error, 'A question about a contact');
      }
    },
  };
}
