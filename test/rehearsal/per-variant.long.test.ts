import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AlertPolicy, Baseline, Dataset, GroundTruth, ModelProblem, MonitoringEngine } from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficRow } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { type LabelledApp, labelledAssembly } from './fixtures/labelled-app';

// Two variants share the traffic, one of them 3 to 1; each is judged apart, from the template to the message.

afterAll(removeFolders);

/** A request: the model says by chance `score`, and what it should have said is `left`. */
function row(index: number, { wrongEvery = 20, tenure = index % 7 } = {}): TrafficRow & { readonly label: string } {
  const left = index % 3 === 0 ? 1 : 0;
  const said = index % wrongEvery === 0 ? 1 - left : left;
  return { output: [said ? '0.8' : '0.3'], input: [String(tenure)], label: String(left) };
}

const rows = (count: number, settings = {}) => Array.from({ length: count }, (_, index) => row(index, settings));

function assembly(): string {
  const folder = newFolder();
  const lines = rows(1000).map(({ output, input, label }) => `${output},${label},${input}`);
  const validation = join(folder, 'validation.csv');
  writeFileSync(validation, `${['score,left,tenure', ...lines].join('\n')}\n`);
  const training = join(folder, 'training.csv');
  const seen = rows(1000).map(({ output, input }) => `${output},${input}`);
  writeFileSync(training, `${['score,tenure', ...seen].join('\n')}\n`);
  const alertPolicy = AlertPolicy.everyWindow();
  const add = ({ monitoring, bucket }: LabelledApp) => {
    monitoring.addDataQualityMonitor('Features', {
      baseline: Baseline.fromDataset(Dataset.csvFile(training)),
      alertPolicy,
    });
    monitoring.addModelQualityMonitor('Quality', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
      baseline: Baseline.fromDataset(Dataset.csvFile(validation, { columns: { label: 'left', probability: 'score' } })),
      alertPolicy,
    });
  };
  return labelledAssembly(folder, 'Variants', add, {
    engine: MonitoringEngine.serverless(),
    weights: { champion: 3, challenger: 1 },
  });
}

/** One hour; what the challenger is asked and answers is otherwise, or all is alike and shared by the weights. */
function rehearsed(challenger?: object) {
  const all = challenger
    ? [
        ...rows(300).map((each) => ({ ...each, variant: 'champion' })),
        ...rows(100, challenger).map((each) => ({ ...each, variant: 'challenger' })),
      ]
    : rows(400);
  return rehearse({
    assembly: assembly(),
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: challenger !== undefined,
    traffic: [{ rows: all }],
  });
}

test('a variant that drifts and errs is found beside one that does neither, and is named', async () => {
  const { expectations, windows, messages } = await rehearsed({ wrongEvery: 2, tenure: 3 });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  const last = windows.filter(({ outcome }) => outcome.status !== 'NoData').map(({ outcome }) => outcome);
  expect(last.map(({ monitorKind, status }) => [monitorKind, status])).toEqual(
    expect.arrayContaining([
      ['DataQuality', 'CompletedWithViolations'],
      ['ModelQuality', 'CompletedWithViolations'],
    ]),
  );
  for (const { violations, variants } of last) {
    expect(new Set(violations.map(({ variant }) => variant))).toEqual(new Set(['challenger']));
    expect(variants).toMatchObject([
      { variant: 'champion', recordCount: 300, violationCount: 0 },
      { variant: 'challenger', recordCount: 100 },
    ]);
  }
  expect(JSON.stringify(messages)).toMatch(/- variant challenger: /);
});

test('variants that share the traffic by their weights raise nothing', async () => {
  const { expectations, succeeded, windows } = await rehearsed();
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(succeeded).toBe(true);
  const [{ outcome }] = windows.filter((window) => window.outcome.recordCount > 0);
  expect(outcome.variants?.map(({ variant, recordCount }) => [variant, recordCount])).toEqual([
    ['champion', 300],
    ['challenger', 100],
  ]);
  expect(outcome.health).toBe(0);
});
