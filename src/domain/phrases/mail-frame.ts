import { sayName } from '../say-name.ts';

export function greeting(name: string): string {
  const said = sayName(name);
  return said ? `Hello ${said},` : 'Hello,';
}

export function noReplies(): string {
  return 'This mail was sent by a program, and replies to it are not read. Please write to us in the support chat:';
}
