import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import type { ReportedVariant } from '../../lib/outcome/contract';
import { captured, type Exchange, exchanges, KINDS, putBaselines, runOf } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';

const runs = new MonitorRuns();
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(async () => {
  runs.reset();
  await putBaselines(runs);
});

/** Captures requests of 08:00 to 09:00. */
function capture(variant: string, answered: readonly Exchange[], change = (line: string) => line): void {
  const lines = answered.map((exchange) => change(captured(exchange)));
  runs.s3.set('capture', `data/churn/${variant}/2026/03/04/08/00-00-000-a.jsonl`, lines.join(''));
}

/** Labels that come in an hour. */
function label(answered: readonly Exchange[], hour = '09', turned = false): void {
  const lines = answered.map(({ id, label: said }) => {
    const data = turned ? String(1 - Number(said)) : said;
    return JSON.stringify({ groundTruthData: { data, encoding: 'CSV' }, eventMetadata: { eventId: id } });
  });
  runs.s3.set('labels', `truth/2026/03/04/${hour}/labels.jsonl`, `${lines.join('\n')}\n`);
}

const BLUE = exchanges(200, 8);
const GREEN = exchanges(200, 8, 200);

/** A run about 08:00 to 09:00, of variants that are judged apart. */
function apart(kind: (typeof KINDS)[number], read = ['blue', 'green'], more: Partial<MonitorRequest> = {}) {
  const request = runOf(kind, kind === 'DataQuality' ? '09' : '10');
  return { ...request, variants: { read, apart: true as const }, alert: { windows: 1, lastWindows: 1 }, ...more };
}

/** The same run of one variant alone. */
function alone(request: MonitorRequest, variant: string): MonitorRequest {
  return {
    ...request,
    variants: { read: [variant] },
    output: { ...request.output, prefix: `${request.output.prefix}-${variant}` },
  };
}

const ofAge = (age: number) => (line: string) => line.replace(/male,\d+/, `male,${age}`);
const named = ({ perVariant = [] }: { perVariant?: readonly ReportedVariant[] }, variant: string) =>
  perVariant.find((one) => one.variant === variant);

describe.each(KINDS)('of %s', (kind) => {
  test('the files of each variant are those of a monitor of it alone, which reads nothing anew', async () => {
    capture('blue', BLUE);
    capture('green', GREEN, ofAge(69));
    label([...BLUE, ...GREEN]);
    const request = apart(kind, undefined, { drift: { method: 'MassShift', falseAlarmRate: 1 } });
    await runs.run(request);
    for (const variant of ['blue', 'green']) {
      const own = alone(request, variant);
      expect((await runs.run(own)).captured).toEqual([]);
      const names = ['statistics.json', 'constraint_violations.json'].filter(
        (name) => kind !== 'ModelBias' || name !== 'statistics.json',
      );
      for (const name of names)
        expect(runs.fileOf(request, `variants/${variant}/${name}`)).toEqual(runs.fileOf(own, name));
      const { distances, violated } = runs.reportOf(request);
      const ofVariant = <Found extends { variant?: string; pValue?: number }>(found: readonly Found[]) =>
        found.filter((one) => one.variant === variant).map(({ variant: _, pValue, ...rest }) => rest);
      const report = runs.reportOf(own);
      expect(ofVariant(distances)).toEqual(report.distances.map(({ pValue, ...rest }) => rest));
      expect(ofVariant(violated)).toEqual(report.violated.map(({ pValue, ...rest }) => rest));
    }
  });

  test('a variant without records is told, and the run is less than whole', async () => {
    capture('blue', BLUE);
    label(BLUE);
    const request = apart(kind);
    await runs.run(request);
    const { outcome, perVariant } = runs.reportOf(request);
    expect(perVariant?.map(({ variant, status, recordCount }) => [variant, status, recordCount])).toEqual([
      ['blue', 'Analysed', 200],
      ['green', 'NoData', 0],
    ]);
    expect(outcome).toMatchObject({ health: 1, evaluated: 'Part' });
    expect(outcome.leftOut).toContainEqual({
      feature: '',
      check: 'all',
      reason: 'variant green has no record in the window',
    });
  });
});

