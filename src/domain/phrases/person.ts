import type { Choice } from '../message.ts';

/** What the bot says when a person takes over, and when it is called back. */

export const PERSON: Choice = { label: 'Talk to a person', text: 'I want to talk to a person' };

export function handedOver(): string {
  return 'I hand this over to a colleague, with what you wrote. They answer you here in this chat; until then I stay silent, and nothing about your request is lost.';
}

export function backAgain(): string {
  return 'I am back: you can ask me about your export again.';
}

export function thanksForAnswer(): string {
  return 'Thank you, I have passed your answer on to our team.';
}

export function passOnToPerson(): string {
  return 'I am sorry, I still do not understand. Shall I pass you on to a colleague?';
}

export const PASS_ON_CHOICES: Choice[] = [
  { label: 'Yes, please', text: 'Yes' },
  { label: 'No, thanks', text: 'No, thanks' },
];

export function notPassedOn(): string {
  return 'All right. I look after exports: ask me when you need one.';
}

export function cannotPassOn(): string {
  return 'I am sorry, I can pass on only admins and authorised contacts of an account, and the address that you are signed in with is neither. Please ask an admin of your account to write here, or contact our support team in the usual way.';
}

export function filesPassedOn(): string {
  return 'Thank you, I have passed your file on to our team.';
}
