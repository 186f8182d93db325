/** A person of a chat service whose e-mail address was proven. `who` is made by the adapter, for example `slack:T1:U1`. */
export type Identity = {
  who: string;
  email: string;
  name: string;
  /** Proven by the service itself, or with a code that was mailed. */
  provenBy: 'service' | 'code';
  provenAt: Date;
};

/** Somebody who is still to prove an address. */
export type Proof = {
  who: string;
  /** Where they were asked. */
  thread: string;
  /** What they had written before they were asked; answered once they are known. */
  request: string;
  /** null until an address was named. */
  code: { email: string; hash: string; sentAt: Date; tries: number } | null;
};

export interface Identities {
  find(who: string): Identity | null;
  /** People whose `who` begins so and who have proven this address, the latest first. */
  withEmail(whoPrefix: string, email: string): Identity[];
  /** Keeps who somebody is, and ends their proof. */
  remember(identity: Identity): void;
  proof(who: string): Proof | null;
  /** Somebody is asked in this thread who they are. */
  asksIn(thread: string): boolean;
  keepProof(proof: Proof): void;
  /** Counts a code asked for by `who` for `email`; how many each of them had since `since`, this one included. */
  countCode(
    who: string,
    email: string,
    at: Date,
    since: Date,
  ): { ofPerson: number; ofEmail: number };
}
