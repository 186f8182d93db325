import { createHash } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { lacksBrowser, launchBrowser } from '../support/browser.ts';
import { bytesOf, deliverExport, EXPORT_ID } from '../support/delivered.ts';
import { ensurePagesBuilt } from '../support/pages.ts';
import { startShakyGateway } from '../support/shaky-gateway.ts';

const lacking = lacksBrowser();
const BROWSER_TEST_MS = 90_000;
const contents = [
  ...[1, 2, 3, 4].map((n) => ({
    name: `acme-cvs-00${n}.zip`,
    bytes: bytesOf(900_000 + n * 1001),
  })),
  { name: 'SHA256SUMS', kind: 'sums' as const, bytes: Buffer.from('x\n') },
];
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const RIGHT = contents.map(({ name, bytes }) => [name, sha256(bytes)]).sort();

let at: Awaited<ReturnType<typeof startShakyGateway>>;
let browser: Browser;

beforeAll(async () => {
  if (lacking) return;
  await ensurePagesBuilt();
  browser = await launchBrowser();
});

afterAll(async () => {
  if (!lacking) await browser.close();
});

beforeEach(async () => {
  at = await startShakyGateway();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await at.close();
});

const pageUrl = (shareId?: string) => `${at.url}/e/${at.world.tokens.page(EXPORT_ID, shareId)}`;

/** The page, with the folder picker answered as a customer would: by a folder of the browser's own, which a test can read. */
async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  await context.addInitScript(() => {
    Reflect.set(window, 'showDirectoryPicker', () => navigator.storage.getDirectory());
  });
  const page = await context.newPage();
  await page.goto(pageUrl());
  return page;
}

/** Name and SHA-256 of every file in the folder. */
async function inFolder(page: Page): Promise<string[][]> {
  const files = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const found: string[][] = [];
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind !== 'file') continue;
      const bytes = await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      found.push([name, [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')]);
    }
    return found;
  });
  return files.sort();
}

const choose = (page: Page) => page.getByRole('button', { name: 'Choose a folder and start' });
const finished = (page: Page) =>
  page.getByText('5 files are in your folder, and the SHA-256 of each is right.');

describe.skipIf(lacking)('download all', { timeout: BROWSER_TEST_MS }, () => {
  test('brings every byte over a line that breaks, through a pause and a restart', async () => {
    const { ticket } = await deliverExport(at.world, contents);
    at.line.isShaky = true;
    at.line.slowMs = 15;
    const page = await openPage();
    await choose(page).click();
    await expect.poll(() => at.line.cuts, { timeout: 30_000 }).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused. What has arrived stays.').waitFor();

    // As after a restart of the browser: only what it kept is left.
    at.line.slowMs = 0;
    await page.reload();
    const again = page.getByRole('button', { name: /^Continue/ });
    await again.waitFor();
    const before = at.world.links.downloads(ticket.number).length;
    await again.click();
    await expect.poll(() => at.line.cuts, { timeout: 30_000 }).toBeGreaterThan(4);
    at.breakLine();
    await page.getByText('The line is lost or the server is busy').waitFor();
    at.line.isDown = false;
    at.line.isShaky = false;
    await finished(page).waitFor({ timeout: 60_000 });
    expect(await inFolder(page)).toEqual(RIGHT);
    const later = at.world.links.downloads(ticket.number).slice(before);
    expect(later.some(({ start }) => start > 0)).toBe(true);
    expect(later.every(({ via }) => via === 'page')).toBe(true);
    await expect.poll(() => page.getByText('In your folder', { exact: true }).count()).toBe(5);
  });

  test('fetches a damaged part once more, and reports one that stays damaged', async () => {
    await deliverExport(at.world, contents);
    at.damage.set('acme-cvs-002.zip', 1);
    at.damage.set('acme-cvs-004.zip', 2);
    const page = await openPage();
    await choose(page).click();
    await page.getByText('acme-cvs-004.zip arrived damaged twice').waitFor({ timeout: 30_000 });
    const row = page.getByRole('row', { name: /acme-cvs-004/ });
    await row.getByText('Damaged').waitFor();
    await expect.poll(() => page.getByText('In your folder', { exact: true }).count()).toBe(4);
    await page.getByRole('button', { name: /^Continue/ }).click();
    await finished(page).waitFor({ timeout: 30_000 });
    expect(await inFolder(page)).toEqual(RIGHT);
  });

  test('stops with the next step when the links end in the middle', async () => {
    const { ticket } = await deliverExport(at.world, contents);
    at.line.slowMs = 60;
    const page = await openPage();
    await choose(page).click();
    await page.getByText('Arriving').first().waitFor();
    at.world.links.revoke(ticket.number, at.world.time.now);
    at.breakLine();
    at.line.isDown = false;
    await page.getByText('The links no longer work. What has arrived stays').waitFor();
  });

  test('says in time that the pace does not suffice, and asks for more with one click', async () => {
    const { ticket } = await deliverExport(at.world, contents);
    at.world.time.now = new Date((ticket.expiresAt?.getTime() ?? 0) - 4_000);
    at.line.slowMs = 500;
    const page = await openPage();
    await choose(page).click();
    await page.getByText(/^At this pace you need .* and have/).waitFor({ timeout: 30_000 });
    await page
      .getByText(/^At this pace/)
      .locator('..')
      .getByRole('button')
      .click();
    await page.getByText('Done: the same links work longer now.').waitFor();
    const extended = at.world.tickets.find(ticket.number);
    expect(extended?.expiresAt?.getTime()).toBeGreaterThan(ticket.expiresAt?.getTime() ?? 0);
    expect(extended?.selfServiceExtensions).toBe(1);
  });

  test('elsewhere fetches one after another', async () => {
    await deliverExport(at.world, contents);
    const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true });
    await context.addInitScript(() => Reflect.deleteProperty(window, 'showDirectoryPicker'));
    const page = await context.newPage();
    const names: string[] = [];
    page.on('download', (download) => names.push(download.suggestedFilename()));
    await page.goto(pageUrl());
    await page.getByRole('button', { name: 'Download one after another' }).click();
    await expect.poll(() => names, { timeout: 30_000 }).toEqual(contents.map(({ name }) => name));
  });
});

