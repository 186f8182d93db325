import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { webThreadOf } from '../../src/adapters/web/chat-thread.ts';
import { lacksBrowser } from '../support/browser.ts';
import { BROWSER_TEST_MS, useChatVisits } from '../support/chat-page.ts';

const ALICE = webThreadOf('alice@acme.example');

describe.skipIf(lacksBrowser())('the chat in a browser', { timeout: BROWSER_TEST_MS }, () => {
  const chat = useChatVisits();

  test('from the first question to the links, and again after a reload', async () => {
    chat.answerLikeABot();
    const page = await chat.openAs(/Alice Adams/);
    await page.getByRole('button', { name: 'I need a full export of our account' }).click();
    const log = page.getByRole('log');
    await log.getByText('Shall I open the request?').waitFor();
    expect(await log.getByRole('listitem').allTextContents()).toEqual(['your data', 'your files']);

    await log.getByRole('button', { name: 'Yes, please' }).click();
    await log.getByText('Here are your links.').waitFor();
    expect(await log.getByRole('button').count()).toBe(0);
    expect(chat.server.received.map(({ text }) => text)).toEqual([
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
    expect(chat.complaints).toEqual([]);
  });

  test('with the keyboard alone', async () => {
    chat.answerLikeABot();
    const page = await chat.openPage();
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
    expect(chat.server.received[0]?.text).toBe('Hello\nI need an export');
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
    const page = await chat.openAs(/Alice Adams/);
    await page.context().setOffline(true);
    await page.getByLabel('Your message').fill('Are you there?');
    await page.keyboard.press('Enter');
    await page.getByText('Not sent yet').waitFor();
    await page.getByText('The connection is lost').waitFor();
    expect(chat.server.received).toEqual([]);
    await page.context().setOffline(false);
    await page.getByText('Not sent yet').waitFor({ state: 'detached' });
    await page.getByText('The connection is lost').waitFor({ state: 'detached' });
    expect(chat.server.chatLog.after(ALICE, 0, 10).map(({ text }) => text)).toEqual([
      'Are you there?',
    ]);
  });

  test('keeps a draft over a reload, and hears what was said meanwhile', async () => {
    const page = await chat.openAs(/Alice Adams/);
    await page.getByLabel('Your message').fill('A thought');
    await chat.server.thread.send(ALICE, { text: 'News for you', choices: [], file: null }, 'news');
    await page.getByText('News for you').waitFor();
    await page.reload();
    await page.getByText('News for you').waitFor();
    expect(await page.getByLabel('Your message').inputValue()).toBe('A thought');
  });

  test('takes files, says which it does not take, and lets them be removed', async () => {
    const page = await chat.openAs(/Alice Adams/);
    const picker = page.locator('input[type=file]');
    const csv = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') };
    await picker.setInputFiles([csv, { ...csv, name: 'setup.exe' }]);
    await page.getByText(/“setup.exe” cannot be attached/).waitFor();
    await page.getByRole('button', { name: 'Remove list.csv' }).click();
    expect(await page.getByText('list.csv').count()).toBe(0);
    await picker.setInputFiles([csv]);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('link', { name: /list.csv/ }).waitFor();
    expect(chat.server.received[0]).toMatchObject({ text: '', files: ['list.csv'] });
    expect(chat.complaints).toEqual([]);
  });

  test('takes a pasted screenshot', async () => {
    const page = await chat.openAs(/Alice Adams/);
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
    expect(chat.complaints).toEqual([]);
  });

  test('never takes words for HTML, and links only to web addresses', async () => {
    const page = await chat.openAs(/Alice Adams/);
    const text =
      '<img src=x onerror="document.title=1"> see https://help.example/a?b=c. Not javascript:alert(1)';
    await chat.server.thread.send(ALICE, { text, choices: [], file: null }, 'html');
    const bubble = page.getByRole('log').locator('.bubble');
    await bubble.waitFor();
    expect(await bubble.textContent()).toBe(text);
    const links = bubble.getByRole('link');
    expect(await links.count()).toBe(1);
    expect(await links.getAttribute('href')).toBe('https://help.example/a?b=c');
    expect(await links.getAttribute('rel')).toContain('noopener');
    expect(chat.complaints).toEqual([]);
  });

  test('goes on as somebody else, and never mixes the two up', async () => {
    const page = await chat.openAs(/Alice Adams/);
    await page.getByLabel('Your message').fill('I am Alice');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('I am Alice').waitFor();

    const second = await page.context().newPage();
    await second.goto(chat.server.url);
    await second.getByRole('button', { name: /Signed in as Alice Adams/ }).click();
    await second.getByRole('button', { name: /Bob Brown/ }).click();
    await second.getByText('Hello Bob').waitFor();
    expect(await second.getByText('I am Alice').count()).toBe(0);

    await page.getByLabel('Your message').fill('Still Alice');
    await page.keyboard.press('Enter');
    await page.getByText(/signed in as somebody else/).waitFor();
    expect(chat.server.chatLog.after(webThreadOf('bob@acme.example'), 0, 10)).toEqual([]);
  });
});

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}
