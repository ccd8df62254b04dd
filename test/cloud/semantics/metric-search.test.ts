import type { MetricIdentity } from '../../../lib/cloud/semantics/alarm-state/alarm-state';
import { type SearchedMetrics, searchedSeries } from '../../../lib/cloud/semantics/metric-search/expression';
import { finds, metricSearch } from '../../../lib/cloud/semantics/metric-search/search';

const HOUR = 3_600_000;

const metric = (monitor: string, metricName = 'Violations'): MetricIdentity => ({
  namespace: 'Ours',
  metricName,
  dimensions: { MonitorId: monitor },
});

/** Values by monitor, one an hour from the first on. */
function storeOf(values: { readonly [monitor: string]: readonly (readonly number[])[] }): SearchedMetrics {
  return {
    all: () => Object.keys(values).map((monitor) => metric(monitor)),
    values: ({ dimensions }, start, end) =>
      values[dimensions.MonitorId].slice(start.getTime() / HOUR, end.getTime() / HOUR).flat(),
  };
}

const RANGE = { from: new Date(0), until: new Date(3 * HOUR) };
const SEARCH = `SEARCH('{Ours,MonitorId} MetricName="Violations"', 'Maximum', 3600)`;
const store = storeOf({ a: [[1, 3], [], [2]], b: [[5], [1], []], c: [[], [], []] });

const valuesOf = (expression: string) =>
  searchedSeries(expression, store, RANGE)?.map(({ metric: of, points }) => [
    of?.dimensions.MonitorId,
    points.map(([time, value]) => [time / HOUR, value]),
  ]);

test('a search has a line for each metric with a value, and none where a period has none', () => {
  expect(valuesOf(SEARCH)).toEqual([
    [
      'a',
      [
        [0, 3],
        [2, 2],
      ],
    ],
    [
      'b',
      [
        [0, 5],
        [1, 1],
      ],
    ],
  ]);
});

test('the statistic and the period are those of the search', () => {
  expect(valuesOf(SEARCH.replace('Maximum', 'Sum').replace('3600', '7200'))).toEqual([
    [
      'a',
      [
        [0, 4],
        [2, 2],
      ],
    ],
    ['b', [[0, 6]]],
  ]);
  expect(valuesOf(SEARCH.replace('Maximum', 'p50'))?.[0]).toEqual([
    'a',
    [
      [0, 1],
      [2, 2],
    ],
  ]);
});

test.each([
  [`SORT(${SEARCH}, MAX, DESC)`, ['b', 'a']],
  [`SORT(${SEARCH}, MAX, ASC)`, ['a', 'b']],
  [`SORT(${SEARCH}, MIN, DESC)`, ['a', 'b']],
  [`SORT(${SEARCH}, AVG, DESC)`, ['b', 'a']],
  [`SORT(${SEARCH}, SUM, ASC, 1)`, ['a']],
])('%s is sorted, and cut', (expression, monitors) => {
  expect(valuesOf(expression)?.map(([monitor]) => monitor)).toEqual(monitors);
});

test('a sum is one line of all that have a value, in the order of time; of nothing there is none', () => {
  expect(valuesOf(`SUM(${SEARCH})`)).toEqual([
    [
      undefined,
      [
        [0, 8],
        [1, 1],
        [2, 2],
      ],
    ],
  ]);
  expect(valuesOf(`SUM(${SEARCH.replace('Violations', 'Failed')})`)).toEqual([]);
});

test('a search is divided by a number', () => {
  expect(valuesOf(`${SEARCH} / 2`)?.[0]).toEqual([
    'a',
    [
      [0, 1.5],
      [2, 1],
    ],
  ]);
});

test.each([
  'ANOMALY_DETECTION_BAND(m1)',
  'm1 + m2',
  `SEARCH('{Ours,MonitorId} (a OR b)', 'Sum', 60)`,
  `FILL(${SEARCH}, 0)`,
])('%s is not known, which is told from nothing that was found', (expression) => {
  expect(searchedSeries(expression, store, RANGE)).toBeUndefined();
  expect(searchedSeries(`SORT(${expression}, MAX, DESC)`, store, RANGE)).toBeUndefined();
  expect(searchedSeries(`SUM(${expression})`, store, RANGE)).toBeUndefined();
});

test.each([
  ['the same', metric('a'), true],
  ['of another namespace', { ...metric('a'), namespace: 'Other' }, false],
  ['of another name', metric('a', 'Violation'), false],
  ['with another dimension', { ...metric('a'), dimensions: { MonitorId: 'a', Feature: 'b' } }, false],
  ['without its dimension', { ...metric('a'), dimensions: {} }, false],
  ['of another value', metric('ab'), false],
])('a search of one value finds a metric that is %s: %j, %s', (_, one, isFound) => {
  const search = metricSearch(`SEARCH('{Ours,"MonitorId"} MetricName="Violations" MonitorId="a"', 'Sum', 60)`);
  expect(search && finds(search, one)).toBe(isFound);
});

test('a word finds metrics whose names begin with it', () => {
  const search = metricSearch(`SEARCH('{Ours,MonitorId} Viol', 'Sum', 60)`);
  expect(search && [metric('a'), metric('a', 'NoViolations')].map((one) => finds(search, one))).toEqual([true, false]);
});
