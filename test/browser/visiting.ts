import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Shorter than a test may take: a step that never comes is told by its name, not by the test's own end. */
const MAX_STEP_MS = 12_000;

/** A page of a browser that has seen nothing yet, for as long as somebody visits. */
export async function visiting<Result>(
  browser: Browser,
  options: BrowserContextOptions,
  visit: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(MAX_STEP_MS);
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

/** WCAG 2.2 AA, and what axe takes for good practice beside it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What on a page breaks a rule of accessibility (axe-core), or one of these rules alone. The page's policy must let scripts of tests in (`bypassCSP`). */
export async function violationsOn(page: Page, ...rules: readonly string[]): Promise<unknown> {
  const only = rules.length > 0 ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(only)}, resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' | ')))`,
  );
}

/** By how many pixels a page scrolls sideways. */
export const sideways = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
