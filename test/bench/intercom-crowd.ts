import { startIntercom } from '../support/intercom-server.ts';
import { Workspace } from '../support/intercom-workspace.ts';

/**
 * An Intercom with so many customers, each with the same messages to write, in a process of its own. Tells its parent
 * the notifications of each conversation, in order; asked, how often the bot has answered in each.
 */
const messages: string[] = JSON.parse(process.argv[3] ?? '[]');
const intercom = await startIntercom();
const { workspace } = intercom;
const talks = Array.from({ length: Number(process.argv[2]) }, (_, n) => {
  const contact = workspace.addContact({
    email: `person@customer-${n}.example`,
    name: `Customer ${n}`,
  });
  const conversation = workspace.begin(contact, `<p>${messages[0]}</p>`);
  const replies = messages
    .slice(1)
    .map((message) => workspace.add(conversation, contact, { body: `<p>${message}</p>` }));
  const notifications = messages.map((_message, at) => {
    const reply = replies[at - 1];
    return JSON.stringify({
      type: 'notification_event',
      app_id: Workspace.APP,
      data: {
        type: 'notification_event_data',
        item: workspace.shown(conversation, reply ? [reply] : []),
      },
      id: `notif_${conversation.id}_${at}`,
      topic: reply ? 'conversation.user.replied' : 'conversation.user.created',
      delivery_attempts: 1,
    });
  });
  return { id: conversation.id, notifications };
});
process.send?.({ url: intercom.url, talks: talks.map(({ notifications }) => notifications) });
process.on('message', () => {
  process.send?.(talks.map(({ id }) => intercom.said(`intercom:${id}`).length));
});
