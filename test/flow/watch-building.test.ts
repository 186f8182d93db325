import { afterEach, beforeEach, expect, test } from 'vitest';
import { PAGE_LINK } from '../../src/domain/phrases/delivery.ts';
import { type Dialogue, startDialogue } from '../support/dialogue.ts';

let talk: Dialogue;

beforeEach(async () => {
  talk = await startDialogue();
});
afterEach(() => talk.close());

test('the page where a build can be watched is named while it is built, not before', async () => {
  await talk.confirmed();
  talk.move(['approve']);
  expect((await talk.say('what is the status?')).text).not.toContain(PAGE_LINK);
  talk.move(['build'], { exportId: 'x1' });
  expect((await talk.say('what is the status?')).text).toContain(PAGE_LINK);
});

test('only to those who may have the links', async () => {
  await talk.confirmed();
  talk.move(['approve', 'build'], { exportId: 'x1' });
  const { text } = await talk.say('what is the status?', 'bob@acme.example');
  expect(text).toContain('being prepared');
  expect(text).not.toContain(PAGE_LINK);
});
