import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { lacksBrowser, launchBrowser } from '../support/browser.ts';
import '../support/understand.ts'; // Learns what the bot then finds, so that it starts at once.
import { waybill } from '../support/waybill.ts';

const lacking = lacksBrowser();
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'waybill-languages-'));
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

test.skipIf(lacking)(
  'a journey in German through the web chat, on a German phone',
  async () => {
    const folder = join(dataDir, 'web');
    const bot = await startBot(folder);
    const browser = await launchBrowser();
    try {
      await germanJourney(bot, browser, folder);
    } finally {
      await browser.close();
      await bot.kill('SIGTERM');
    }
  },
  120_000,
);

async function germanJourney(bot: Bot, browser: Browser, folder: string): Promise<void> {
  const context = await browser.newContext({
    locale: 'de-DE',
    viewport: { width: 360, height: 740 },
  });
  const page = await context.newPage();
  await page.goto(`${bot.url}/`);
  await page.getByText('Wer möchten Sie sein?').waitFor();
  await page.getByText('Alice Adams').first().click();
  await page.getByText('Guten Tag Alice, wie kann ich helfen?').waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');

  await write(page, 'Wir kündigen und brauchen einen vollständigen Export unserer Daten.');
  await page.getByText('Soll ich das so beauftragen?').waitFor();
  await page.getByPlaceholder('Nachricht schreiben').waitFor();
  await write(page, 'Wie lange funktionieren die Links denn?');
  await page.getByText('ab dem Tag, an dem Sie sie bekommen').waitFor();
  await page.getByRole('button', { name: 'Ja, bitte beauftragen' }).last().click();
  await page.getByText('Ihre Anfrage hat die Nummer 1').waitFor();

  const approved = await waybill(['approve', '1', '--as', 'Sam'], { env: { DATA_DIR: folder } });
  expect(approved.stderr).toBe('');
  await page.getByText('Gute Nachricht').waitFor();
  await page
    .getByText('Ihr Datenexport für Acme Recruiting ist fertig')
    .waitFor({ timeout: 60_000 });
  await page.getByText('Ihre Download-Links').waitFor();
  await page.getByRole('button', { name: 'Ich brauche mehr Zeit' }).click();
  await page.getByRole('button', { name: '48 Stunden' }).click();
  await page.getByText('Sie haben mehr Zeit').waitFor();
  expect(await page.getByRole('log').textContent()).not.toMatch(/\b(the|your|you|links work)\b/);
  await page.getByPlaceholder('Nachricht schreiben').waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
}

test('a journey in Hindi through `waybill chat`', async () => {
  const folder = join(dataDir, 'cli');
  const say = async (...messages: string[]) => {
    const ran = await waybill(['chat', '--as', 'alice@acme.example', '--json'], {
      env: { DATA_DIR: folder },
      input: messages.join('\n'),
    });
    expect(ran.stderr).toBe('');
    return ran.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Answer);
  };
  const [asked, waits, done, where] = await say(
    'Humein apne account ka poora data export chahiye, account band kar rahe hain',
    'Export mein kya kya hota hai?',
    'Haan, theek hai, aage badhiye',
    'Mera export kahan tak pahuncha?',
  );
  expect(asked?.ticket).toMatchObject({ number: 1, status: 'collecting' });
  expect(saidIn(asked)).toContain('taiyaar karwayenge');
  expect(saidIn(waits)).toContain('das CSV files');
  expect(saidIn(waits)).toContain('Ab wapas aapki request par');
  expect(done?.ticket?.status).toBe('awaiting_approval');
  expect(saidIn(done)).toContain('Aapki request ka number 1 hai');
  expect(saidIn(where)).toContain('hamari team ke paas hai');
}, 60_000);

type Answer = { replies: unknown[]; ticket: { number: number; status: string } | null };

function saidIn(answer: Answer | undefined): string {
  return JSON.stringify(answer?.replies);
}
