import { createHmac } from 'node:crypto';
import { CLIENT_SECRET } from './intercom-bot.ts';
import { type Contact, Workspace } from './intercom-workspace.ts';

/** A component as Intercom shows it. */
export type Shown = {
  type: string;
  id?: string;
  text?: string;
  label?: string;
  style?: string;
  value?: string | string[];
  action?: { type: string; url?: string };
  options?: { id: string; text: string }[];
  option?: { id: string; text: string }[];
};

/** The headers with which Intercom posts what belongs to a card. */
export function signedCard(body: string | Buffer, secret = CLIENT_SECRET): Record<string, string> {
  const mac = createHmac('sha256', secret).update(body).digest('hex');
  return { 'content-type': 'application/json', 'x-body-signature': mac };
}

/** The card as one person sees and uses it. */
export function cardOf(
  url: string,
  contact: Contact | null,
  { locale = 'en', conversation = null as { id: string } | null, more = {} as object } = {},
) {
  let shown: Shown[] = [];

  async function post(path: string, body: object): Promise<Response> {
    const text = JSON.stringify({
      workspace_id: Workspace.APP,
      workspace_region: 'US',
      ...(contact && { contact: { type: 'contact', id: contact.id, email: contact.email } }),
      context: {
        locale,
        location: conversation ? 'conversation' : 'home',
        ...(conversation && { conversation_id: Number(conversation.id) }),
      },
      ...body,
      ...more,
    });
    return fetch(`${url}/webhooks/intercom/card/${path}`, {
      method: 'POST',
      headers: signedCard(text),
      body: text,
    });
  }

  return {
    post,
    /** All words on it, in order. */
    words: () => shown.flatMap(({ text, label }) => text ?? label ?? []),
    shown: () => shown,
    find: (label: string) => shown.find((one) => one.label === label),

    async look(): Promise<void> {
      const answer = (await (await post('content', { canvas: {} })).json()) as {
        content: { components: Shown[] };
      };
      shown = answer.content.components;
    },

    /** Presses a button, with what was filled in, also one that is not shown any more. */
    async press(
      button: string | Shown,
      values: Record<string, string | string[]> = {},
    ): Promise<void> {
      const pressed =
        typeof button === 'string' ? shown.find(({ label }) => label === button) : button;
      if (!pressed?.id) throw new Error(`There is no button "${button}".`);
      const response = await post('submit', { component_id: pressed.id, input_values: values });
      const answer = (await response.json()) as { canvas: { content: { components: Shown[] } } };
      shown = answer.canvas.content.components;
    },
  };
}
