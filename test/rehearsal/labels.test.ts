import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { AnalysisWindow, Baseline, Dataset, GroundTruth, ModelProblem, MonitoringEngine } from '../../lib';
import { withLabels } from '../../lib/rehearsal/labels-file';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { encodeRow } from '../../lib/rehearsal/traffic';
import { readTrafficFile } from '../../lib/rehearsal/traffic-file';
import { truth } from '../analysis/model-quality/rows';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { captureLine } from '../handlers/captured';
import { newFolder, removeFolders } from './fixtures/app';
import { type LabelledApp, labelledAssembly } from './fixtures/labelled-app';

// A model whose answers are compared with labels that come at the end of each hour.

afterAll(removeFolders);

/** A model that errs on one of twenty, or on every second. */
function csv(count: number, wrongEvery = 20): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const left = index % 3 === 0 ? 1 : 0;
    const said = index % wrongEvery === 0 ? 1 - left : left;
    return `${said ? 0.8 : 0.3},${left},${index % 7}`;
  });
  return `${['score,left,tenure', ...lines].join('\n')}\n`;
}

function assembly(window?: AnalysisWindow): string {
  const folder = newFolder();
  const validation = join(folder, 'validation.csv');
  writeFileSync(validation, csv(1000));
  const engine = MonitoringEngine.serverless({ limits: { baselineAge: Duration.days(1) } });
  const add = ({ monitoring, bucket }: LabelledApp) => {
    const columns = { label: 'left', probability: 'score' };
    monitoring.addModelQualityMonitor('Quality', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
      window,
      baseline: Baseline.fromDataset(Dataset.csvFile(validation, { columns })).withOverrides({
        metricThresholds: { accuracy: 0.9, auc: 0.8, precision: 0.5, recall: 0.5, f05: 0.5, f1: 0.5, f2: 0.5 },
      }),
    });
  };
  return labelledAssembly(folder, 'Labels', add, { engine });
}

/** Two hours of traffic, with the labels in a column or without. */
async function rehearsed({ wrongEvery = 20, drift = false, isLabelled = true, labelDelayHours = 0 }) {
  const file = join(newFolder(), 'traffic.csv');
  writeFileSync(file, csv(400, wrongEvery));
  const traffic = readTrafficFile(file, {
    outputColumns: 1,
    labelColumn: isLabelled ? 'left' : undefined,
    recordsPerHour: 200,
  });
  const late = AnalysisWindow.delayedBy(Duration.hours(1));
  const assembled = assembly(labelDelayHours > 0 ? late : undefined);
  return rehearse({
    assembly: assembled,
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic,
    labelDelayHours,
  });
}

test('a model that got worse is found by its labels, from the template to the message', async () => {
  const { expectations, messages, windows, unseen } = await rehearsed({ wrongEvery: 2, drift: true });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(windows.map(({ outcome }) => [outcome.status, outcome.labelCoverage])).toEqual([
    ['NoData', undefined], // before the traffic began
    ['CompletedWithViolations', 1], // by chance alone never, so that no second window is waited for
    ['CompletedWithViolations', 1],
  ]);
  expect(JSON.stringify(messages)).toMatch(/accuracy/);
  expect(JSON.stringify(messages)).toMatch(/Labels: {4}100% of the predictions have one/);
  expect(unseen.map(({ name }) => name)).toEqual(['retraining']);
});

test('a model that is as good as its baseline raises nothing', async () => {
  const { expectations, succeeded } = await rehearsed({});
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(succeeded).toBe(true);
});

test('labels that come an hour late meet their predictions in the window that waits for them', async () => {
  const { expectations, windows } = await rehearsed({ wrongEvery: 2, drift: true, labelDelayHours: 1 });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(windows.map(({ outcome }) => [outcome.windowStart.slice(11, 16), outcome.status])).toEqual([
    ['22:00', 'NoData'],
    ['23:00', 'NoData'],
    ['00:00', 'CompletedWithViolations'],
    ['01:00', 'CompletedWithViolations'], // analysed two hours after the last traffic ended
  ]);
});

test('without labels each is what the model said, and the rehearsal says so', async () => {
  const { expectations, unseen, windows } = await rehearsed({ wrongEvery: 2, isLabelled: false });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(windows.map(({ outcome }) => outcome.status)).toEqual(['NoData', 'Completed', 'Completed']);
  expect(unseen).toContainEqual({
    name: 'Labels/Monitoring/Quality',
    why: 'not rehearsed',
    detail:
      'the traffic has no labels, so each label is what the model said: name their column by --label-column, or their file by --labels',
  });
});

