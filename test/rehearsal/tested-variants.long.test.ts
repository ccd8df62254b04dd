import { App, Duration } from 'aws-cdk-lib';
import type { Predict, Strike } from '../../examples/birdstrikes/data';
import { TwoVariants } from '../../examples/two-variants/app';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficRow } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { knownFiles, labelOf, scoreOf, TRAINED, UNTRAINED, WINDOWS } from './fixtures/strikes';

// A test of two variants, from the template of the example to what becomes of the challenger's requests, on real strikes; every event comes twice.

afterAll(removeFolders);

function assembly(champion: Predict): string {
  const { outdir, ...files } = knownFiles(champion);
  const app = new App({ outdir });
  new TwoVariants(app, 'TwoVariants', { ...files, testedFor: Duration.hours(4) });
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