test('a variant that drifts is named in report, files and event, beside one that does not', async () => {
  capture('blue', BLUE);
  capture('green', GREEN, ofAge(69));
  const request = apart('DataQuality');
  await runs.run(request);
  const { outcome, distances } = runs.reportOf(request);
  expect(outcome.violations.map(({ variant, feature }) => [variant, feature])).toEqual([['green', 'age']]);
  expect(outcome.variants).toMatchObject([
    { variant: 'blue', recordCount: 200, violationCount: 0 },
    { variant: 'green', recordCount: 200, violationCount: 1 },
  ]);
  expect(distances.filter(({ feature }) => feature === 'age').map(({ variant }) => variant)).toEqual(['blue', 'green']);
  const { violations } = runs.fileOf<{ violations: object[] }>(request, 'constraint_violations.json');
  expect(violations).toMatchObject([{ feature_name: 'age', variant: 'green' }]);
  expect(outcome.recordCount).toBe(400);
});

test('the rate of false alarms is shared: what violates alone may be chance among two', async () => {
  capture('blue', BLUE);
  capture('green', GREEN, (line) => (line.includes('female') ? ofAge(69)(line) : line));
  const certain = apart('DataQuality', undefined, { drift: { method: 'MassShift', falseAlarmRate: 1 } });
  const measured = alone(certain, 'green');
  await runs.run(measured);
  const { pValue = Number.NaN } = runs.reportOf(measured).distances.find(({ feature }) => feature === 'age') ?? {};
  for (const [share, expected] of [
    [1.9, []],
    [2.1, ['age']],
  ] as const) {
    const drift = { method: 'MassShift', falseAlarmRate: pValue * share } as const;
    const output = { ...certain.output, prefix: `reports/${share}` };
    const request = { ...certain, drift, output };
    await runs.run(request);
    expect(runs.reportOf(request).violated.map(({ feature }) => feature)).toEqual(expected);
    await runs.run(alone(request, 'green'));
    expect(runs.reportOf(alone(request, 'green')).violated.map(({ feature }) => feature)).toEqual(['age']);
  }
});

test('where no check is made of any, the run has failed, and each variant has its files', async () => {
  capture('blue', BLUE);
  capture('green', GREEN);
  const request = apart('DataQuality', undefined, { excludedFeatures: ['score', 'sex', 'age'] });
  await runs.run(request);
  const { outcome } = runs.reportOf(request);
  expect(outcome).toMatchObject({ status: 'Failed', health: 2 });
  expect(outcome.failureReason).toMatch(/^NothingEvaluated: variant blue: .*; NothingEvaluated: variant green: /);
  for (const variant of ['blue', 'green'])
    expect(runs.fileOf(request, `variants/${variant}/statistics.json`)).toMatchObject({ dataset: { item_count: 200 } });
});

test('records of a window without any variant are no data, as ever', async () => {
  const request = apart('DataQuality');
  await runs.run(request);
  expect(runs.reportOf(request)).toMatchObject({ outcome: { status: 'NoData' } });
});

test('a shadow variant answers the same requests, and has a quality of its own', async () => {
  capture('live', BLUE);
  capture('shadow', BLUE, (line) => line.replace(/"data":"([\d.]+)"/, '"data":"0.999"'));
  label(BLUE);
  const request = apart('ModelQuality', ['live', 'shadow']);
  await runs.run(request);
  const accuracy = (variant: string) =>
    runs.fileOf<{ binary_classification_metrics: { accuracy: { value: number } } }>(
      request,
      `variants/${variant}/statistics.json`,
    ).binary_classification_metrics.accuracy.value;
  const positive = BLUE.filter((exchange) => exchange.label === '1').length / BLUE.length;
  expect(accuracy('shadow')).toBeCloseTo(positive, 12);
  expect(accuracy('live')).toBeGreaterThan(0.8);
  const report = runs.reportOf(request);
  for (const variant of ['live', 'shadow'])
    expect(named(report, variant)?.labels).toMatchObject({
      matched: 200,
      labelsWithoutPrediction: 0,
      duplicatePredictions: 0,
    });
});

