import { App, Duration } from 'aws-cdk-lib';
import type { Predict, Strike } from '../../examples/birdstrikes/data';
import { Shadowed } from '../../examples/shadow-variant/app';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficRow } from '../../lib/rehearsal/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { knownFiles, labelOf, scoreOf, TRAINED, UNTRAINED, WINDOWS } from './fixtures/strikes';

// A test of a shadow variant, from the template of the example to the message, on real strikes; every event comes twice.

afterAll(removeFolders);

function assembly(live: Predict): string {
  const { outdir, labelledData } = knownFiles(live);
  const app = new App({ outdir });
  new Shadowed(app, 'Shadowed', { labelledData, testedFor: Duration.hours(4), atMost: Duration.hours(8) });
  return app.synth().directory;
}

/** What was told of the test where one model answers, and another one is sent copies. */
async function tested(live: Predict, copy: Predict, hasIds = true) {
  const row =
    (hour: number) =>
    (strike: Strike, index: number): TrafficRow => ({
      ...(hasIds && { id: `strike-${hour}-${index}` }),
      input: strike.inputs,
      output: [scoreOf(live, strike)],
      shadowOutput: [scoreOf(copy, strike)],
      label: labelOf(strike),
    });
  const traffic = WINDOWS.map((strikes, hour) => ({ rows: strikes.map(row(hour)) }));
  const options = { workDirectory: newFolder(), workshop: WARM_WORKSHOP, expectDrift: true, traffic };
  const { messages, timeline } = await rehearse({ assembly: assembly(live), ...options });
  expect(timeline.filter(({ problem }) => problem)).toEqual([]);
  expect(timeline.filter(({ title }) => title.startsWith('weights of'))).toEqual([]);
  const [told, ...others] = messages.filter(({ body }) => body.includes('the test Shadowed/Test'));
  expect(others).toEqual([]);
  return { subject: told?.subject ?? '', body: told?.body ?? '' };
}

test('a shadow that is better is found, and the message says how to promote it', async () => {
  const { subject, body } = await tested(UNTRAINED, TRAINED);
  expect(subject).toMatch(/^shadow is better than live/);
  expect(body).toContain('2. In one change give live the model of shadow, and keep its name');
  expect(body).toMatch(
    /Answers: {3}of (\d+) rows of live and \1 of shadow \1 are of the same requests, \d+ with the same answer; 0 and 0 met none/,
  );
});

test('one that is worse is found, and goes', async () => {
  const { subject, body } = await tested(TRAINED, UNTRAINED);
  expect(subject).toMatch(/^shadow is worse than live/);
  expect(body).toContain('1. Take the shadow variant shadow and this test out of the app, and deploy.');
});

test('one that is the same is found to be no different: each answer met its own', async () => {
  const { subject, body } = await tested(TRAINED, TRAINED);
  expect(subject).toMatch(/^shadow is no different, by what matters, from live/);
  expect(body).toMatch(/(\d+) are of the same requests, \1 with the same answer; 0 and 0 met none/);
});

test('where nobody gives requests an identifier, nothing is assumed: no answer met another, and it is told', async () => {
  const { subject, body } = await tested(UNTRAINED, TRAINED, false);
  expect(subject).toMatch(/^shadow is neither known to be better nor to be worse than live/);
  expect(body).toContain('none are of the same request, by their identifiers: call with an InferenceId');
});
