import { expect, test } from 'vitest';
import { passwordProblem } from '../../src/domain/password.ts';

test.each(['correct horse', 'Tr0ub4dor&3', `~!@#$%^&*()_+{}|:"<>?'`, 'x'.repeat(99)])(
  'the password %s is fine',
  (password) => expect(passwordProblem(password)).toBeNull(),
);

test.each([
  ['', /at least 8/],
  ['1234567', /at least 8/],
  ['x'.repeat(100), /at most 99/],
  ['pässword1', /without accents/],
  ['пароль-12', /without accents/],
  ['tab\tin it', /without accents/],
  [' a space first', /begins or ends with a space/],
  ['a space last ', /begins or ends with a space/],
])('the password %j is refused', (password, problem) => {
  expect(passwordProblem(password)).toMatch(problem);
});
