import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectZip } from '../../src/adapters/zip/inspect.ts';
import { readLinksCsv } from '../../src/commands/demo/download.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { lacksBrowser, launchBrowser } from '../support/browser.ts';

const lacking = lacksBrowser();
let dataDir: string;
let bot: Bot;
let browser: Browser;

beforeAll(async () => {
  if (lacking) return;
  dataDir = await mkdtemp(join(tmpdir(), 'waybill-journey-'));
  bot = await startBot(dataDir);
  browser = await launchBrowser();
});

afterAll(async () => {
  if (lacking) return;
  await browser.close();
  await bot.kill('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
});

async function openChat(): Promise<Page> {
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage();
  await page.goto(`${bot.url}/`);
  await page.getByText('Alice Adams').first().click();
  await page.getByRole('textbox').waitFor();
  return page;
}

async function openDesk(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${bot.url}/desk?token=${bot.deskToken}`);
  await page.getByLabel(/name/i).fill('Sam Porter');
  await page.keyboard.press('Enter');
  return page;
}

async function write(chat: Page, text: string): Promise<void> {
  await chat.getByRole('textbox').fill(text);
  await chat.keyboard.press('Enter');
}

async function saved(download: Download): Promise<string> {
  const path = join(dataDir, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

test.skipIf(lacking)(
  'in a browser: ask, confirm, approve, download, extend, expire',
  async () => {
    const chat = await openChat();
    await write(chat, 'We are leaving and need a full export of our account, please.');
    await chat.getByText('Shall I go ahead?').waitFor();
    await chat.getByRole('button', { name: /^yes/i }).last().click();
    await chat.getByText('Your request has the number 1').waitFor();

    const desk = await openDesk();
    await desk.getByText('Acme Recruiting').first().click();
    await desk.getByRole('button', { name: 'Approve' }).first().click();
    const dialog = desk.getByRole('dialog');
    if (await dialog.isVisible()) await dialog.getByRole('button', { name: /approve/i }).click();

    await chat.getByText('is ready', { exact: false }).first().waitFor({ timeout: 30_000 });
    const csvArrives = chat.waitForEvent('download');
    await chat.getByText('Your download links').click();
    const rows = readLinksCsv(await readFile(await saved(await csvArrives)));
    const parts = rows.filter(({ part }) => part !== '');
    expect(parts.length).toBeGreaterThan(2);

    const pageArrives = chat.context().waitForEvent('page');
    await chat.locator('a[href*="/e/"]').first().click();
    const downloads = await pageArrives;
    for (const part of parts.slice(0, 2)) {
      const arrives = downloads.waitForEvent('download');
      await downloads
        .getByRole('row', { name: part.file_name })
        .getByRole('link', { name: /download/i })
        .click();
      const path = await saved(await arrives);
      expect(await sha256(path)).toBe(part.sha256);
      expect((await inspectZip(path)).problems).toEqual([]);
    }
    await downloads.reload();
    expect(await downloads.getByText(/^Downloaded$/).count()).toBeGreaterThan(0);

    await desk.getByRole('button', { name: '3 days' }).click();
    await desk.getByRole('button', { name: '3 days' }).click();
    await chat
      .getByText(/Not downloaded yet/)
      .first()
      .waitFor({ timeout: 20_000 });

    await write(chat, 'Can we have 48 more hours?');
    await chat
      .getByText(/work until/)
      .last()
      .waitFor();
    const last = parts.at(-1);
    await desk.getByRole('button', { name: '1 day' }).click();
    await expect.poll(() => statusOf(last?.link)).toBe(200);

    await desk.getByRole('button', { name: '3 days' }).click();
    await expect.poll(() => statusOf(last?.link), { timeout: 20_000 }).toBe(404);
    await desk.getByText('Expired').first().waitFor();
  },
  120_000,
);

async function statusOf(link: string | undefined): Promise<number> {
  return (await fetch(link ?? '', { method: 'HEAD' })).status;
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
