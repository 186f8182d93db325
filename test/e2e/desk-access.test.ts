import { afterAll, describe, expect, test } from 'vitest';
import { lacksBrowser } from '../support/browser.ts';
import {
  closeBrowser,
  openDeskPage,
  overflow,
  SIZES,
  violations,
} from '../support/desk-browser.ts';
import { addTalk, fillDesk } from '../support/desk-tickets.ts';

afterAll(closeBrowser);

describe.skipIf(lacksBrowser())('the desk is for everybody', () => {
  for (const scheme of ['light', 'dark'] as const) {
    for (const [name, size] of Object.entries(SIZES)) {
      test(`axe finds nothing to complain of: ${scheme}, ${name}`, async () => {
        const { server, page, signIn, problems, close } = await openDeskPage(size, scheme);
        const [, delivered] = fillDesk(server, 24);
        if (delivered) addTalk(server, delivered);
        await page.goto(`${server.url}/desk`);
        await page.getByLabel('Your name').waitFor();
        expect(await violations(page)).toEqual([]);
        await signIn();
        expect(await violations(page)).toEqual([]);
        for (const number of [1, 2, 3, 6]) {
          await page.goto(`${server.url}/desk/${number}`);
          await page.getByRole('heading', { level: 1 }).waitFor();
          expect(await violations(page), `ticket ${number}`).toEqual([]);
          expect(await overflow(page), `ticket ${number}`).toBe(0);
        }
        await page.goto(`${server.url}/desk/1`);
        for (const action of ['Approve', 'Reject…', 'Change options…']) {
          await page.getByRole('button', { name: action, exact: true }).click();
          await page.getByRole('dialog').waitFor();
          if (action === 'Change options…') await page.getByLabel('Only some').check();
          expect(await violations(page), action).toEqual([]);
          await page.keyboard.press('Escape');
        }
        await close();
        expect(problems).toEqual([]);
      });
    }
  }
});
