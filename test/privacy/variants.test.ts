import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { Listener } from './listener';
import { Marks, marksIn } from './marks';
import { COLUMNS, captured, malformed, rowsOf } from './records';
import { analysed, BASELINE, baselineOf, pageOf, reconciled, toldOn, WINDOW } from './stations';

// Marked values of variants that are judged apart and compared with each other, and probabilities that are read as estimates.

const MAY_HOLD =
  /\/(statistics|constraints)\.json$|\/work\/[^/]+\/(profiles|parts)\/\d+\.json$|^s3:\/\/extracts\/extracts\//;

const VARIANTS = {
  read: ['blue', 'green'],
  apart: true,
  comparison: { reference: 'blue', candidate: 'green' },
} as const;
const FOLDER = 'out/reports/dq/2026/03/04/10';

const heard = new Listener();
let marks: Marks;
beforeEach(() => {
  heard.reset();
  marks = new Marks(20_261_130);
});
afterAll(() => heard.restore());

const traffic = (variant: string, lines: string, hour = '09') =>
  heard.s3.set('capture', `data/churn/${variant}/2026/03/04/${hour}/a.jsonl`, lines);

/** Runs a request, and expects of all that is told, and of its page, that none of it holds a value. */
async function toldWithoutValues(request: MonitorRequest): Promise<string> {
  await analysed(heard, request);
  await reconciled(heard);
  await toldOn(heard);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  const page = pageOf(heard, FOLDER);
  expect(marksIn(page)).toEqual([]);
  return page;
}

test('columns of variants that drift, and are apart, are told without a value', async () => {
  const rows = rowsOf(marks, 600);
  await baselineOf(heard, [COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join(''));
  traffic('blue', captured(marks, rows));
  traffic('green', captured(marks, rowsOf(marks, 600)) + malformed(marks));
  const page = await toldWithoutValues({ ...WINDOW, variants: VARIANTS });
  const [{ variants, comparison, violations }] = heard.details();
  expect(variants?.map(({ variant, status }) => [variant, status])).toEqual([
    ['blue', 'Analysed'],
    ['green', 'Analysed'],
  ]);
  expect(comparison?.driftedCount).toBeGreaterThan(0);
  expect(violations.length).toBeGreaterThan(0);
  expect(page).toContain('Variants, side by side');
  expect(heard.holders().length).toBeGreaterThan(0);
});

const QUALITY: MonitorRequest = {
  ...WINDOW,
  monitor: { ...WINDOW.monitor, kind: 'ModelQuality' },
  baseline: { constraints: { bucket: BASELINE.bucket, key: `${BASELINE.prefix}/constraints.json` } },
  labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 1, endHours: 0 },
  variants: VARIANTS,
  alert: { windows: 1, lastWindows: 1 },
  featureMetrics: [],
};

/** What each variant answers to as many requests, whose callers have names, and what turned out. */
function exchanged(count: number, said: (index: number) => string, truth: (index: number) => string): void {
  const ids = Array.from({ length: count }, () => marks.mail());
  const record = (inferenceId: string, data: string) => ({
    captureData: { endpointOutput: { data, encoding: 'CSV' } },
    eventMetadata: { eventId: marks.mail(), inferenceId, inferenceTime: '2026-03-04T09:30:00Z' },
  });
  const lines = (items: readonly object[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');
  const label = (eventId: string, index: number) => ({
    groundTruthData: { data: truth(index), encoding: 'CSV' },
    eventMetadata: { eventId },
  });
  for (const [place, variant] of VARIANTS.read.entries())
    traffic(variant, lines(ids.map((id, index) => record(id, said(index + place)))) + malformed(marks));
  heard.s3.set('labels', 'truth/2026/03/04/09/a.jsonl', lines(ids.map(label)));
}

test('classes that two variants predict for the same people are told without a name', async () => {
  const names = [marks.name(), marks.name(), marks.name()];
  const limits = { accuracy: { threshold: 0.9, comparison_operator: 'LessThanThreshold' } };
  heard.s3.set(BASELINE.bucket, `${BASELINE.prefix}/constraints.json`, {
    version: 0,
    multiclass_classification_constraints: limits,
  });
  exchanged(
    300,
    (index) => names[index % 3],
    (index) => names[(index * 7) % 3],
  );
  await toldWithoutValues({ ...QUALITY, problem: { type: 'MulticlassClassification', inferenceAttribute: '0' } });
  const [{ comparison }] = heard.details();
  expect(comparison).toMatchObject({ predictions: { measure: 'labels' }, agreement: { requests: 300 } });
  expect(heard.holders().length).toBeGreaterThan(0);
});

test('probabilities that are estimated by, and concept drift beside them, are told without one', async () => {
  const others = ['0.2', '0.9']; // of marked ones alone, a mean would look like one
  const probability = (index: number) => (index % 3 < 2 ? `${others[index % 3]}${index}` : `0.${marks.number()}`);
  const blocks = [{ from: 0, to: 1, rows: 5000, positives: 2500 }];
  heard.s3.set(BASELINE.bucket, `${BASELINE.prefix}/constraints.json`, {
    version: 0,
    binary_classification_constraints: { accuracy: { threshold: 0.9, comparison_operator: 'LessThanThreshold' } },
    calibration: { isCalibrated: false, blocks },
  });
  exchanged(600, probability, (index) => String((index >> 1) % 2));
  await toldWithoutValues({ ...QUALITY, problem: { type: 'BinaryClassification', probabilityAttribute: '0' } });
  const [{ violations }] = heard.details();
  expect(violations.map(({ check }) => check)).toContain('concept_drift_check');
  const file = heard.s3.json<{ estimates: object }>(
    'out',
    FOLDER.slice('out/'.length).concat('/variants/blue/estimated_quality.json'),
  );
  expect(Object.keys(file.estimates).length).toBeGreaterThan(0);
});
