import type { Deps } from './deps.ts';

/** Where support reads a conversation in its own service. The desk does without the link rather than not show the rest. */
export async function conversationUrl(
  { threads }: Pick<Deps, 'threads'>,
  thread: string,
): Promise<string | null> {
  const adapter = threads.find(({ scheme }) => thread.startsWith(`${scheme}:`));
  return (await adapter?.address?.(thread).catch(() => null)) ?? null;
}
