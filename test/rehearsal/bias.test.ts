import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Baseline, BiasAnalysis, Dataset, Facet, GroundTruth, PositiveOutcome } from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { readTrafficFile } from '../../lib/rehearsal/traffic-file';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { labelledAssembly } from './fixtures/labelled-app';

// A model whose answers to two groups are compared with labels that come at the end of each hour.

afterAll(removeFolders);

/** A model that misses every `missedEvery`th of the women who should be accepted. */
function csv(count: number, missedEvery: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const sex = index % 3 === 0 ? 'female' : 'male';
    const paid = index % 2;
    const isMissed = sex === 'female' && index % missedEvery === 1;
    return `${isMissed ? 0 : paid},${paid},${20 + (index % 40)},${sex}`;
  });
  return `${['said,paid,age,sex', ...lines].join('\n')}\n`;
}

function assembly(): string {
  const folder = newFolder();
  const validation = join(folder, 'validation.csv');
  writeFileSync(validation, csv(900, 30));
  return labelledAssembly(folder, 'Groups', ({ monitoring, bucket }) => {
    monitoring.addModelBiasMonitor('Bias', {
      analysis: BiasAnalysis.of({
        headers: ['age', 'sex', 'paid'],
        label: 'paid',
        positiveOutcome: PositiveOutcome.ofValues([1]),
        facets: [Facet.categorical('sex', ['female']), Facet.continuous('age', 40)],
        prediction: '0',
      }),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
      baseline: Baseline.fromDataset(Dataset.csvFile(validation, { columns: { label: 'paid', prediction: 'said' } })),
    });
  });
}

/** Two hours of traffic, with the labels in a column. */
async function rehearsed({ missedEvery, drift }: { readonly missedEvery: number; readonly drift: boolean }) {
  const file = join(newFolder(), 'traffic.csv');
  writeFileSync(file, csv(1800, missedEvery));
  const traffic = readTrafficFile(file, { outputColumns: 1, labelColumn: 'paid', recordsPerHour: 900 });
  return rehearse({
    assembly: assembly(),
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic,
  });
}

test('a model that treats a group worse is found, from the template to the message', async () => {
  const { expectations, messages, windows } = await rehearsed({ missedEvery: 2, drift: true });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(windows.map(({ outcome }) => [outcome.status, outcome.labelCoverage])).toEqual([
    ['NoData', undefined], // before the traffic began
    ['CompletedWithViolations', 1], // by chance alone never, so that no second window is waited for
    ['CompletedWithViolations', 1],
  ]);
  expect(JSON.stringify(messages)).toMatch(/sex=female \(DPPL\): expected .* saw 0\.5/);
  expect(JSON.stringify(messages)).toMatch(/Labels: {4}100% of the predictions have one/);
});

test('a model that treats groups as its baseline does raises nothing', async () => {
  const { expectations, succeeded } = await rehearsed({ missedEvery: 30, drift: false });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(succeeded).toBe(true);
});
