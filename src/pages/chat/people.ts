import type { SamplePerson } from '../../domain/chat-view.ts';

/** Up to two letters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/u).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '?';
}

/** The people of each account, in the order in which they came. */
export function byAccount(people: SamplePerson[]): [string, SamplePerson[]][] {
  return [...Map.groupBy(people, (person) => person.account)];
}