describe('of which one lacks labels', () => {
  const request = apart('ModelQuality', undefined, { limits: { labelCoverage: 0.5 } });
  const late = { ...request, lateLabelHours: 4 };

  beforeEach(async () => {
    capture('blue', BLUE);
    capture('green', GREEN);
    label(BLUE);
    await runs.run(request);
  });

  test('the other is judged, and the one that lacks them is told', () => {
    const { outcome } = runs.reportOf(request);
    expect(outcome.variants).toMatchObject([
      { variant: 'blue', status: 'Analysed', labelCoverage: 1 },
      { variant: 'green', status: 'LabelsMissing', labelCoverage: 0 },
    ]);
    expect(outcome.health).toBe(1);
    expect(outcome.leftOut).toContainEqual({
      feature: '',
      check: 'all',
      reason: 'variant green has too few labels to be judged',
    });
  });

  test('labels that come late make one revision of the outcome', async () => {
    label(GREEN, '11', true);
    await runs.run(late);
    const { outcome } = runs.reportOf(request);
    expect(outcome).toMatchObject({ revision: 2, lateLabels: true, status: 'CompletedWithViolations' });
    expect(outcome.variants?.map(({ status }) => status)).toEqual(['Analysed', 'Analysed']);
    await runs.run(late);
    expect(runs.reportOf(request).outcome.revision).toBe(2);
  });

  test('where none come, what was told stands', async () => {
    await runs.run(late);
    expect(runs.reportOf(request).outcome).toMatchObject({ revision: 1 });
  });
});

