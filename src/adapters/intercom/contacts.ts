import type { IntercomClient } from 'intercom-client';
import { isGone, toSendError } from './failure.ts';

/** Somebody of Intercom. */
export type IntercomPerson = {
  name: string;
  /** The address that the Messenger has proven; null when it has proven none. */
  email: string | null;
  /**
   * Anybody who knows the user id, or writes a sender, can speak as this person: a user while the Messenger does not
   * prove who people are. A lead is known by a cookie alone.
   */
  canBeFeigned: boolean;
};

export interface Contacts {
  /**
   * @param way whether the message came by the Messenger; the sender of a mail can be anybody
   * @returns nobody in particular when there is no such contact any more
   * @throws SendError
   */
  find(contactId: string, way: { isMessenger: boolean }): Promise<IntercomPerson>;
}

/** How long it is believed that the workspace asks every page for a signed identity. */
const KEEP_MS = 5 * 60_000;
const NOBODY: IntercomPerson = { name: 'there', email: null, canBeFeigned: true };
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
        const person = { ...NOBODY, name: name?.trim() || NOBODY.name };
        if (role !== 'user') return { ...person, canBeFeigned: !isMessenger };
        if (!isMessenger || !userId || !(await enforcesIdentity())) return person;
        const proven = ADDRESS.test(userId) ? userId : email || null;
        return { ...person, email: proven, canBeFeigned: false };
      } catch (error) {
        if (isGone(error)) return NOBODY;
        throw toSendError(error, 'A question about a contact');
      }
    },
  };
}
