import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong on a page, by WCAG 2.2 AA and its own best practices: rule and element. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Not a script tag: the page's content security policy rightly refuses it.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const run: (typeof axe)['run'] = Reflect.get(Reflect.get(window, 'axe'), 'run');
    const { violations } = await run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 200)}`),
    );
  });
}
