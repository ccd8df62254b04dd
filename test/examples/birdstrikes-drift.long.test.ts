import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { COLUMNS, warnings } from '../../examples/birdstrikes/analyses';
import {
  DEFAULT_SEED,
  driftedWindows,
  equalWindows,
  INPUT_COLUMNS,
  labelled,
  labelsOf,
  readStrikes,
  SCORE_COLUMN,
  type Strike,
  scored,
  splitEarlyYears,
} from '../../examples/birdstrikes/data';
import { train } from '../../examples/birdstrikes/model';
import { story } from '../../examples/birdstrikes/story';
import { formatTable, type Table } from '../../examples/birdstrikes/table';
import { Baseline, Dataset, GroundTruth, RetrainingTrigger } from '../../lib';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from '../rehearsal/fixtures/app';
import { type LabelledApp, labelledAssembly } from '../rehearsal/fixtures/labelled-app';

// Bird strikes whose labels follow another rule, and such whose features alone move: which of the four words each is found by. The model is the example's, and is not replaced.

afterAll(removeFolders);

const STRIKES = readStrikes();
const { baseline: KNOWN, holdOut: QUIET } = splitEarlyYears(STRIKES, DEFAULT_SEED);
const PREDICT = train(KNOWN);

let assembly: string;
beforeAll(() => {
  const folder = newFolder();
  const written = (name: string, table: Table) => {
    const file = join(folder, name);
    writeFileSync(file, formatTable(table));
    return file;
  };
  const training = written('training.csv', scored(KNOWN, PREDICT));
  const labelledData = written('labelled.csv', labelled(KNOWN, PREDICT));
  const add = ({ monitoring, bucket }: LabelledApp) => {
    monitoring.addDataQualityMonitor('Data', {
      baseline: Baseline.fromDataset(Dataset.csvFile(training)).withOverrides({
        domainContentThreshold: 0.95, // as the example's app
        features: { speed_knots: { completenessTolerance: 0.1 } },
      }),
    });
    monitoring.addModelQualityMonitor('Quality', {
      problem: warnings(),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
      baseline: Baseline.fromDataset(Dataset.csvFile(labelledData, { columns: COLUMNS })),
    });
    const stack = Stack.of(monitoring);
    const pipeline = sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'training');
    new RetrainingTrigger(stack, 'Retraining', { monitors: monitoring, pipeline });
  };
  assembly = labelledAssembly(folder, 'Strikes', add);
});

const rehearsed = (hours: readonly Strike[][], expectDrift: boolean) =>
  rehearse({
    assembly,
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift,
    traffic: hours.map((strikes) => {
      const labels = labelsOf(strikes);
      const { rows } = scored(strikes, PREDICT);
      return { rows: rows.map(([score, ...input], row) => ({ output: [score], input, label: labels[row] })) };
    }),
  });

/** Which of the four was found, and each line of what the demo would say. */
function wordsOf(result: Awaited<ReturnType<typeof rehearsed>>) {
  const lines = story(result, SCORE_COLUMN);
  return { lines, found: lines.filter((line) => line.includes('found in') && !line.includes('not found')).map(wordOf) };
}

const wordOf = (line: string) => line.slice(0, 18).trim();

const SIZE = INPUT_COLUMNS.indexOf('wildlife_size');
const isSmall = ({ inputs }: Strike) => inputs[SIZE] === 'Small';

/** Another rule of damage: an animal that is not small does some where it did none, and none where it did some. */
const swapped = (strike: Strike): Strike => (isSmall(strike) ? strike : { ...strike, damaged: !strike.damaged });

test('strikes of the early years that the model has not seen have none of the four', async () => {
  const result = await rehearsed(equalWindows(QUIET, 2), false);
  expect(wordsOf(result).found).toEqual([]);
  expect(result.expectations.filter(({ met }) => !met)).toEqual([]);
}, 300_000);

test('the same strikes whose labels follow another rule have concept drift alone, by its name in report, event and message', async () => {
  const result = await rehearsed(equalWindows(QUIET.map(swapped), 2), true);
  const { found, lines } = wordsOf(result);
  expect({ found, lines }).toEqual({ found: ['concept drift'], lines });
  const [window] = result.windows.filter(
    ({ outcome }) => outcome.monitorKind === 'ModelQuality' && outcome.status === 'CompletedWithViolations',
  );
  expect(window.outcome.violations).toContainEqual(
    expect.objectContaining({ check: 'concept_drift_check', feature: 'accuracy', confirmed: true }),
  );
  const checks = window.violations.map((violation) => violation.constraint_check_type);
  expect(checks).toContain('concept_drift_check');
  const started = result.messages.find(({ subject }) => subject?.startsWith('Training started'));
  expect(started?.body).toContain('concept drift');
  expect(result.retrainings).toHaveLength(1);
}, 300_000);

test('strikes of which those with small animals are left out have moved data and predictions, and no concept drift', async () => {
  const moved = QUIET.filter((strike) => !isSmall(strike));
  const result = await rehearsed(equalWindows(moved, 2), true);
  expect(wordsOf(result).found).toEqual(['data drift', 'prediction drift']);
}, 300_000);

test('those of 1999 to 2002 have, by the model that is not replaced, what the README says', async () => {
  const result = await rehearsed(driftedWindows(STRIKES), true);
  const { found, lines } = wordsOf(result);
  expect(found).toEqual(['data drift', 'prediction drift']);
  const readme = readFileSync('examples/birdstrikes/README.md', 'utf8');
  expect(lines.filter((line) => !readme.includes(line))).toEqual([]);
}, 300_000);
