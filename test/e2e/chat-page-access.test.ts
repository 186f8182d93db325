import { describe, expect, test } from 'vitest';
import { webThreadOf } from '../../src/adapters/web/chat-thread.ts';
import { axeViolations } from '../support/axe.ts';
import { lacksBrowser } from '../support/browser.ts';
import { BROWSER_TEST_MS, LINKS, useChatVisits } from '../support/chat-page.ts';
import { atsToken, startChatServer } from '../support/chat-server.ts';

const ALICE = webThreadOf('alice@acme.example');

describe.skipIf(lacksBrowser())('the chat is for everybody', { timeout: BROWSER_TEST_MS }, () => {
  const chat = useChatVisits();

  test('fits a phone of 320 px, with endless words', async () => {
    const endless = `${'a'.repeat(400)} https://x.example/${'b'.repeat(300)}`;
    await chat.server.thread.send(ALICE, { text: endless, choices: [], file: LINKS }, 'long');
    const page = await chat.openAs(/Alice Adams/, { viewport: { width: 320, height: 640 } });
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
    const page = await (await chat.browser.newContext()).newPage();
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
    const page = await chat.openPage(look);
    await page.getByRole('heading', { name: 'Who would you like to be?' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole('button', { name: /نور/ }).click();
    await page.getByRole('button', { name: 'Where is my export?' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await page.getByRole('button', { name: /Signed in as/ }).click();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');

    chat.answerLikeABot();
    const noor = webThreadOf('noor@hilal.example');
    await chat.server.thread.send(
      noor,
      { text: 'Ready. See https://a.example/b', choices: [], file: LINKS },
      'a',
    );
    await page.getByText('Ready. See').waitFor();
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
    expect(await axeViolations(page)).toEqual([]);
  });
});
