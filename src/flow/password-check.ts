import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { ExportFailure } from '../domain/failure.ts';
import type { Plan } from '../domain/plan.ts';

const derive = promisify(pbkdf2);

/** Far more than the ZIP format itself asks of whoever guesses. */
const ROUNDS = 200_000;
/** Enough to notice a slip, and too little to find a password by. */
const CHECK_BYTES = 2;

/** Four hex digits that stand in a plan, so that all parts of an export are encrypted with one password. */
export async function passwordCheck(job: {
  exportId: string;
  password?: string | null | undefined;
}): Promise<string> {
  const salt = `waybill check of ${job.exportId}`;
  const key = await derive(needPassword(job.password), salt, ROUNDS, CHECK_BYTES, 'sha256');
  return key.toString('hex');
}

/** @throws ExportFailure when the export was begun with another password, or is encrypted and there is none */
export async function checkPassword(
  plan: Plan,
  password: string | null | undefined,
): Promise<void> {
  if (!plan.options.encrypted) return;
  if ((await passwordCheck({ exportId: plan.exportId, password })) === plan.passwordCheck) return;
  throw new ExportFailure(
    'wrong_password',
    'This export was begun with another password, and an export has one password only.',
  );
}

/** @throws ExportFailure when there is none: nothing is written in the clear that should be encrypted */
export function needPassword(password: string | null | undefined): string {
  if (password) return password;
  throw new ExportFailure(
    'wrong_password',
    'This export is encrypted, and its password is not here.',
  );
}
