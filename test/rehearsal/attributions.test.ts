import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelFunction } from '../../lib/cloud/account/sagemaker/models';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { readTrafficFile } from '../../lib/rehearsal/traffic-file';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { attributionsAssembly, attributionsCsv } from './fixtures/attributions-app';

// A model that is asked, in each hour, which features its answers rest on.

afterAll(removeFolders);

type Weights = readonly [age: number, hours: number, zone: number];
const USUAL: Weights = [0.02, 0.005, 0.0001];
/** Rests on the zone, and hardly on age. */
const CHANGED: Weights = [0.0001, 0.005, 0.9];

/** Requests: one for the SHAP baseline, and one for each of 100 records, with the 6 coalitions of its features. */
const OF_THE_BASELINE = 101;

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
  writeFileSync(file, attributionsCsv(400));
  const traffic = readTrafficFile(file, { outputColumns: 1, recordsPerHour: 200 });
  let asked = 0;
  const weights = () => (changes && asked > OF_THE_BASELINE ? CHANGED : USUAL);
  return rehearse({
    assembly: attributionsAssembly(),
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
