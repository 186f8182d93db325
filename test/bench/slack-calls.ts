import { startSlackFaults } from '../support/slack-faults.ts';

/** Stands before a Slack and notes each call of its API; its parent asks for them. */
const calls: { method: string; at: number }[] = [];
const proxy = await startSlackFaults(process.argv[2] ?? '', ({ method }) => {
  calls.push({ method, at: performance.now() });
  return null;
});
process.send?.({ apiUrl: proxy.apiUrl });
process.on('message', () => process.send?.(calls));
