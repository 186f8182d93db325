import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type ChatServer, PEOPLE, startChatServer } from './chat-server.ts';
import { ensurePagesBuilt } from './pages.ts';

/** A browser on a busy machine is slow; nothing waits so long when it works. */
const BROWSER_WAIT_MS = 20_000;
export const BROWSER_TEST_MS = 90_000;

export const LINKS = {
  ref: { kind: 'links_csv', ticketNumber: 12 } as const,
  fileName: 'x.csv',
  contentType: 'text/csv',
  content: Buffer.from(''),
};

/** The chat in sample mode and a browser to visit it with, new for each test of a suite. */
export type ChatVisits = {
  server: ChatServer;
  browser: Browser;
  /** What went wrong in the pages: script errors, console errors, requests to elsewhere. */
  complaints: string[];
  openPage(options?: BrowserContextOptions): Promise<Page>;
  /** Opens the page and goes on as a person of the sample. */
  openAs(name: RegExp, options?: BrowserContextOptions): Promise<Page>;
  /** From now on the bot asks a question with two answers, and gives the links after a yes. */
  answerLikeABot(): void;
};

/** To be called once in a suite, which then uses what it gives inside of its tests. */
export function useChatVisits(): ChatVisits {
  let browser: Browser;
  let server: ChatServer;
  const complaints: string[] = [];

  beforeAll(async () => {
    await ensurePagesBuilt();
    browser = await launchBrowser();
  });

  afterAll(() => browser?.close());

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
    context.setDefaultTimeout(BROWSER_WAIT_MS);
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

  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    complaints,
    openPage,
    openAs,
    answerLikeABot,
  };
}
