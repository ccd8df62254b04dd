import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { renderReport } from '../../lib/rehearsal/report';
import { renderRunReport } from '../../lib/report';
import { resultOf } from '../../test/rehearsal/report-fixture';
import { RUNS, wide } from '../../test/report/run-fixtures';
import { Browser } from './pages/browser';
import { judgedPage, type View } from './pages/judged-page';

const VIEWS: readonly View[] = [360, 768, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

/**
 * The pages of runs and of rehearsals, opened in a headless Chromium from a phone's width to a wide screen, light and dark, closed and opened: the console
 * says nothing, nothing is wider than the window, every text has the contrast of WCAG's level AA, every picture a name, and keys reach what opens and scrolls.
 *
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export async function pages(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-'));
  const browser = new Browser('chromium', path.join(folder, 'profile'));
  const found: string[] = [];
  try {
    for (const [name, text] of Object.entries(allPages())) {
      const file = path.join(folder, `${name}.html`);
      fs.writeFileSync(file, text);
      for (const view of VIEWS) {
        const faults = await judgedPage(browser, file, view);
        found.push(...faults.map((fault) => `${name}, ${view.width} pixels, ${view.scheme}: ${fault}`));
      }
    }
    console.log(`   ${Object.keys(allPages()).length} pages, each in ${VIEWS.length} views`);
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  if (found.length > 0) throw new Error(found.join('\n'));
}

/** One of each kind and state, one of many features, one with names that nothing breaks, and one of a rehearsal. */
function allPages(): { readonly [name: string]: string } {
  const runs = Object.entries(RUNS).map(([name, run]) => [name, renderRunReport(run())] as const);
  const column = Array.from({ length: 200 }, (_, index) => String(index));
  const moved = column.map((value) => `${value}0`);
  const rehearsed = resultOf({ age: column, ['y'.repeat(300)]: column }, [
    { age: column, ['y'.repeat(300)]: column },
    { age: moved, ['y'.repeat(300)]: column },
  ]);
  return {
    ...Object.fromEntries(runs),
    wide: renderRunReport(wide(100)),
    unbroken: renderRunReport(wide(4, (index) => `${'x'.repeat(300)}${index}`)),
    rehearsal: renderReport(rehearsed, { title: 'Rehearsal', seed: 7, facts: { data: 'z'.repeat(300) } }),
  };
}
