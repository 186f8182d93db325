import { subHours } from 'date-fns/subHours';
import {
  CODE_COUNT_HOURS,
  isCodeTooOld,
  MAX_CODES_PER_EMAIL,
  MAX_CODES_PER_PERSON,
  MAX_TRIES,
  readCode,
} from '../../domain/identity-code.ts';
import { say } from '../../domain/message.ts';
import * as phrases from '../../domain/phrases/identity.ts';
import { readEntities } from '../../domain/understand/entities.ts';
import type { Identity, Proof } from '../../ports/identity.ts';
import { isCode, newCode } from './code.ts';
import type { FromSomebody, IdentityDeps } from './deps.ts';
import { mailCode } from './mail-code.ts';

/** Somebody who has just proven their address, and what they had asked before. */
export type Proven = { identity: Identity; request: string };

/**
 * Talks with somebody whose address is not known: asks for it, has a code mailed, checks the code. Every answer is the
 * same whether the address exists or not, and so is what is stored.
 * @returns who it is, once the code was right; nothing was said or marked as handled then
 */
export async function askForProof(
  deps: IdentityDeps,
  message: FromSomebody,
): Promise<Proven | null> {
  const proof = deps.identities.proof(message.who);
  const code = readCode(message.text);
  const { email } = readEntities(message.text, {});
  if (email) await sendCode(deps, message, proof, email);
  else if (!proof) begin(deps, message);
  else if (!proof.code) answer(deps, message, phrases.addressFirst());
  else if (!code) answer(deps, message, phrases.codeOrAddress());
  else return check(deps, message, proof, code);
  return null;
}

function begin(deps: IdentityDeps, { who, thread, text, ...message }: FromSomebody): void {
  deps.identities.keepProof({ who, thread, request: text, code: null });
  answer(deps, { ...message, who, thread, text }, phrases.whoAreYou());
}

async function sendCode(
  deps: IdentityDeps,
  message: FromSomebody,
  proof: Proof | null,
  email: string,
): Promise<void> {
  const { who, thread, text } = message;
  const now = deps.clock.now();
  const asked = deps.identities.countCode(who, email, now, subHours(now, CODE_COUNT_HOURS));
  if (asked.ofPerson > MAX_CODES_PER_PERSON || asked.ofEmail > MAX_CODES_PER_EMAIL) {
    return answer(deps, message, phrases.tooManyCodes());
  }
  const { code, hash } = newCode(who);
  const request = proof?.request ?? text;
  deps.identities.keepProof({
    who,
    thread,
    request,
    code: { email, hash, sentAt: now, tries: 0 },
  });
  answer(deps, message, phrases.codeOnItsWay(email));
  await mailCode(deps, { id: message.id, email, code });
}

function check(
  deps: IdentityDeps,
  message: FromSomebody,
  { code: sent, ...proof }: Proof,
  given: string,
): Proven | null {
  const now = deps.clock.now();
  const { who, name } = message;
  if (!sent) return null;
  if (sent.tries >= MAX_TRIES || isCodeTooOld(sent.sentAt, now)) {
    answer(deps, message, phrases.codeTooOld());
    return null;
  }
  if (!isCode(sent.hash, who, given)) {
    const tries = sent.tries + 1;
    deps.identities.keepProof({ ...proof, code: { ...sent, tries } });
    answer(deps, message, phrases.wrongCode(MAX_TRIES - tries));
    return null;
  }
  const identity: Identity = { who, name, email: sent.email, provenBy: 'code', provenAt: now };
  deps.identities.remember(identity);
  return { identity, request: proof.request };
}

function answer(deps: IdentityDeps, { id, thread }: FromSomebody, text: string): void {
  deps.tickets.commit(
    { outbox: [{ to: 'thread', thread, message: say(text) }], inboundId: id },
    deps.clock.now(),
  );
}
