import { modelQualityAnalysis } from '../../lib/analysis';
import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { captured, type Exchange, exchanges, putBaselines, runOf } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';

const runs = new MonitorRuns();
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(async () => {
  runs.reset();
  await putBaselines(runs);
});

/** A baseline that says how the probabilities of the model are read. */
async function putCalibration(): Promise<void> {
  const problem = { type: 'BinaryClassification', probabilityAttribute: 'score', probabilityThreshold: 0.5 } as const;
  const analysis = modelQualityAnalysis({ problem, groundTruthAttribute: 'label' });
  const reader = analysis.reader();
  const file = reader.file('train.csv');
  const lines = exchanges(600, 0).map((one) => `${scoreOf(one)},${one.label}`);
  file.push(Buffer.from(['score,label', ...lines, ''].join('\n')));
  file.end();
  const made = await analysis.baseline(reader.finish());
  if ('refusal' in made) throw new Error(made.refusal);
  runs.s3.set('out', 'baseline/ModelQuality/constraints.json', made.files['constraints.json']);
}

const scoreOf = (exchange: Exchange): string => JSON.parse(captured(exchange)).captureData.endpointOutput.data;

function capture(variant: string, answered: readonly Exchange[]): void {
  runs.s3.set('capture', `data/churn/${variant}/2026/03/04/08/00-00-000-a.jsonl`, answered.map(captured).join(''));
}

/** Labels of some requests, turned where they follow another rule. */
function label(answered: readonly Exchange[], turned = false): void {
  const lines = answered.map(({ id, label: said }) => {
    const data = turned ? String(1 - Number(said)) : said;
    return JSON.stringify({ groundTruthData: { data, encoding: 'CSV' }, eventMetadata: { eventId: id } });
  });
  runs.s3.set('labels', 'truth/2026/03/04/09/labels.jsonl', `${lines.join('\n')}\n`);
}

const BLUE = exchanges(200, 8);
const GREEN = exchanges(200, 8, 200);

async function countsOf(more: Partial<MonitorRequest> = { signalMetrics: true }) {
  const request = { ...runOf('ModelQuality', '10'), alert: { windows: 1, lastWindows: 1 }, ...more };
  const problem = { type: 'BinaryClassification', probabilityAttribute: '0', probabilityThreshold: 0.5 } as const;
  const asked = { ...request, problem };
  await runs.run(asked);
  const report = runs.reportOf(asked);
  const drifted = report.violated.filter(({ check }) => check === 'concept_drift_check').length;
  return { counts: report.signalCounts, drifted, status: report.outcome.status };
}

test('concept drift is counted where labels follow another rule, and is 0 where they do not', async () => {
  await putCalibration();
  capture('blue', BLUE);
  label(BLUE);
  expect(await countsOf()).toEqual({ counts: { ConceptDrift: 0 }, drifted: 0, status: expect.any(String) });
  runs.reset();
  await putBaselines(runs);
  await putCalibration();
  capture('blue', BLUE);
  label(BLUE, true);
  const { counts, drifted } = await countsOf();
  expect(drifted).toBeGreaterThan(0);
  expect(counts).toEqual({ ConceptDrift: drifted });
});

test('nothing is counted where no metric is asked for, whatever is found', async () => {
  await putCalibration();
  capture('blue', BLUE);
  label(BLUE, true);
  const { counts, drifted } = await countsOf({});
  expect(drifted).toBeGreaterThan(0);
  expect(counts).toBeUndefined();
});

test('a baseline that knows of no probabilities gives no value', async () => {
  capture('blue', BLUE);
  label(BLUE);
  const { counts, status } = await countsOf();
  expect(status).not.toBe('Failed');
  expect(counts).toEqual({});
});

test('a run that failed for too few labels, had none, or had no data has no value', async () => {
  await putCalibration();
  capture('blue', BLUE);
  label(BLUE.slice(0, 29));
  expect(await countsOf()).toEqual({ counts: undefined, drifted: 0, status: 'Failed' });
  runs.reset();
  await putBaselines(runs);
  await putCalibration();
  expect(await countsOf()).toEqual({ counts: undefined, drifted: 0, status: 'NoData' });
  capture('blue', BLUE);
  const limits = { labelCoverage: 0.5 };
  expect(await countsOf({ signalMetrics: true, limits, output: { bucket: 'out', prefix: 'reports/lacking' } })).toEqual(
    { counts: undefined, drifted: 0, status: 'LabelsMissing' },
  );
});

test('of variants that are judged apart, those of one that has labels are counted', async () => {
  await putCalibration();
  capture('blue', BLUE);
  capture('green', GREEN);
  label(GREEN, true);
  const variants = { read: ['blue', 'green'], apart: true as const };
  const { counts, drifted } = await countsOf({ signalMetrics: true, variants });
  expect(drifted).toBeGreaterThan(0);
  expect(counts).toEqual({ ConceptDrift: drifted });
});