describe.skipIf(lacking)('the download page', { timeout: BROWSER_TEST_MS }, () => {
  test('works without script: links, more time, sharing', async () => {
    const { ticket } = await deliverExport(at.world, contents);
    const page = await openPage({ javaScriptEnabled: false, acceptDownloads: true });
    const arrives = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download acme-cvs-001.zip' }).click();
    expect((await arrives).suggestedFilename()).toBe('acme-cvs-001.zip');
    await page.getByText('More time', { exact: true }).click();
    await page.getByRole('button', { name: 'Ask for more time' }).click();
    await page.getByText('Done: the same links work longer now.').waitFor();
    await page.getByLabel('E-mail address of a colleague').fill('bob@acme.example');
    await page.getByRole('button', { name: 'Send a link' }).click();
    await page.getByText('The mail with a personal link is on its way.').waitFor();
    expect(at.world.shares.ofTicket(ticket.number)).toHaveLength(1);
  });

  test('a shared link works until it is ended on the page, in the middle of a download too', async () => {
    const { ticket } = await deliverExport(at.world, contents);
    const page = await openPage();
    await page.getByLabel('E-mail address of a colleague').fill('bob@acme.example');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'End the link of' }).waitFor();
    const [share] = at.world.shares.ofTicket(ticket.number);

    const bob = await page.context().newPage();
    await bob.goto(pageUrl(share?.id));
    await bob.getByText('own.').waitFor();
    expect(await bob.getByRole('heading', { name: 'Share with colleagues' }).count()).toBe(0);
    await choose(bob).click();
    await finished(bob).waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByText('Who downloaded what (').click();
    await page.locator('.log').getByText('bob@acme.example').first().waitFor();

    await page.getByRole('button', { name: 'End the link of' }).click();
    await page.getByText('That link no longer works.').waitFor();
    await bob.reload();
    await bob.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Data export of Acme Recruiting' }).waitFor();
  });

  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [360, 1280].map((width) => ({ colorScheme, viewport: { width, height: 800 } })),
  );

  test.each(looks)('is fit for everybody: $colorScheme, $viewport.width px', async (look) => {
    await deliverExport(at.world, contents);
    at.damage.set('acme-cvs-004.zip', 9);
    const page = await openPage({ ...look, reducedMotion: 'reduce', timezoneId: 'Asia/Kolkata' });
    await page.getByText(/9 March at 15:30.*left/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByText('Linux and macOS, with curl').click();
    await choose(page).focus();
    await page.keyboard.press('Enter');
    await page.getByText('acme-cvs-004.zip arrived damaged twice').waitFor({ timeout: 30_000 });
    expect(await axeViolations(page)).toEqual([]);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBe(0);
    const shots = process.env.SHOTS;
    if (shots) {
      const path = `${shots}/${look.colorScheme}-${look.viewport.width}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  });
});
