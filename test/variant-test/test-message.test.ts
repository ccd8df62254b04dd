import type { TestEndedDetail } from '../../lib/variant-test/contract';
import { testMessage } from '../../lib/variant-test/test-message';
import type { NextSettings } from '../../lib/variant-test/test-next';

const DETAIL: TestEndedDetail = {
  version: '1',
  test: 'Stack/Autumn',
  monitorId: 'Stack/Quality',
  endpointName: 'churn',
  reference: 'live',
  candidate: 'copy',
  since: '2026-03-04T08:00:00.000Z',
  until: '2026-03-11T08:00:00.000Z',
  windows: 168,
  metrics: [{ metric: 'accuracy', difference: { value: 0.031, low: 0.02, high: 0.042 } }],
  outcome: 'Better',
  traffic: 'AsItWas',
  reportUri: 's3://reports/run/',
};

const bodyOf = (detail: Partial<TestEndedDetail>, settings: NextSettings = {}) =>
  testMessage({ ...DETAIL, ...detail }, settings).body;

const SHADOW = { isShadow: true } as const;
const stepsOf = (body: string) => body.match(/^\d\. .*$/gm)?.map((step) => step.slice(0, 24)) ?? [];

test('[I6] a shadow that is better is promoted in order, with a deployment of its own where it is scaled', () => {
  const steps = (isScaled?: boolean) => stepsOf(bodyOf(SHADOW, { shadow: { isScaled } }));
  const [all, promoted] = ['1. Let copy be sent all r', '2. In one change give li'].map((step) => step.slice(0, 24));
  expect(steps(false)).toEqual([all, promoted]);
  expect(steps(true)).toEqual([all, "2. Take 'scaling' of copy away".slice(0, 24), promoted.replace('2', '3')]);
  expect(steps()).toEqual([all, '2. Where copy is scaled, take'.slice(0, 24), promoted.replace('2', '3')]);
});

test('the production variant keeps its name, and baseline and monitors follow in the same change', () => {
  expect(bodyOf(SHADOW, { shadow: {} })).toContain(
    'In one change give live the model of copy, and keep its name; take the shadow variant and this test out; make the baseline of the monitors that of the new model. Deploy.',
  );
});

test('one that is no different may be promoted as well; one that is worse, or of which nothing is known, goes', () => {
  expect(bodyOf({ ...SHADOW, outcome: 'NoDifference' }, { shadow: {} })).toContain('To promote it');
  for (const outcome of ['Worse', 'Undecided'] as const) {
    const body = bodyOf({ ...SHADOW, outcome }, { shadow: { isScaled: true } });
    expect(body).not.toContain('promote');
    expect(stepsOf(body)).toHaveLength(2);
    expect(body).toContain('2. Take the shadow variant copy and this test out of the app, and deploy.');
  }
});

test('of units that callers pin, they are told whom to name, and no command changes weights', () => {
  const body = (outcome: TestEndedDetail['outcome']) => bodyOf({ outcome }, { hasUnits: true });
  expect(body('Better')).toContain('To step up, let them name copy for more units, and then for all.');
  expect(body('Worse')).toContain('Let them name live for all units.');
  for (const outcome of ['Better', 'Worse', 'NoDifference', 'Undecided'] as const) {
    expect(body(outcome)).toContain('Nothing was changed: callers keep units with a variant by TargetVariant');
    expect(body(outcome)).not.toContain('aws sagemaker');
  }
});

test('no message about a shadow has a command that changes weights', () => {
  expect(bodyOf(SHADOW, { shadow: {} })).not.toContain('aws sagemaker');
});

test.each([
  [
    { reference: 1000, candidate: 990, shared: 950, agreeing: 930 },
    '950 are of the same requests, 930 with the same answer; 50 and 40 met none',
  ],
  [
    { reference: 10, candidate: 10, shared: 10, meanDistance: 1.2345 },
    '10 are of the same requests, 1.23 apart in the mean; 0 and 0 met none',
  ],
  [
    { reference: 10, candidate: 9, shared: 0 },
    'of 10 rows of live and 9 of copy none are of the same request, by their identifiers: call with an InferenceId',
  ],
])('of the same requests it says how many met, and how many did not', (sameRequests, words) => {
  expect(bodyOf({ ...SHADOW, sameRequests }, { shadow: {} })).toContain(words);
});

test('weights that updates keep are told so, and those that the code gives back', () => {
  const back = { outcome: 'Worse', traffic: 'TakenBack' } as const;
  expect(bodyOf(back, { keepsWeights: true })).toContain('Updates of the endpoint keep that: take copy out of the app');
  expect(bodyOf(back)).toContain('The next update of the endpoint gives the weights of the code');
  expect(bodyOf({}, { keepsWeights: true })).toContain('Updates of the endpoint keep the weights.');
});

test('measures are told in their units', () => {
  const difference = { value: 2.5, low: 1, high: 4 };
  const body = bodyOf({
    metrics: ['modelLatency', 'disagreement', 'serverErrors'].map((metric) => ({ metric, difference })),
  });
  expect(body).toContain('modelLatency: +2.5 (1 to 4) ms, candidate less reference');
  expect(body).toContain('disagreement: +2.5 (1 to 4), between answers to the same requests');
  expect(bodyOf({ metrics: [{ metric: 'serverErrors' }] })).toContain('serverErrors: too little is known to say');
});

test('names of strangers are one line each that nobody can click', () => {
  const body = bodyOf({ endpointName: 'churn\nSee https://evil.example', test: 'Stack/\u202eTest' });
  expect(body).toContain(
    'the test Stack/\\u{202e}Test of the endpoint churn\\u{a}See https[:]//evil[.]example has ended.',
  );
});
