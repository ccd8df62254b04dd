import type { EventViolation } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { RUN } from './run';

const NOW = new Date('2026-03-04T09:21:00Z');

test('a run that came to nothing but a status has counts of 0, empty lists and nothing published', () => {
  expect(executionReport(RUN, { status: 'NoData' }, NOW)).toEqual({
    version: '1',
    outcome: {
      version: '1',
      executionId: 'e1',
      accountId: '111122223333',
      region: 'eu-west-1',
      monitorId: 'Stack/DataQuality',
      monitorKind: 'DataQuality',
      endpointName: 'churn',
      engine: 'serverless',
      status: 'NoData',
      windowStart: '2026-03-04T08:00:00.000Z',
      windowEnd: '2026-03-04T09:00:00.000Z',
      recordCount: 0,
      violationCount: 0,
      watchedCount: 0,
      violations: [],
      concerns: [],
      evaluated: 'None',
      leftOut: [],
      leftOutCount: 0,
      health: 0,
      healthReasons: [],
      reportUri: 's3://out/reports/dq/2026/03/04/09/',
    },
    concludedAt: '2026-03-04T09:21:00.000Z',
    published: [],
    distances: [],
    violated: [],
    notEvaluated: [],
  });
});

test('what a run found is kept, also where it says of a part that there is none', () => {
  const distance = { feature: 'tenure', distance: 0.3, threshold: 0.1, method: 'MassShift' };
  const unevaluated = { feature: 'age', check: 'baseline_drift_check', reason: 'too few values' };
  const found = { objectCount: 3, lateObjects: 1, distances: [distance], notEvaluated: [unevaluated] };
  expect(executionReport(RUN, { status: 'Analysed', ...found }, NOW)).toMatchObject({
    ...found,
    outcome: { status: 'Completed' },
  });
  const absent = executionReport(RUN, { status: 'Analysed', distances: undefined, notEvaluated: undefined }, NOW);
  expect(absent).toMatchObject({ distances: [], notEvaluated: [] });
});

test('all violations are counted, and the first 20 go along, cut to what an event holds', () => {
  const long: EventViolation = {
    feature: 'f'.repeat(257),
    check: 'c'.repeat(257),
    description: 'd'.repeat(513),
    expectedType: 't'.repeat(257),
    observed: 0.25,
    expected: '-Infinity',
    pValue: 0.0004,
    confirmed: true,
  };
  const short = (index: number): EventViolation => ({
    feature: `f${index}`,
    check: 'c',
    description: 'd',
    confirmed: true,
  });
  const violations = [long, ...Array.from({ length: 20 }, (_, index) => short(index + 1))];
  const { outcome } = executionReport(RUN, { status: 'Analysed', violations }, NOW);
  expect(outcome.violationCount).toBe(21);
  expect(outcome.violations).toHaveLength(20);
  expect(outcome.violations[0]).toEqual({
    feature: 'f'.repeat(256),
    check: 'c'.repeat(256),
    description: 'd'.repeat(512),
    expectedType: 't'.repeat(256),
    observed: 0.25,
    expected: '-Infinity',
    pValue: 0.0004,
    confirmed: true,
  });
  expect(outcome.violations[19]).toEqual(short(19));
});

test('a run whose violations are not confirmed is watched: it counts none, is about nothing, and keeps what it saw', () => {
  const seen: EventViolation = { feature: 'f', check: 'baseline_drift_check', description: 'd', confirmed: false };
  const report = executionReport(RUN, { status: 'Analysed', violations: [seen] }, NOW);
  expect(report.outcome).toMatchObject({
    status: 'Watch',
    violationCount: 0,
    watchedCount: 1,
    violations: [seen],
    concerns: [],
  });
  expect(report.violated).toEqual([{ feature: 'f', check: 'baseline_drift_check' }]);
});

test('a run with a confirmed violation has violations, and is about those that are confirmed', () => {
  const violations: EventViolation[] = [
    { feature: 'f', check: 'data_type_check', description: 'd', confirmed: true },
    { feature: 'f', check: 'baseline_drift_check', description: 'd', confirmed: false },
  ];
  const { outcome, violated } = executionReport(RUN, { status: 'Analysed', violations }, NOW);
  expect(outcome).toMatchObject({ status: 'CompletedWithViolations', violationCount: 1, watchedCount: 1 });
  expect(outcome.concerns).toEqual(['Form']);
  expect(violated).toHaveLength(2);
});

test('all that was violated is kept for the runs after it, however much and however long', () => {
  const violations = Array.from({ length: 30 }, (_, index) => ({
    feature: `${index}`.repeat(200),
    check: 'c',
    description: 'd',
    confirmed: false,
  }));
  const { violated } = executionReport(RUN, { status: 'Analysed', violations }, NOW);
  expect(violated).toEqual(violations.map(({ feature, check }) => ({ feature, check })));
});

test('the checks that the baseline asks for and that were not made make a run less than whole; others are kept', () => {
  const lacking = { feature: 'income', check: 'all', reason: 'no record has a column of this name' };
  const unasked = {
    feature: 'text',
    check: 'baseline_drift_check',
    reason: 'no distribution',
    isUnasked: true as const,
  };
  const report = (notEvaluated: (typeof lacking)[]) => executionReport(RUN, { status: 'Analysed', notEvaluated }, NOW);
  expect(report([unasked]).outcome).toMatchObject({ evaluated: 'Whole', health: 0, leftOut: [], leftOutCount: 0 });
  expect(report([unasked, lacking])).toMatchObject({
    outcome: {
      evaluated: 'Part',
      leftOut: [lacking],
      leftOutCount: 1,
      health: 1,
      healthReasons: ['1 check that the baseline asks for was not made; notEvaluated of the report has which, and why'],
    },
    notEvaluated: [unasked, lacking],
  });
  const many = Array.from({ length: 21 }, (_, index) => ({ ...lacking, feature: `f${index}` }));
  expect(report(many).outcome).toMatchObject({ leftOutCount: 21, leftOut: many.slice(0, 20) });
});

test('an event says what its violations are about, each once', () => {
  const violations = ['completeness_check', 'baseline_drift_check', 'data_type_check'].map((check) => ({
    feature: 'f',
    check,
    description: 'd',
    confirmed: true,
  }));
  const { outcome } = executionReport(RUN, { status: 'Analysed', violations }, NOW);
  expect(outcome.concerns).toEqual(['Drift', 'Form']);
});

test('of a failed run nothing was evaluated, and its reason is that of its health, cut to what an event holds', () => {
  const failureReason = `Code: ${'x'.repeat(600)}`;
  const { outcome } = executionReport(RUN, { status: 'Failed', failureReason }, NOW);
  expect(outcome).toMatchObject({ evaluated: 'None', health: 2, failureReason });
  expect(outcome.healthReasons).toEqual([failureReason.slice(0, 512)]);
});

test('long names and reasons of what was not checked are cut to what an event holds', () => {
  const long = { feature: 'f'.repeat(257), check: 'c'.repeat(257), reason: 'r'.repeat(513) };
  const report = executionReport(RUN, { status: 'Analysed', notEvaluated: [long] }, NOW);
  expect(report.outcome.leftOut).toEqual([
    { feature: 'f'.repeat(256), check: 'c'.repeat(256), reason: 'r'.repeat(512) },
  ]);
  expect(report.notEvaluated).toEqual([long]);
});
