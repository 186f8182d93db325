import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { whereItStands } from '../../src/domain/phrases/answers.ts';
import { confirmChoices, extensionChoices } from '../../src/domain/phrases/choices.ts';
import {
  changed,
  confirmed,
  declined,
  summaryStillWaits,
  whatToChange,
} from '../../src/domain/phrases/conversation.ts';
import { renderMail } from '../../src/flow/mail.ts';
import { type Dialogue, startDialogue } from '../support/dialogue.ts';

let talk: Dialogue;

beforeEach(async () => {
  talk = await startDialogue();
});
afterEach(() => talk.close());

/** One way to say it in each language: ask for all, ask about the links, wish for less, say yes, ask where it is. */
const LINES: Record<Language, [string, string, string, string, string]> = {
  en: [
    'We need a full data export of our account',
    'How long do the links work?',
    'only the resumes please',
    'Yes, go ahead',
    'Where is my export?',
  ],
  de: [
    'Wir brauchen einen vollständigen Datenexport unseres Kontos',
    'Wie lange funktionieren die Links?',
    'bitte nur die Lebensläufe',
    'Ja, bitte beauftragen',
    'Wo bleibt mein Export?',
  ],
  es: [
    'Necesitamos una exportación completa de los datos de nuestra cuenta',
    '¿Cuánto tiempo funcionan los enlaces?',
    'por favor solo los CV',
    'Sí, adelante',
    '¿Dónde está mi exportación?',
  ],
  fr: [
    'Nous avons besoin d’un export complet des données de notre compte',
    'Combien de temps les liens fonctionnent-ils ?',
    'seulement les CV s’il vous plaît',
    'Oui, allez-y',
    'Où en est mon export ?',
  ],
  pt: [
    'Precisamos de uma exportação completa dos dados da nossa conta',
    'Por quanto tempo os links funcionam?',
    'por favor só os CVs',
    'Sim, pode seguir',
    'Onde está minha exportação?',
  ],
  hi: [
    'Hamein apne account ka poora data export chahiye',
    'Links kitne din chalte hain?',
    'sirf resumes chahiye',
    'Haan, aage badhiye',
    'Mera export kahan tak pahuncha?',
  ],
};

describe.each(LANGUAGES)('in %s', (language) => {
  const [ask, question, less, yes, where] = LINES[language];

  test('a request is summarised, questioned, changed, confirmed and followed', async () => {
    const asked = await talk.say(ask);
    expect(asked.ticket).toMatchObject({ status: 'collecting', language });
    expect(asked.languages).toEqual([language]);
    expect(asked.choices).toEqual(confirmChoices(language).map(({ text }) => text));

    const answered = await talk.say(question);
    expect(answered.text).toContain(summaryStillWaits(language));
    expect(answered.text).toContain('7');

    const now = await talk.say(less);
    expect(now.ticket?.options.sections).toEqual(['cvs']);
    expect(now.text).toContain(changed(language, ['#']).split('#')[0]);

    const done = await talk.say(yes);
    const { ticket } = done;
    expect(ticket?.status).toBe('awaiting_approval');
    if (!ticket?.promisedAt) throw new Error('No promise.');
    expect(done.text).toBe(confirmed(language, ticket, ticket.promisedAt));
    const known = { progress: null, invoices: [], now: talk.clock.now() };
    expect((await talk.say(where)).text).toBe(whereItStands(language, ticket, known));
  });

  test('every button does what it says', async () => {
    const [go, stop, other] = confirmChoices(language).map(({ text }) => text);
    await talk.say(ask);
    expect((await talk.say(other ?? '')).text).toContain(whatToChange(language));
    expect((await talk.say(stop ?? '')).text).toBe(declined(language));
    await talk.say(ask);
    expect((await talk.say(go ?? '')).ticket?.status).toBe('awaiting_approval');
  });

  test('more time is given in whole days and hours', async () => {
    await talk.say(ask);
    await talk.say(yes);
    const before = talk.clock.now();
    talk.move(['approve', 'build', 'deliver'], {
      exportId: 'x1',
      deliveredAt: before,
      expiresAt: before,
    });
    const { ticket } = await talk.say(extensionChoices(language)[1]?.text ?? '');
    expect(Number(ticket?.expiresAt) - before.getTime()).toBe(48 * 3_600_000);
  });
});

describe('the language of a talk', () => {
  test('stays as it is for an "ok", a name or a job, and follows a sentence', async () => {
    await talk.say(LINES.de[0]);
    expect((await talk.say('Sales Manager')).ticket?.language).toBe('de');
    expect((await talk.say('ok, nur die Lebensläufe')).ticket?.language).toBe('de');
    expect((await talk.say('hm')).ticket?.language).toBe('de');
    const english = await talk.say('Could you tell me how long the links will work, please?');
    expect(english.ticket?.language).toBe('en');
    expect(english.text).toContain('The links work for 7 days');
  });

  test('is that of the requester in mails, whoever reads them', async () => {
    await talk.say(LINES.fr[0]);
    const { others, ticket } = await talk.say(LINES.fr[3]);
    const mails = others.flatMap((one) => (one.to === 'mail' ? [one.mail] : []));
    expect(mails.length).toBeGreaterThan(1);
    const deps = {
      ...talk.deps,
      publicUrl: 'https://x.example',
      directLinks: null,
      tokens: { stop: () => 'token' },
    };
    for (const ref of mails) {
      const mail = await renderMail(deps as unknown as Parameters<typeof renderMail>[0], ref);
      expect(mail?.subject).toContain('Un export des données');
      expect(mail?.html).toContain('<html lang="fr"');
      expect(mail?.text).toContain('Bonjour');
    }
    expect(ticket?.language).toBe('fr');
  });

  test('of a colleague in another thread is their own', async () => {
    await talk.say(LINES.es[0]);
    const { text, ticket } = await talk.say(LINES.pt[0], 'arthur@acme.example');
    expect(text).toContain('já pediu uma exportação');
    expect(ticket).toBeNull();
    expect(talk.ticket()?.language).toBe('es');
  });
});
