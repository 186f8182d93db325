import { lt, sql } from 'drizzle-orm';
import type { Pruning } from '../src/ports/pruning.ts';
import type { Db } from './open.ts';
import { arrivals, identityCodes, identityProofs } from './schema-people.ts';

export function createPruning(db: Db): Pruning {
  return {
    arrivals: (doneBefore) =>
      db.delete(arrivals).where(lt(arrivals.doneAt, doneBefore)).run().changes,

    identityCodes: (before) => {
      const codes = db.delete(identityCodes).where(lt(identityCodes.at, before)).run();
      const proofs = db
        .delete(identityProofs)
        .where(sql`json_extract(${identityProofs.code}, '$.sentAtMs') < ${before.getTime()}`)
        .run();
      return codes.changes + proofs.changes;
    },
  };
}
