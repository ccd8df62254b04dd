import type { Constraints } from '../../lib/analysis';
import { renderReport } from '../../lib/rehearsal/report';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { type Columns, EMPTY_RESULT, resultOf } from './report-fixture';

const HEADING = 'What this baseline cannot see';

/** A flag, a number that hardly repeats, a plan and a text with too many values. */
const columns = (rows: number): Columns => ({
  '<b>flag</b>': Array.from({ length: rows }, (_, i) => (i % 10 === 0 ? '1' : '0')),
  amount: Array.from({ length: rows }, (_, i) => (((i * 37) % rows) + 0.5).toFixed(1)),
  plan: Array.from({ length: rows }, (_, i) => ['basic', 'plus', 'pro'][i % 3]),
  note: Array.from({ length: rows }, (_, i) => `note ${i}`),
});

const baseline = columns(2000);

function sectionOf(result: RehearsalResult): string {
  const page = renderReport(result, { title: 'Rehearsal' });
  return page.split(`<h2>${HEADING}</h2>`)[1]?.split('</section>')[0] ?? '';
}

/** The cells of a feature, without markup, by the words that the page has for its name. */
function rowOf(section: string, feature: string): string[] {
  const row = section.split('<tr>').find((text) => text.includes(`class="name">${feature}</th>`)) ?? '';
  return [...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, text]) => text);
}

const result = resultOf(baseline, [columns(300), columns(500), columns(1000)]);

test('the page tells by feature what Model Monitor cannot see, why, how much, and what the default sees', () => {
  const section = sectionOf(result);
  expect(section).toContain('DriftMethod.MODEL_MONITOR');
  expect(section).toContain('4 of 4 features');
  expect(rowOf(section, '&lt;b&gt;flag&lt;/b&gt;')).toEqual([
    'no window of this size can alarm, whatever its values',
    'any',
    'more than 10 % of its values moved',
  ]);
  expect(rowOf(section, 'plan')[1]).toMatch(/^\d+(\.\d+)? percentage points of any share$/);
  expect(rowOf(section, 'amount')[1]).toMatch(/^0\.\d+ standard deviations$/);
  expect(rowOf(section, 'note')).toEqual([
    expect.stringContaining('too many different values'),
    'any',
    'nothing either',
  ]);
});

test('the size of a window is the median of those that have records', () => {
  const [first] = result.windows;
  const empty = { ...first, outcome: { ...first.outcome, status: 'NoData' as const, recordCount: 0 } };
  const section = sectionOf({ ...result, windows: [empty, empty, empty, ...result.windows] });
  expect(section).toContain('500 records, the median');
});

test('the page says which method decided', () => {
  expect(sectionOf(result)).toContain('Here MassShift decided.');
});

test('what the baseline was made with as good to know stands first, also before there is a window', () => {
  const notes = ['without any value: column "<i>"'];
  const section = sectionOf({ ...result, windows: [], baseline: result.baseline && { ...result.baseline, notes } });
  expect(section).toContain('<ul><li>without any value: column &quot;&lt;i&gt;&quot;</li></ul>');
  expect(sectionOf(result)).not.toContain('<ul>');
});

test('names of features are escaped', () => {
  expect(sectionOf(result)).not.toContain('<b>flag</b>');
});

test('what is switched off is seen by neither, and thresholds of a feature are its own', () => {
  const { constraints, statistics } = result.baseline ?? fail();
  const own = { plan: { perform_comparison: 'Disabled' }, amount: { comparison_threshold: 0.25 } } as const;
  const features = constraints.features.map((feature) => ({
    ...feature,
    monitoring_config_overrides: { distribution_constraints: own[feature.name as keyof typeof own] ?? {} },
  }));
  const changed: Constraints = { ...constraints, features };
  const section = sectionOf({ ...result, baseline: { statistics, constraints: changed } });
  expect(rowOf(section, 'plan')).toEqual([
    expect.stringContaining('switch its comparison off'),
    'any',
    'nothing either',
  ]);
  expect(rowOf(section, 'amount')[2]).toBe('more than 25 % of its values moved');
});

function fail(): never {
  throw new Error('the fixture has no baseline');
}

test('without blind spots there is no table, and that is said', () => {
  const { windows } = result;
  const { statistics, constraints } = result.baseline ?? fail();
  const none = { ...result, baseline: { statistics, constraints: { ...constraints, features: [] } }, windows };
  expect(sectionOf(none)).toContain('0 of 0 features');
  expect(sectionOf(none)).not.toContain('<table>');
});

test.each<[string, RehearsalResult, string]>([
  ['a baseline', EMPTY_RESULT, 'There is no baseline.'],
  ['records', { ...result, windows: [] }, 'No window had records'],
])('without %s the section says so', (_, given, words) => {
  expect(sectionOf(given)).toContain(words);
});