test('a column of labels that the traffic lacks is named with those it has', () => {
  const file = join(newFolder(), 'traffic.csv');
  writeFileSync(file, csv(10));
  expect(() => readTrafficFile(file, { outputColumns: 1, labelColumn: 'gone' })).toThrow(
    /has no column "gone" for the labels; its columns are score, left, tenure$/,
  );
});

/** Captured records, one identifier each. */
const recordsOf = (ids: readonly string[]) => ids.map((id) => captureLine('0.8,3').replace('0.8,3', id).trim());

/** A file of such lines. */
function fileOf(lines: readonly string[]): string {
  const file = join(newFolder(), 'labels.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

test('labels of files come with the hour of their records, and those of no record with the last', () => {
  const traffic = [
    ['a', 'b'],
    ['b', 'c'],
  ].map((ids) => ({ records: recordsOf(ids) }));
  const lines = { a: truth('a', '1'), b: truth('b', '0'), c: truth('c', '1'), d: truth('d', '1'), none: '{' };
  const labelled = withLabels(traffic, [fileOf([lines.c, lines.none]), fileOf([lines.d, lines.b, lines.a])]);
  expect(labelled.map(({ labels }) => labels)).toEqual([
    [lines.b, lines.a],
    [lines.c, lines.none, lines.d, lines.b],
  ]);
  expect(labelled.map(({ records }) => records)).toEqual(traffic.map(({ records }) => records));
});

test('rows of CSV have the identifiers of a column, by which labels of files name them', () => {
  const file = join(newFolder(), 'traffic.csv');
  writeFileSync(file, 'score,id,tenure\n0.8,a,3\n0.3,b,4\n');
  const traffic = readTrafficFile(file, { outputColumns: 1, idColumn: 'id', recordsPerHour: 1 });
  const [lineOfA, lineOfB] = [truth('a', '1'), truth('b', '0')];
  expect(withLabels(traffic, [fileOf([lineOfB, lineOfA])])).toEqual([
    { rows: [{ id: 'a', output: ['0.8'], input: ['3'] }], labels: [lineOfA] },
    { rows: [{ id: 'b', output: ['0.3'], input: ['4'] }], labels: [lineOfB] },
  ]);
  const [{ rows: [row] = [] }] = traffic;
  expect(JSON.parse(encodeRow(row, new Date(0))).eventMetadata).toMatchObject({ inferenceId: 'a' });
  const unknown = { outputColumns: 1, idColumn: 'key' };
  expect(() => readTrafficFile(file, unknown)).toThrow(/has no column "key" for the identifiers; its columns are/);
});

test('labels of files are refused for rows of CSV without identifiers, and files without a label', () => {
  const rows = [{ rows: [{ input: ['3'], output: ['0.8'] }] }];
  expect(() => withLabels(rows, [fileOf([truth('a', '1')])])).toThrow(
    /^UnusableTraffic: --labels needs traffic of cap/,
  );
  expect(() => withLabels([{ records: recordsOf(['a']) }], [fileOf(['', ''])])).toThrow(
    /labels.jsonl" holds no label$/,
  );
});

test('labels of a file are what predictions are compared with, whatever the model said', async () => {
  const ids = Array.from({ length: 200 }, (_, index) => `id-${index}`);
  const records = ids.map((id, index) =>
    captureLine(`${index % 3 === 0 ? 0.8 : 0.3},${index % 7}`)
      .replace(/"eventId":"[^"]*"/, `"eventId":"${id}"`)
      .trim(),
  );
  const wrong = fileOf(ids.map((id, index) => truth(id, index % 2 === 0 ? '1' : '0')).slice(50));
  const traffic = withLabels([{ records }, { records }], [wrong]);
  const given = { assembly: assembly(), workDirectory: newFolder(), workshop: WARM_WORKSHOP, expectDrift: true };
  const { unseen, windows } = await rehearse({ ...given, traffic });
  expect(unseen.map(({ name }) => name)).toEqual(['retraining']);
  expect(windows.map(({ outcome }) => [outcome.status, outcome.labelCoverage])).toEqual([
    ['NoData', undefined],
    ['CompletedWithViolations', 0.75],
    ['CompletedWithViolations', 0.75],
  ]);
});
