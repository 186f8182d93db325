import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Source } from '../../src/ports/source.ts';
import { axeViolations } from '../support/axe.ts';
import { lacksBrowser, launchBrowser } from '../support/browser.ts';
import { createMemorySource, memoryFile } from '../support/memory-source.ts';
import { build } from '../support/pipeline.ts';
import { sampleSource } from '../support/sample.ts';
import { readZip } from '../support/zips.ts';

let browser: Browser;
let root: string;
let page: Page;
const faults: string[] = [];

describe.skipIf(lacksBrowser())('the offline viewer', () => {
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'waybill-viewer-'));
    browser = await launchBrowser();
    page = await (await browser.newContext()).newPage();
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (line) => line.text().includes('Refused') && faults.push(line.text()));
    // Nothing of it may need a network.
    await page.route(/^https?:/, (route) => {
      faults.push(route.request().url());
      return route.abort();
    });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(root, { recursive: true, force: true });
  });

  /** Builds an export and extracts its ZIPs into one folder, all or those that `wanted` says. */
  async function extracted(
    name: string,
    source: Source,
    wanted = (_zip: string) => true,
  ): Promise<string> {
    const built = await build(join(root, name), source, { partSizeBytes: 1_000_000 });
    const folder = join(root, `${name} extracted`);
    for (const { name: zip } of built.receipts.filter((receipt) => wanted(receipt.name))) {
      for (const [path, content] of await readZip(join(root, name, 'e1', zip))) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
    }
    return folder;
  }

  const open = (folder: string) => page.goto(`${pathToFileURL(folder)}/index.html`);
  const counted = () => page.locator('#count').textContent();

  test('lists and finds candidates, jobs and files of the sample, and opens the files', async () => {
    const { source } = await sampleSource();
    const totals = await source.totals('acme', { jobs: null, from: null, to: null });
    await open(await extracted('sample', source));
    await expect.poll(counted).toBe(`${totals.rows.Candidates.toLocaleString('en-US')} candidates`);
    expect(await page.locator('#absent').isHidden()).toBe(true);
    await page.locator('#rows button:has(small:has-text("file"))').first().click();
    const links = await page
      .locator('#detail a')
      .evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(existsSync(fileURLToPath(link))).toBe(true);
    await page.getByRole('button', { name: 'Jobs', exact: true }).click();
    await expect.poll(counted).toBe(`${totals.rows.Jobs} jobs`);
    await page.getByRole('button', { name: 'Files', exact: true }).click();
    await page.getByRole('searchbox').fill('no such file anywhere');
    await expect.poll(counted).toBe('0 files');
    expect(await axeViolations(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('takes nothing of the data for markup, code or a place outside of the folder', async () => {
    const evil = '</script><img src=x onerror="hacked=1">`$' + '{hacked=2}\u2028';
    const source = createMemorySource({
      rows: {
        Candidates: [{ accountId: 'acme', key: ['c1'], values: ['c1', evil] }],
        Jobs: [{ accountId: 'acme', key: ['j1'], values: ['j1', '\ud800 alone'] }],
      },
      files: [
        memoryFile({ fileId: 'f1', name: 'javascript:alert(1).pdf', content: Buffer.from('1') }),
        memoryFile({
          fileId: 'f2',
          name: 'page.html',
          candidateName: evil,
          content: Buffer.from('<script>'),
        }),
      ],
    });
    await open(await extracted('hostile', source));
    await expect.poll(counted).toBe('1 candidate');
    await page.locator('#rows button').click();
    expect(await page.locator('#detail dd').last().textContent()).toBe(evil);
    expect(await page.evaluate('typeof hacked')).toBe('undefined');
    expect(await page.locator('#detail img').count()).toBe(0);
    const links = await page
      .locator('#detail a')
      .evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
    expect(links).toHaveLength(1);
    expect(existsSync(fileURLToPath(links[0] ?? ''))).toBe(true);
    // A page of a candidate could run what is in it.
    expect(await page.locator('#detail li', { hasText: 'page.html' }).locator('a').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('says which ZIPs are not extracted yet, also on a telephone', async () => {
    const { source } = await sampleSource();
    await page.setViewportSize({ width: 360, height: 740 });
    await open(await extracted('partial', source, (zip) => zip.includes('data')));
    await expect
      .poll(() => page.locator('#absent').textContent())
      .toMatch(/Not here yet: acme-\w+-\d+\.zip.* Extract all ZIPs into this same folder/);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.locator('#rows button').count()).toBeGreaterThan(10);
  });
});
