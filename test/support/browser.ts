import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const COMMON_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where Chromium is on this machine: CHROMIUM_PATH, or one of the usual places; null when there is none. */
const chromiumPath =
  [process.env.CHROMIUM_PATH, ...COMMON_PATHS].find((path) => path && existsSync(path)) ?? null;

/** For `test.skipIf`: says aloud that tests in the browser are left out, and how to have them. */
export function lacksBrowser(): boolean {
  if (chromiumPath) return false;
  console.warn('No Chromium found: browser tests are left out. Set CHROMIUM_PATH to run them.');
  return true;
}

/** A headless browser that talks to nobody but the test. */
export function launchBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error('No Chromium found; set CHROMIUM_PATH.');
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
