import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { renderReport } from '../../lib/rehearsal/report';
import { renderRunReport } from '../../lib/report';
import { dashboardPage } from '../../test/rehearsal/dashboard-fixture';
import { resultOf } from '../../test/rehearsal/report-fixture';
import { onModelMonitor, quieted, RUNS, tested, wide } from '../../test/report/run-fixtures';
import { Browser } from './pages/browser';
import { emptyTab, judgedPage, type View } from './pages/judged-page';
import { Pictures } from './pages/pictures';
import { widgetPages } from './pages/widgets';

const VIEWS: readonly View[] = [360, 768, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

/** Views of which pictures are kept. */
const PICTURED: ReadonlySet<string> = new Set(['360-light', '1280-dark']);

/**
 * The pages of runs and of rehearsals, opened in a headless Chromium from a phone's width to a wide screen, light and dark, closed and opened: the console
 * says nothing, nothing is wider than the window, every text has the contrast of WCAG's level AA, every picture a name, and keys reach what opens and scrolls.
 * Their pictures are as they were reviewed (`tools/verify/pages/reviewed/`), but for a tolerance; PICTURES=write writes those of now, for whoever then looks at them.
 *
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export async function pages(): Promise<void> {
  wideCost();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-'));
  const browser = new Browser('chromium', path.join(folder, 'profile'));
  const found: string[] = [];
  try {
    const pictures = new Pictures(await emptyTab(browser), process.env.PICTURES === 'write');
    const written = Object.entries(allPages());
    for (const [name, text] of written) {
      fs.writeFileSync(path.join(folder, `${name}.html`), text);
      found.push(...(await faultsOf(name, { folder, browser, pictures })));
    }
    console.log(`   ${written.length} pages, each in ${VIEWS.length} views; ${pictures.count} pictures`);
  } finally {
    await browser.close();
    fs.rmSync(path.join(folder, 'profile'), { recursive: true, force: true, maxRetries: 5 });
  }
  if (found.length > 0) throw new Error(found.join('\n'));
  fs.rmSync(folder, { recursive: true, force: true });
}

/** What a page of 2,000 features over 28 windows may take, drawn once, as by a function that has just started. */
const WIDE = { features: 2000, bytes: 3_000_000, processorSeconds: 1 };

function wideCost(): void {
  const run = wide(WIDE.features);
  const earlier = Array.from({ length: 27 }, () => run.report);
  const before = process.cpuUsage();
  const bytes = Buffer.byteLength(renderRunReport({ ...run, earlier }));
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const words = `${WIDE.features} features over 28 windows: ${(bytes / 1e6).toFixed(2)} MB, ${seconds.toFixed(2)} s of the processor`;
  if (bytes > WIDE.bytes || seconds > WIDE.processorSeconds) throw new Error(`too much: ${words}`);
  console.log(`   ${words}`);
}

/** Pages that look like others, but for a sentence or a column: what is wrong with them is found, and no picture is kept. */
const UNPICTURED = /^(unbroken|model-monitor-.*|(?!drifted|failed|fleet).*-widget-.*)$/;

/** With what pages are looked at. */
interface Eyes {
  readonly folder: string;
  readonly browser: Browser;
  readonly pictures: Pictures;
}

async function faultsOf(name: string, { folder, browser, pictures }: Eyes): Promise<string[]> {
  const found: string[] = [];
  for (const view of VIEWS) {
    const { faults, picture } = await judgedPage(browser, path.join(folder, `${name}.html`), view);
    const isKept = PICTURED.has(`${view.width}-${view.scheme}`) && !UNPICTURED.test(name);
    const own = isKept ? await pictures.faults(`${name}-${view.width}-${view.scheme}`, picture, folder) : [];
    found.push(...[...faults, ...own].map((fault) => `${name}, ${view.width} pixels, ${view.scheme}: ${fault}`));
  }
  return found;
}

/** One of each kind and state, by each engine, of a test that goes on and of one that has ended, of what people accepted, of many features, with names that nothing breaks, each as a widget, one of a rehearsal, and one of what it has put on a dashboard. */
function allPages(): { readonly [name: string]: string } {
  const runs = Object.entries(RUNS).map(([name, run]) => [name, renderRunReport(run())] as const);
  const column = Array.from({ length: 200 }, (_, index) => String(index));
  const moved = column.map((value) => `${value}0`);
  const rehearsed = resultOf({ age: column, ['y'.repeat(300)]: column }, [
    { age: column, ['y'.repeat(300)]: column },
    { age: moved, ['y'.repeat(300)]: column },
  ]);
  const ofModelMonitor = (['drifted', 'aged', 'unfair', 'distracted', 'failed', 'empty'] as const).map(
    (name) => [`model-monitor-${name}`, renderRunReport(onModelMonitor(RUNS[name]()))] as const,
  );
  return {
    ...Object.fromEntries([...runs, ...ofModelMonitor]),
    ...widgetPages(),
    ended: renderRunReport(tested('Worse')),
    accepted: renderRunReport(quieted('Accepted')),
    paused: renderRunReport(quieted('Paused')),
    wide: renderRunReport(wide(100)),
    unbroken: renderRunReport(wide(4, (index) => `${'x'.repeat(300)}${index}`)),
    dashboard: dashboardPage(),
    rehearsal: renderReport(rehearsed, { title: 'Rehearsal', seed: 7, facts: { data: 'z'.repeat(300) } }),
  };
}
