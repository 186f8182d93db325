/** 7-Zip takes no more than this for a ZIP. */
const MAX_CHARS = 99;
const MIN_CHARS = 8;

/**
 * Why this cannot be the password of a ZIP, as one sentence that says what to do; null when it is fine. Programs do
 * not agree on how other characters than those of ASCII become bytes: the same password would open the ZIP here and
 * not there.
 */
export function passwordProblem(password: string): string | null {
  if (password.length < MIN_CHARS) {
    return `The password is too short; use at least ${MIN_CHARS} characters.`;
  }
  if (password.length > MAX_CHARS) {
    return `The password is too long; use at most ${MAX_CHARS} characters, which is what 7-Zip takes.`;
  }
  if (!/^[\x20-\x7e]+$/.test(password)) {
    return 'The password has characters that not every ZIP program reads alike; use letters without accents, digits and the signs of an English keyboard.';
  }
  if (password.trim() !== password) {
    return 'The password begins or ends with a space, which gets lost easily; leave it out.';
  }
  return null;
}
