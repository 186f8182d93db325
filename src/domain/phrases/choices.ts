import type { Language } from '../language.ts';
import type { Choice } from '../message.ts';
import { sayName } from '../say-name.ts';
import { catalogue } from './catalogue.ts';
import de from './de/choices.json' with { type: 'json' };
import en from './en/choices.json' with { type: 'json' };
import es from './es/choices.json' with { type: 'json' };
import fr from './fr/choices.json' with { type: 'json' };
import hi from './hi/choices.json' with { type: 'json' };
import pt from './pt/choices.json' with { type: 'json' };

/** Answers that can be given with one click. test/flow/choices-understood.test.ts holds that each is understood as meant. */

const phrase = catalogue({ en, de, es, fr, pt, hi });

/** What can be said to a summary. */
export function confirmChoices(language: Language): Choice[] {
  const yes = phrase(language, 'yes');
  return [
    { label: yes, text: yes },
    { label: phrase(language, 'no'), text: phrase(language, 'noText') },
    { label: phrase(language, 'change'), text: phrase(language, 'changeText') },
  ];
}

export function askExport(language: Language): Choice {
  return { label: phrase(language, 'askExport'), text: phrase(language, 'askExportText') };
}

export function extensionChoices(language: Language): Choice[] {
  const week = phrase(language, 'week');
  return [
    ...[24, 48].map((hours) => ({
      label: phrase(language, 'hours', { hours }),
      text: phrase(language, 'hoursText', { hours }),
    })),
    { label: week, text: week },
  ];
}

export function jobChoices(language: Language, titles: readonly string[]): Choice[] {
  const jobs = titles.map((title) => ({ label: sayName(title), text: sayName(title) }));
  const all = phrase(language, 'allJobs');
  return [...jobs, { label: all, text: all }];
}

export function cancelChoices(language: Language): Choice[] {
  return [
    { label: phrase(language, 'cancelIt'), text: phrase(language, 'yesText') },
    { label: phrase(language, 'keepIt'), text: phrase(language, 'noOnlyText') },
  ];
}

export function rebuildChoices(language: Language): Choice[] {
  const no = phrase(language, 'noThanks');
  return [
    { label: phrase(language, 'rebuildIt'), text: phrase(language, 'yesText') },
    { label: no, text: no },
  ];
}

/** To links that were just delivered. */
export function moreTime(language: Language): Choice {
  return { label: phrase(language, 'moreTime'), text: phrase(language, 'moreTimeText') };
}

export function person(language: Language): Choice {
  return { label: phrase(language, 'person'), text: phrase(language, 'personText') };
}

export function passOnChoices(language: Language): Choice[] {
  const no = phrase(language, 'noThanks');
  return [
    { label: phrase(language, 'passOn'), text: phrase(language, 'yesText') },
    { label: no, text: no },
  ];
}
