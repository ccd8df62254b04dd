import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Baseline, Dataset, Predictor, ShapAnalysis, ShapBaseline } from '../../lib';
import type { ModelFunction } from '../../lib/cloud/account/sagemaker/models';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { readTrafficFile } from '../../lib/rehearsal/traffic-file';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { labelledAssembly } from './fixtures/labelled-app';

// A model that is asked, in each hour, which features its answers rest on.

afterAll(removeFolders);

type Weights = readonly [age: number, hours: number, zone: number];
const USUAL: Weights = [0.02, 0.005, 0.0001];
/** Rests on the zone, and hardly on age. */
const CHANGED: Weights = [0.0001, 0.005, 0.9];

/** Requests: one for the SHAP baseline, and one for each of 100 records, with the 6 coalitions of its features. */
const OF_THE_BASELINE = 101;

const MEANS = [40, 38, 2];

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => [20 + ((index * 7) % 41), 18 + ((index * 13) % 41), index % 5]);

const csv = (count: number) =>
  `${['said,age,hours,zone', ...rows(count).map((row) => `0.5,${row.join(',')}`)].join('\n')}\n`;

function assembly(): string {
  const folder = newFolder();
  const validation = join(folder, 'validation.csv');
  writeFileSync(validation, csv(300));
  return labelledAssembly(folder, 'Reasons', ({ monitoring, model }) => {
    monitoring.addModelExplainabilityMonitor('Attributions', {
      analysis: ShapAnalysis.of({
        predictor: Predictor.fromModel(model),
        baseline: ShapBaseline.rows([MEANS]),
        headers: ['age', 'hours', 'zone'],
      }),
      baseline: Baseline.fromDataset(Dataset.csvFile(validation, { columns: { prediction: 'said' } })),
    });
  });
}

/** Sums of weights, other ones from a time on. */
const linear =
  (weights: () => Weights): ModelFunction =>
  ({ body }) => ({
    body: body
      .split('\n')
      .map((line) => line.split(',').reduce((sum, value, index) => sum + weights()[index] * Number(value), 0))
      .join('\n'),
  });

async function rehearsed({ changes }: { readonly changes: boolean }) {
  const file = join(newFolder(), 'traffic.csv');
  writeFileSync(file, csv(400));
  const traffic = readTrafficFile(file, { outputColumns: 1, recordsPerHour: 200 });
  let asked = 0;
  const weights = () => (changes && asked > OF_THE_BASELINE ? CHANGED : USUAL);
  return rehearse({
    assembly: assembly(),
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: changes,
    traffic,
    models: (request) => {
      asked += 1;
      return linear(weights)(request);
    },
  });
}

test('a model that rests on the features of its baseline raises nothing', async () => {
  const { expectations, windows, succeeded } = await rehearsed({ changes: false });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(windows.map(({ outcome }) => outcome.status)).toEqual(['NoData', 'Completed', 'Completed']);
  expect(succeeded).toBe(true);
});

test('one that rests on others since is found, from the template to the message', async () => {
  const { expectations, windows, messages } = await rehearsed({ changes: true });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(windows.map(({ outcome }) => outcome.status)).toEqual([
    'NoData',
    'Watch', // one window may be chance
    'CompletedWithViolations',
  ]);
  expect(JSON.stringify(messages)).toMatch(/label0/);
});
