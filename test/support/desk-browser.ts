import type { Browser, BrowserContext, Page } from 'playwright-core';
import { axeViolations } from './axe.ts';
import { launchBrowser } from './browser.ts';
import { type DeskServer, startDeskServer } from './desk-server.ts';
import { ensurePagesBuilt } from './pages.ts';

export const SIZES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 360, height: 740 },
};

/** A desk with its page in a browser. What the page complains of, or asks of others, stands in `problems`. */
export type DeskBrowser = {
  server: DeskServer;
  page: Page;
  problems: string[];
  signIn(path?: string): Promise<void>;
  close(): Promise<void>;
};

let browser: Promise<Browser> | null = null;

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}

/** Opens the desk's page, builds it before if it has to be. */
export async function openDeskPage(
  viewport = SIZES.desktop,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<DeskBrowser> {
  browser ??= ensurePagesBuilt().then(launchBrowser);
  const server = await startDeskServer();
  const context: BrowserContext = await (await browser).newContext({
    locale: 'en-GB',
    viewport,
    colorScheme,
  });
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) problems.push(request.url());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => {
    // A refusal that the page shows is an error to the browser's console.
    if (line.type() === 'error' && !/\b40[139]\b/.test(line.text())) problems.push(line.text());
  });

  return {
    server,
    page,
    problems,
    async signIn(path = '/desk') {
      await page.goto(`${server.url}${path}?token=${server.tokens.desk()}`);
      await page.getByLabel('Your name').fill('Ann');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.locator('.desk').waitFor();
    },
    async close() {
      await context.close();
      await server.close();
    },
  };
}

/** What axe has to say about the page as it is; colours are judged when they stand still. */
export async function violations(page: Page): Promise<string[]> {
  await page.waitForFunction(() =>
    document.getAnimations().every((it) => it.playState !== 'running'),
  );
  return axeViolations(page);
}

/** Pixels by which the ticket is wider than its place. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.querySelector('.ticket');
    const root = document.documentElement;
    return Math.max(
      root.scrollWidth - root.clientWidth,
      main ? main.scrollWidth - main.clientWidth : 0,
    );
  });
}
