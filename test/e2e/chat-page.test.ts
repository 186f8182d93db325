import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { webThreadOf } from '../../src/adapters/web/chat-thread.ts';
import { axeViolations } from '../support/axe.ts';
import { launchBrowser, lacksBrowser } from '../support/browser.ts';
import { atsToken, type ChatServer, PEOPLE, startChatServer } from '../support/chat-server.ts';
import { ensurePagesBuilt } from '../support/pages.ts';

const ALICE = webThreadOf('alice@acme.example');
const LINKS = {
  ref: { kind: 'links_csv', ticketNumber: 12 } as const,
  fileName: 'x.csv',
  contentType: 'text/csv',
  content: Buffer.from(''),
};

describe.skipIf(lacksBrowser())('the chat in a browser', () => {
  let browser: Browser;
  let server: ChatServer;
  const complaints: string[] = [];

  beforeAll(async () => {
    await ensurePagesBuilt();
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    complaints.length = 0;
    server = await startChatServer({ sample: { people: async () => PEOPLE } });
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await server.close();
  });

  async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(8_000);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text());
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'blob:' && origin !== server.url) complaints.push(request.url());
    });
    await page.goto(server.url);
    return page;
  }

  async function openAs(name: RegExp, options?: BrowserContextOptions): Promise<Page> {
    const page = await openPage(options);
    await page.getByRole('button', { name }).click();
    await page.getByLabel('Your message').waitFor();
    return page;
  }

  /** The bot of these tests: a question with two answers, then the links. */
  function answerLikeABot(): void {
    server.onReceive.act = async ({ id, thread, text }) => {
      const reply = /^yes/i.test(text)
        ? { text: 'Here are your links.', choices: [], file: LINKS }
        : {
            text: 'A full export holds:\n• your data\n• your files\n\nShall I open the request?',
            choices: [
              { label: 'Yes, please', text: 'Yes' },
              { label: 'Not now', text: 'No' },
            ],
            file: null,
          };
      await server.thread.send(thread, reply, id);
    };
  }

  test('from the first question to the links, and again after a reload', async () => {
    answerLikeABot();
    const page = await openAs(/Alice Adams/);
    await page.getByRole('button', { name: 'I need a full export of our account' }).click();
    const log = page.getByRole('log');
    await log.getByText('Shall I open the request?').waitFor();
    expect(await log.getByRole('listitem').allTextContents()).toEqual(['your data', 'your files']);

    await log.getByRole('button', { name: 'Yes, please' }).click();
    await log.getByText('Here are your links.').waitFor();
    expect(await log.getByRole('button').count()).toBe(0);
    expect(server.received.map(({ text }) => text)).toEqual([
      'I need a full export of our account',
      'Yes',
    ]);

    const download = page.waitForEvent('download');
    await log.getByRole('link', { name: /Your download links/ }).click();
    const csv = await download;
    expect(csv.suggestedFilename()).toBe('waybill-12-links.csv');
    expect(await readFile(await csv.path(), 'utf8')).toBe('part,link\r\n');

    await page.reload();
    await log.getByText('Here are your links.').waitFor();
    expect(await log.getByText('Shall I open the request?').count()).toBe(1);
    expect(await log.getByText('Today').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('with the keyboard alone', async () => {
    answerLikeABot();
    const page = await openPage();
    const first = page.getByRole('button', { name: /Alice Adams/ });
    await first.waitFor();
    await page.keyboard.press('Tab');
    expect(await hasFocus(first)).toBe(true);
    await page.keyboard.press('Enter');
    const field = page.getByLabel('Your message');
    await field.waitFor();
    for (let tabs = 0; tabs < 12 && !(await hasFocus(field)); tabs++) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('Hello');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('I need an export');
    await page.keyboard.press('Enter');
    await page.getByText('Shall I open the request?').waitFor();
    expect(server.received[0]?.text).toBe('Hello\nI need an export');
    expect(await hasFocus(field)).toBe(true);

    const answer = page.getByRole('button', { name: 'Yes, please' });
    for (let tabs = 0; tabs < 4 && !(await hasFocus(answer)); tabs++) {
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('Here are your links.').waitFor();
    expect(await hasFocus(field)).toBe(true);
  });

  test('keeps what is written while there is no connection, and sends it once', async () => {
    const page = await openAs(/Alice Adams/);
    await page.context().setOffline(true);
    await page.getByLabel('Your message').fill('Are you there?');
    await page.keyboard.press('Enter');
    await page.getByText('Not sent yet').waitFor();
    await page.getByText('The connection is lost').waitFor();
    expect(server.received).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('Not sent yet').waitFor({ state: 'detached' });
    await page.getByText('The connection is lost').waitFor({ state: 'detached' });
    expect(server.chatLog.after(ALICE, 0, 10).map(({ text }) => text)).toEqual(['Are you there?']);
  });

  test('keeps a draft over a reload, and hears what was said meanwhile', async () => {
    const page = await openAs(/Alice Adams/);
    await page.getByLabel('Your message').fill('A thought');
    await server.thread.send(ALICE, { text: 'News for you', choices: [], file: null }, 'news');
    await page.getByText('News for you').waitFor();
    await page.reload();
    await page.getByText('News for you').waitFor();
    expect(await page.getByLabel('Your message').inputValue()).toBe('A thought');
  });

  test('takes files, says which it does not take, and lets them be removed', async () => {
    const page = await openAs(/Alice Adams/);
    const picker = page.locator('input[type=file]');
    const csv = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') };
    await picker.setInputFiles([csv, { ...csv, name: 'setup.exe' }]);
    await page.getByText(/“setup.exe” cannot be attached/).waitFor();
    await page.getByRole('button', { name: 'Remove list.csv' }).click();
    expect(await page.getByText('list.csv').count()).toBe(0);
    await picker.setInputFiles([csv]);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('link', { name: /list.csv/ }).waitFor();
    expect(server.received[0]).toMatchObject({ text: '', files: ['list.csv'] });
    expect(complaints).toEqual([]);
  });

  test('takes a pasted screenshot', async () => {
    const page = await openAs(/Alice Adams/);
    const png = (await page.screenshot()).toString('base64');
    await page.getByLabel('Your message').evaluate((field, content) => {
      const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
      field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, png);
    await page.getByText(/^Screenshot .*\.png$/).waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('link', { name: /Screenshot/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('never takes words for HTML, and links only to web addresses', async () => {
    const page = await openAs(/Alice Adams/);
    const text =
      '<img src=x onerror="document.title=1"> see https://help.example/a?b=c. Not javascript:alert(1)';
    await server.thread.send(ALICE, { text, choices: [], file: null }, 'html');
    const bubble = page.getByRole('log').locator('.bubble');
    await bubble.waitFor();
    expect(await bubble.textContent()).toBe(text);
    const links = bubble.getByRole('link');
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute('href')).toBe('https://help.example/a?b=c');
    expect(await links.getAttribute('rel')).toContain('noopener');
    expect(complaints).toEqual([]);
  });

  test('goes on as somebody else, and never mixes the two up', async () => {
    const page = await openAs(/Alice Adams/);
    await page.getByLabel('Your message').fill('I am Alice');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('I am Alice').waitFor();

    const second = await page.context().newPage();
    await second.goto(server.url);
    await second.getByRole('button', { name: /Signed in as Alice Adams/ }).click();
    await second.getByRole('button', { name: /Bob Brown/ }).click();
    await second.getByText('Hello Bob').waitFor();
    expect(await second.getByText('I am Alice').count()).toBe(0);

    await page.getByLabel('Your message').fill('Still Alice');
    await page.keyboard.press('Enter');
    await page.getByText(/signed in as somebody else/).waitFor();
    expect(server.chatLog.after(webThreadOf('bob@acme.example'), 0, 10)).toEqual([]);
  });

  test('fits a phone of 320 px, with endless words', async () => {
    const endless = `${'a'.repeat(400)} https://x.example/${'b'.repeat(300)}`;
    await server.thread.send(ALICE, { text: endless, choices: [], file: LINKS }, 'long');
    const page = await openAs(/Alice Adams/, { viewport: { width: 320, height: 640 } });
    await page.getByRole('link', { name: /x.example/ }).waitFor();
    const overflow = () =>
      page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('.thread')].map(
          (box) => box.scrollWidth - box.clientWidth,
        ),
      );
    expect(await overflow()).toEqual([0, 0]);
  });

  test('asks to be opened from the ATS when nobody is signed in', async () => {
    const real = await startChatServer();
    const page = await (await browser.newContext()).newPage();
    await page.goto(real.url);
    await page.getByRole('heading', { name: /open the chat from your recruiting/ }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`${real.url}/?token=nonsense`);
    await page.getByText('This link to the chat does not work').waitFor();
    await page.goto(`${real.url}/?token=${await atsToken()}`);
    await page.getByText('Hello Alice').waitFor();
    expect(page.url()).toBe(`${real.url}/`);
    await real.close();
  });

  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [360, 1280].map((width) => ({ colorScheme, viewport: { width, height: 800 } })),
  );

  test.each(looks)('is fit for everybody: $colorScheme, $viewport.width px', async (look) => {
    const page = await openPage(look);
    await page.getByRole('heading', { name: 'Who would you like to be?' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole('button', { name: /نور/ }).click();
    await page.getByRole('button', { name: 'Where is my export?' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole('button', { name: /Signed in as/ }).click();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    answerLikeABot();
    const noor = webThreadOf('noor@hilal.example');
    await server.thread.send(
      noor,
      { text: 'Ready. See https://a.example/b', choices: [], file: LINKS },
      'a',
    );
    const png = { name: 'a.png', mimeType: 'image/png', buffer: await page.screenshot() };
    await page.locator('input[type=file]').setInputFiles([png, { ...png, name: 'x.exe' }]);
    await page.getByLabel('Your message').fill('أحتاج إلى تصدير https://a.example/c');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Yes, please' }).waitFor();
    await page.context().setOffline(true);
    await page.getByLabel('Your message').fill('Hello?');
    await page.keyboard.press('Enter');
    await page.getByText('The connection is lost').waitFor();
    // A bubble that is still coming in has less contrast for a moment.
    await page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .map((one) =>
            one.playState === 'running' && one.effect?.getTiming().iterations === 1
              ? one.finished
              : null,
          ),
      ),
    );
    expect(await axeViolations(page)).toEqual([]);
  });
});

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}
