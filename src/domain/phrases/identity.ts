/** What the bot says to somebody whose address the chat service does not give. Nothing of it tells whether an address is known. */

export function whoAreYou(): string {
  return 'I am glad to help. First I have to know who you are: please write the e-mail address under which you are known on your account. I send a six-digit code there, and you write it here.';
}

export function codeOnItsWay(email: string): string {
  return `If ${email} belongs to an admin or an authorised contact of an account, a six-digit code is on its way there. Please write it here within 10 minutes. If nothing comes, look into the spam folder, or write another address.`;
}

export function tooManyCodes(): string {
  return 'That was a lot of codes. Please wait an hour and write your address again, or contact our support team in the usual way.';
}

export function wrongCode(triesLeft: number): string {
  if (triesLeft === 0) {
    return 'That is not the code, and it does not work any more now. Write your address again for a new one.';
  }
  return `That is not the code. Please look again; you have ${triesLeft} more ${triesLeft === 1 ? 'try' : 'tries'}.`;
}

export function codeTooOld(): string {
  return 'This code has ended: a code works for 10 minutes. Write your address again for a new one.';
}

export function addressFirst(): string {
  return 'Please write your e-mail address first; I send a code there.';
}

export function codeOrAddress(): string {
  return 'Please write the six digits from the mail, or your address again for a new code.';
}

/** The mail with the code, as text. */
export function codeMail(code: string): { subject: string; text: string } {
  return {
    subject: `Your code is ${code}`,
    text: [
      `Somebody asked our export bot in a chat for a code with your address. If it was you, write this code in the chat:`,
      code,
      'It works for 10 minutes, once. If it was not you, you need not do anything: without the code nobody gets anything. Never pass it on.',
    ].join('\n\n'),
  };
}
