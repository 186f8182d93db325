import type { AccessActions, AccessClicked } from '../ports/desk.ts';
import { settleAccess } from './access-due.ts';
import type { Deps } from './deps.ts';
import { denyAccess, giveAccess, revokeAccess } from './grant.ts';

/** What support decides about access. The ATS is asked at once; what it does not confirm the schedule tries again. */
export function createAccessActions(
  deps: Pick<Deps, 'tickets' | 'grants' | 'access' | 'clock' | 'log'>,
): AccessActions {
  async function settled(clicked: AccessClicked): Promise<AccessClicked> {
    if (!clicked.ok) return clicked;
    const { number } = clicked.grant;
    await settleAccess(deps, number);
    return { ok: true, grant: deps.grants.find(number) ?? clicked.grant };
  }
  return {
    give: (click, hours) => settled(giveAccess(deps, click, hours)),
    deny: async (click, reason) => denyAccess(deps, click, reason),
    revoke: (click) => settled(revokeAccess(deps, click)),
  };
}
