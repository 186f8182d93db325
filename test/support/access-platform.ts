import type { Access, AccessInForce, PlatformAccess } from '../../src/ports/platform-access.ts';

/** What Alice of the sample asks for. */
export const WISH = {
  accountId: 'acme',
  accountName: 'Acme Recruiting',
  requester: { email: 'alice@acme.example', name: 'Alice Adams', role: 'admin' },
  thread: 'web:alice',
  language: 'en',
  reason: 'Screenshots for the auditors',
  askedHours: 24,
} as const;

/** A platform that can be away. */
export class Platform implements PlatformAccess {
  readonly inForce = new Map<string, AccessInForce>();
  readonly calls: string[] = [];
  problem: string | null = null;

  async grant(access: AccessInForce & { reason: string }): Promise<void> {
    this.#call('grant');
    this.inForce.set(access.id, access);
  }

  async revoke({ id }: Access): Promise<void> {
    this.#call('revoke');
    this.inForce.delete(id);
  }

  async list(): Promise<AccessInForce[]> {
    return [...this.inForce.values()];
  }

  async close(): Promise<void> {}

  #call(what: string): void {
    this.calls.push(what);
    if (this.problem) throw new Error(this.problem);
  }
}