describe('that are compared', () => {
  const comparing = (kind: (typeof KINDS)[number], more: Partial<MonitorRequest> = {}, read = ['blue', 'green']) => {
    const request = apart(kind, read, more);
    const [reference, candidate] = read;
    return { ...request, variants: { ...request.variants, comparison: { reference, candidate } } };
  };

  test('columns of the candidate are compared with those of the reference, and not with the baseline', async () => {
    capture('blue', BLUE, ofAge(69));
    capture('green', GREEN, ofAge(69));
    const request = comparing('DataQuality');
    await runs.run(request);
    const alike = runs.reportOf(request);
    expect(alike.violated.map(({ variant }) => variant)).toEqual(['blue', 'green']); // of the baseline both are far
    expect(alike.comparison).toMatchObject({
      reference: 'blue',
      candidate: 'green',
      rows: { reference: 200, candidate: 200 },
    });
    expect(alike.comparison?.drifted).toEqual([]);
    capture('green', GREEN);
    const again = { ...request, output: { ...request.output, prefix: 'reports/again' } };
    await runs.run(again);
    const { comparison, outcome } = runs.reportOf(again);
    expect(comparison?.drifted).toEqual(['age']);
    expect(comparison?.distances?.map(({ feature }) => feature)).toEqual(['score', 'sex', 'age']);
    expect(outcome.comparison).toMatchObject({ drifted: ['age'], driftedCount: 1, notCompared: [] });
    expect(outcome.comparison).not.toHaveProperty('distances');
  });

  test('differences are counted where a metric of them is asked for, and nowhere else', async () => {
    const asked = (kind: (typeof KINDS)[number], prefix: string, metric?: true): MonitorRequest => {
      const request = comparing(kind);
      const { comparison } = request.variants;
      const output = { ...request.output, prefix };
      return { ...request, output, variants: { ...request.variants, comparison: { ...comparison, metric } } };
    };
    const counted = async (request: MonitorRequest) => {
      await runs.run(request);
      const { comparison, outcome } = runs.reportOf(request);
      expect(outcome.comparison?.differenceCount).toBe(comparison?.differenceCount);
      return comparison?.differenceCount;
    };
    capture('blue', BLUE, ofAge(69));
    capture('green', GREEN);
    label(BLUE);
    label(GREEN);
    expect(await counted(asked('DataQuality', 'reports/one', true))).toBe(1); // age
    expect(await counted(asked('DataQuality', 'reports/two'))).toBeUndefined();
    expect(await counted(asked('ModelQuality', 'reports/three', true))).toBe(0);
  });

  test('answers to the same requests are compared, and their quality by labels, as extracts have them', async () => {
    capture('live', BLUE);
    capture('shadow', BLUE, (line) => line.replace(/"data":"([\d.]+)"/, '"data":"0.999"'));
    label(BLUE);
    const request = comparing('ModelQuality', {}, ['live', 'shadow']);
    await runs.run(request);
    const { comparison, outcome } = runs.reportOf(request);
    const ones = BLUE.filter((exchange) => exchange.label === '1').length;
    expect(comparison?.predictions?.figure).toMatchObject({ candidate: 1 });
    expect(comparison?.agreement).toMatchObject({ requests: 200, rows: 200 });
    expect(comparison?.quality?.rows).toEqual({ reference: 200, candidate: 200, shared: 200 });
    const accuracy = comparison?.quality?.metrics.find(({ metric }) => metric === 'accuracy');
    expect(accuracy?.candidate).toBeCloseTo(ones / 200, 12);
    expect(accuracy?.difference.high).toBeLessThan(0);
    expect(outcome.comparison?.quality).toEqual(comparison?.quality);
  });

  test('without labels of one, predictions are compared all the same', async () => {
    capture('blue', BLUE);
    capture('green', GREEN);
    label(BLUE);
    const request = comparing('ModelQuality', { limits: { labelCoverage: 0.5 } });
    await runs.run(request);
    const { comparison } = runs.reportOf(request);
    expect(comparison?.predictions?.measure).toBe('positiveShare');
    expect(comparison?.quality).toBeUndefined();
    label(GREEN, '11');
    await runs.run({ ...request, lateLabelHours: 4 });
    expect(runs.reportOf(request).comparison?.quality?.rows).toEqual({ reference: 200, candidate: 200, shared: 0 });
  });

  test('of a variant without records nothing is said, and of groups nothing is compared', async () => {
    capture('blue', BLUE);
    label(BLUE);
    for (const kind of ['DataQuality', 'ModelQuality'] as const) {
      const request = comparing(kind);
      await runs.run(request);
      const rows = { reference: 200, candidate: 0 };
      expect(runs.reportOf(request).comparison).toEqual({
        reference: 'blue',
        candidate: 'green',
        rows,
        notCompared: [],
      });
    }
    const groups = comparing('ModelBias');
    await runs.run(groups);
    expect(runs.reportOf(groups).comparison).toBeUndefined();
  });

  test('where not all can be held, that is said', async () => {
    capture('blue', BLUE);
    capture('green', GREEN);
    label([...BLUE, ...GREEN]);
    const request = comparing('ModelQuality');
    const { items, ...event } = await runs.planned(request);
    for (const item of items) await runs.profile({ request, execution: event.execution, item });
    for (const [key, text] of runs.s3.objects)
      if (key.startsWith('extracts/'))
        runs.s3.objects.set(key, text.replace('{"version":2,', '{"version":2,"refusal":"too many",   '));
    await runs.conclude(event);
    const { comparison } = runs.reportOf(request);
    expect(comparison?.notCompared).toEqual([{ feature: '', check: 'all', reason: 'too many' }]);
  });
});
