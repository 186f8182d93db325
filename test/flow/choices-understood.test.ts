import { describe, expect, test } from 'vitest';
import { saysYes } from '../../src/domain/explicit-yes.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { choiceMeaning } from '../../src/domain/phrases/choice-meaning.ts';
import * as choices from '../../src/domain/phrases/choices.ts';
import { ASKABLE, sayIntent } from '../../src/domain/phrases/unsure.ts';
import { understand } from '../support/understand.ts';

/** What a click or its typed label says, and what it has to be taken for. */
describe.each(LANGUAGES)('in %s', (language) => {
  const [yes, no, change] = choices.confirmChoices(language);
  const pairs = [choices.cancelChoices, choices.rebuildChoices, choices.passOnChoices].map((all) =>
    all(language),
  );
  const meant: [string | undefined, string][] = [
    [yes?.text, 'confirm_yes'],
    [no?.text, 'confirm_no'],
    [no?.label, 'confirm_no'],
    [change?.text, 'request_custom_export'],
    ...pairs.flatMap((pair): [string | undefined, string][] => [
      [pair[0]?.text, 'confirm_yes'],
      [pair[0]?.label, 'confirm_yes'],
      [pair[1]?.text, 'confirm_no'],
      [pair[1]?.label, 'confirm_no'],
    ]),
    [choices.askExport(language).text, 'request_export'],
    [choices.moreTime(language).text, 'request_extension'],
    [choices.person(language).text, 'talk_to_human'],
    ...ASKABLE.map((intent): [string, string] => [sayIntent(language, intent), intent]),
  ];

  test.each(meant)('"%s" is %s', (text, intent) => {
    expect(choiceMeaning(text ?? '')).toMatchObject({ intent });
    expect(choiceMeaning(`  ${text?.toUpperCase()}. `)).toMatchObject({ intent });
    if (intent === 'confirm_yes') expect(saysYes(text ?? '')).toBe(true);
  });

  test('more time is so many hours', () => {
    const hours = choices.extensionChoices(language).map(({ text }) => choiceMeaning(text)?.hours);
    expect(hours).toEqual([24, 48, 168]);
  });

  test('a yes, a no, an export and more time are understood from the words alone, too', () => {
    const read = (text = '') => understand(text, { awaiting: 'confirmation' }).intents[0];
    expect(read(yes?.text)).toBe('confirm_yes');
    expect(['confirm_no', 'cancel_request']).toContain(read(no?.text));
    expect(understand(choices.askExport(language).text).intent).toBe('request_export');
    expect(understand(choices.moreTime(language).text).intent).toBe('request_extension');
    expect(understand(choices.person(language).text).intent).toBe('talk_to_human');
  });
});
