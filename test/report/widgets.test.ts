import fc from 'fast-check';
import {
  type FiringAlarm,
  type FleetMonitor,
  type ReportedRun,
  renderFleetWidget,
  renderMonitorWidget,
  renderWithoutReport,
} from '../../lib/report';
import { nastyText, SEED } from '../fixtures/nasty-text';
import { tagsOf } from './page-text';
import { RUNS, wide } from './run-fixtures';
import { UNPRINTABLE, withTexts } from './strange-texts';

/** Letters that CloudWatch's console takes from a function, in bytes. */
const MOST_BYTES = 2_000_000;

/** Monitors of a fleet, one for each violated feature of a wide run, and alarms as many. */
function fleetOf(run: ReportedRun): { readonly monitors: FleetMonitor[]; readonly alarms: FiringAlarm[] } {
  const { violated = [] } = run.report;
  const monitors = violated.map(({ feature, check }, index): FleetMonitor => {
    const outcome = { ...run.report.outcome, violations: [], violationCount: 1 };
    const qualityWindows = [
      {
        start: '2026-03-04T08:00:00Z',
        end: '2026-03-04T09:00:00Z',
        quality: [{ realized: { [feature]: [1, 0.1] as const } }],
      },
    ];
    const decision = {
      version: '1',
      trigger: 't',
      pipelineName: `retrain ${feature}`,
      decision: 'Declined',
      reason: 'CoolDown',
    } as const;
    return {
      monitorId: `Stack/${index}`,
      report: { ...run.report, outcome, violated: [{ feature, check }], qualityWindows },
      decision,
    };
  });
  return { monitors, alarms: violated.map(({ feature }) => ({ name: feature, since: '2026-03-04T08:00:00Z' })) };
}

const drawnFleet = ({ monitors, alarms }: ReturnType<typeof fleetOf>) =>
  renderFleetWidget({ monitors, monitorCount: monitors.length, alarms, hasMoreAlarms: false, theme: 'light' });
const drawnMonitor = (run: ReportedRun) =>
  renderMonitorWidget({ run, marks: [], page: 'https://console/', theme: 'dark' });

/** Checks a widget of texts, each unlike the other, against the same of plain ones; returns how many there were. */
function checkWidget<Told>(told: Told, draw: (told: Told) => string, texts: readonly string[]): number {
  let used = 0;
  const page = draw(withTexts(told, () => `${used}${texts[used++ % texts.length]}`));
  const plain = draw(withTexts(told, (text) => `${text}x`));
  expect(tagsOf(page).join()).toBe(tagsOf(plain).join());
  expect(page.split('href="').length).toBe(plain.split('href="').length);
  expect(/<[a-z][^>]{0,200}\s(?:src|on\w+)=/i.exec(page)?.[0]).toBeUndefined();
  expect(UNPRINTABLE.exec(page)?.[0]).toBeUndefined();
  expect(JSON.parse(JSON.stringify(page))).toBe(page);
  return used;
}

test(`no name, value or reason becomes a tag, a link or a control character of a widget: 10,000 texts, seed ${SEED}`, () => {
  let used = 0;
  const run = wide(200);
  const fleet = fleetOf(run);
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 500, maxLength: 500 }), (texts) => {
      used += checkWidget(fleet, drawnFleet, texts);
      for (const one of [run, ...Object.values(RUNS).map((made) => made())])
        used += checkWidget(one, drawnMonitor, texts);
      for (const text of texts.slice(0, 50))
        used += checkWidget(
          { reason: 'a', name: text },
          ({ reason, name }) => renderWithoutReport(name, reason, 'light'),
          texts,
        );
    }),
    { seed: SEED, numRuns: 14, endOnFailure: true },
  );
  expect(used).toBeGreaterThan(10_000);
});

/** What CloudWatch's console lets stand: it takes away scripts, frames and uses. */
const OURS = /^\/?(style|div|p|h3|a|small|ul|li|table|caption|tr|th|td|em|span|bdi|svg|title|desc|path|rect|text)$/;

test.each(Object.entries(RUNS))(
  'the widget of a run (%s) has no tag but those that the console lets stand',
  (_, made) => {
    const tags = new Set(tagsOf(drawnMonitor(made())));
    expect([...tags].filter((tag) => !OURS.test(tag))).toEqual([]);
  },
);

test('its styles are of nothing outside of it', () => {
  const [, style] = /<style>(.*?)<\/style>/s.exec(drawnMonitor(RUNS.drifted())) ?? [];
  const selectors = (style ?? '').split('\n').flatMap((rule) => rule.slice(0, rule.indexOf('{')).split(','));
  expect(selectors.length).toBeGreaterThan(20);
  expect(selectors.filter((selector) => !selector.startsWith('.models'))).toEqual([]);
});

test('of as many monitors as are read, with the longest names, it is smaller than what the console takes', () => {
  const long = '\u{1f600}'.repeat(500);
  const [first] = fleetOf(wide(1)).monitors;
  const { report } = withTexts(first, () => long);
  const monitors = Array.from({ length: 500 }, (_, index) => ({ ...first, report, monitorId: `${index}${long}` }));
  const alarms = Array.from({ length: 50 }, () => ({ name: long }));
  expect(Buffer.byteLength(drawnFleet({ monitors, alarms }))).toBeLessThan(MOST_BYTES);
});

test('a run whose times are none is drawn', () => {
  const run = RUNS.drifted();
  const outcome = { ...run.report.outcome, windowStart: 'yesterday', windowEnd: 'today' };
  const page = renderMonitorWidget({
    run: { ...run, report: { ...run.report, outcome } },
    marks: [{ kind: 'deployed', time: 'today' }],
    theme: 'light',
  });
  expect(page).not.toContain('NaN');
});

test('a monitor that is paused says so, beside how its run ended', () => {
  const { report } = RUNS.drifted();
  const who = { id: 'one', by: 'someone', reason: 'a new schema', until: '2026-03-05T00:00:00Z' };
  const paused = { kind: 'Paused', ...who } as const;
  const monitors = [undefined, paused].map((pause, index): FleetMonitor => {
    const outcome = { ...report.outcome, status: 'Failed', paused: pause } as const;
    return { monitorId: `Stack/${index}`, report: { ...report, outcome } };
  });
  const drawn = drawnFleet({ monitors, alarms: [] });
  expect([...drawn.matchAll(/<em class="problem">([^<]*)<\/em>/g)].map(([, words]) => words)).toEqual([
    'failed',
    'paused, failed',
  ]);
});
