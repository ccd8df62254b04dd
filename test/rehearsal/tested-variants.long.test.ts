import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration } from 'aws-cdk-lib';
import {
  equalWindows,
  INPUT_COLUMNS,
  type Predict,
  readStrikes,
  type Strike,
  splitEarlyYears,
} from '../../examples/birdstrikes/data';
import { train } from '../../examples/birdstrikes/model';
import { TwoVariants } from '../../examples/two-variants/app';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficRow } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';

// A test of two variants, from the template of the example to what becomes of the challenger's requests, on real strikes; every event comes twice.

afterAll(removeFolders);

const STRIKES = readStrikes();
const { baseline: KNOWN } = splitEarlyYears(STRIKES, 7);
const HOURS = 10;
const WINDOWS = equalWindows(
  STRIKES.filter(({ year }) => year > 1995),
  HOURS,
);

const TRAINED = train(KNOWN);
/** Learned from the first 40 strikes alone. */
const UNTRAINED = train(KNOWN.slice(0, 40));

const labelOf = ({ damaged }: Strike) => (damaged ? '1' : '0');
const scoreOf = (predict: Predict, { inputs }: Strike) => predict(inputs).toFixed(6);

function assembly(champion: Predict): string {
  const folder = newFolder();
  const [trainingData, labelledData] = ['training.csv', 'labelled.csv'].map((name) => join(folder, name));
  const quoted = (values: readonly string[]) => values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
  const lines = (...columns: ((strike: Strike) => string)[]) =>
    KNOWN.map((strike) => quoted([...columns.map((column) => column(strike)), ...strike.inputs]));
  const score = (strike: Strike) => scoreOf(champion, strike);
  writeFileSync(trainingData, `${[['score', ...INPUT_COLUMNS].join(','), ...lines(score)].join('\n')}\n`);
  const header = ['score', 'left', ...INPUT_COLUMNS].join(',');
  writeFileSync(labelledData, `${[header, ...lines(score, labelOf)].join('\n')}\n`);
  const app = new App({ outdir: join(folder, 'cdk.out') });
  new TwoVariants(app, 'TwoVariants', { trainingData, labelledData, testedFor: Duration.hours(4) });
  return app.synth().directory;
}

/** Of four strikes the challenger is asked about one. */
function answered(models: { readonly champion: Predict; readonly challenger: Predict }) {
  return (strikes: readonly Strike[]): TrafficRow[] =>
    strikes.map((strike, index) => {
      const variant = index % 4 === 3 ? 'challenger' : 'champion';
      return { input: strike.inputs, output: [scoreOf(models[variant], strike)], label: labelOf(strike), variant };
    });
}

/** What was told of the test, and what was done to the endpoint. */
async function tested(champion: Predict, challenger: Predict) {
  const traffic = WINDOWS.map(answered({ champion, challenger })).map((rows) => ({ rows }));
  const options = { workDirectory: newFolder(), workshop: WARM_WORKSHOP, expectDrift: true, traffic };
  const { messages, timeline } = await rehearse({ assembly: assembly(champion), ...options });
  const told = messages.filter(({ body }) => body.includes('the test TwoVariants/Test'));
  const weights = timeline.filter(({ title }) => title.startsWith('weights of')).map(({ title }) => title);
  expect(timeline.filter(({ problem }) => problem)).toEqual([]);
  return { told, weights };
}

test('a challenger that is worse is found, told once, and loses its requests', async () => {
  const { told, weights } = await tested(TRAINED, UNTRAINED);
  expect(told.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^challenger is worse than champion/)]);
  expect(told[0].body).toContain('challenger gets no more requests. Updates of the endpoint keep that');
  expect(weights).toEqual([expect.stringMatching(/ are champion 2, challenger 0$/)]);
});

test('one that is better is found, and keeps its requests until people step up', async () => {
  const { told, weights } = await tested(UNTRAINED, TRAINED);
  expect(told.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^challenger is better than champion/)]);
  expect(told[0].body).toContain('To step up');
  expect(weights).toEqual([]);
});

test('one that is the same is left', async () => {
  const { told, weights } = await tested(TRAINED, TRAINED);
  expect(told.every(({ subject = '' }) => subject.startsWith('challenger is no different'))).toBe(true);
  expect(told.length).toBeLessThanOrEqual(1);
  expect(weights).toEqual([]);
});
