/** What the doctor found out about a service: one sentence, and what to do when it is not in order. */
export type Finding = {
  service: 'database' | 'source' | 'exports' | 'mail' | 'slack' | 'intercom';
  ok: boolean;
  text: string;
};

export function fine(service: Finding['service'], text: string): Finding {
  return { service, ok: true, text };
}

export function wrong(service: Finding['service'], text: string): Finding {
  return { service, ok: false, text };
}
