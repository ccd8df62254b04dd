import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { TwoVariants } from '../../examples/two-variants/app';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficRow } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';

// The example with two variants, from its template to what a report says of them beside each other.

afterAll(removeFolders);

/** Requests of a model that errs on one of so many. */
function rows(count: number, variant: string, wrongEvery: number): (TrafficRow & { readonly label: string })[] {
  return Array.from({ length: count }, (_, index) => {
    const left = index % 3 === 0 ? 1 : 0;
    const said = index % wrongEvery === 0 ? 1 - left : left;
    return { output: [said ? '0.8' : '0.3'], input: [`${index % 7}`], label: `${left}`, variant };
  });
}

function assembly(): string {
  const folder = newFolder();
  const known = rows(1000, 'champion', 20);
  const [trainingData, labelledData] = ['training.csv', 'labelled.csv'].map((name) => join(folder, name));
  const lines = known.map(({ output, input }) => `${output},${input}`);
  writeFileSync(trainingData, `${['score,tenure', ...lines].join('\n')}\n`);
  const labelled = known.map(({ output, label, input }) => `${output},${label},${input}`);
  writeFileSync(labelledData, `${['score,left,tenure', ...labelled].join('\n')}\n`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  new TwoVariants(app, 'TwoVariants', { trainingData, labelledData });
  return app.synth().directory;
}

/** The comparison of each kind, in an hour in which the challenger errs on one of so many. */
async function compared(wrongEvery: number, expectDrift: boolean) {
  const traffic = [{ rows: [...rows(300, 'champion', 20), ...rows(300, 'challenger', wrongEvery)] }];
  const options = { workDirectory: newFolder(), workshop: WARM_WORKSHOP, expectDrift, traffic };
  const { expectations, windows } = await rehearse({ assembly: assembly(), ...options });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  const told = windows.filter(({ outcome }) => outcome.status !== 'NoData').map(({ outcome }) => outcome);
  return new Map(told.map((outcome) => [outcome.monitorKind, outcome.comparison]));
}

test('a challenger that errs more often is worth less, by an interval without 0, and is asked the same', async () => {
  const found = await compared(3, true);
  const accuracy = found.get('ModelQuality')?.quality?.metrics.find(({ metric }) => metric === 'accuracy');
  expect(accuracy?.difference.high).toBeLessThan(0);
  expect(accuracy?.candidate).toBeCloseTo(2 / 3, 2);
  expect(found.get('DataQuality')).toMatchObject({ reference: 'champion', candidate: 'challenger' });
});

test('of one that is as good as the champion, the interval of the difference has 0 in it', async () => {
  const found = await compared(20, false);
  const accuracy = found.get('ModelQuality')?.quality?.metrics.find(({ metric }) => metric === 'accuracy');
  expect(accuracy?.difference).toMatchObject({ value: 0 });
  expect(accuracy?.difference.low).toBeLessThan(0);
  expect(found.get('DataQuality')?.drifted ?? []).toEqual([]);
});
