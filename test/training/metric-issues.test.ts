import type { CheckSettings, FallingSettings, TogetherSettings } from '../../lib/training/contract';
import { type JobMetrics, metricIssues } from '../../lib/training/handler/metric-issues';

const NOW = new Date('2026-03-04T12:00:00Z');

const FALLING: FallingSettings = { issue: 'NotFalling', metric: 'loss', patienceMinutes: 60, leastPercentage: 2 };
const TOGETHER: TogetherSettings = {
  issue: 'Apart',
  metric: 'validation:loss',
  trainingMetric: 'loss',
  patienceMinutes: 30,
  largestPercentage: 10,
};

/** Values by how many minutes ago they are. */
type Ago = Readonly<Record<number, number>>;

const valuesOf = (ago: Ago) =>
  new Map(Object.entries(ago).map(([minutes, value]) => [NOW.getTime() - Number(minutes) * 60_000, value]));

function found(check: CheckSettings, ...ofMetrics: (readonly [name: string, ago: Ago])[]) {
  const metrics: JobMetrics = new Map(ofMetrics.map(([name, ago]) => [name, valuesOf(ago)]));
  return metricIssues([check], metrics, NOW);
}

describe('a metric that has to fall', () => {
  test.each<[string, Ago, boolean]>([
    ['falls', { 90: 1, 30: 0.9, 1: 0.8 }, false],
    ['fell, and rose since', { 90: 1, 30: 0.9, 1: 2 }, false],
    ['rises', { 90: 1, 30: 1.5, 1: 2 }, true],
    ['stays', { 90: 1, 1: 1 }, true],
    ['falls by as little as does not count', { 90: 1, 1: 0.98 }, true],
    ['falls by more than that', { 90: 1, 1: 0.97 }, false],
    ['is below 0, and falls', { 90: -1, 1: -1.03 }, false],
    ['is below 0, and falls by as little as does not count', { 90: -1, 1: -1.02 }, true],
    ['is lower than it first was, not than it ever was', { 200: 3, 90: 1, 1: 1.5 }, true],
    ['has been there for the patience alone', { 60: 1, 1: 2 }, false],
    ['has been there for a minute longer', { 61: 1, 1: 2 }, true],
    ['has had no values of late', { 90: 1, 61: 2 }, false],
    ['has no values', {}, false],
  ])('that %s: %p, %s', (_, ago, isFound) => {
    expect(found(FALLING, ['loss', ago])).toHaveLength(isFound ? 1 : 0);
  });

  test('is told with what it is and was, whatever the order of values', () => {
    expect(found(FALLING, ['loss', { 1: 0.834567, 30: 0.9, 200: 3, 90: 0.41201 }])).toEqual([
      { issue: 'NotFalling', metric: 'loss', reason: 'loss is 0.8346: for 60 minutes not below 0.412 by 2 %' },
    ]);
  });

  test('is not what another metric is', () => {
    expect(found(FALLING, ['other', { 90: 1, 1: 2 }])).toEqual([]);
  });
});

describe('validation and training', () => {
  const training: Ago = { 60: 5, 20: 1.5, 10: 0.5 }; // 1 of late

  test.each<[string, Ago, Ago, boolean]>([
    ['near each other', training, { 60: 9, 20: 1.1, 10: 1 }, false],
    ['as far as they may be', { 60: 1, 10: 100 }, { 10: 110 }, false],
    ['further', { 60: 1, 10: 100 }, { 10: 110.1 }, true],
    ['further, with validation below', { 60: 1, 10: 100 }, { 10: 89.9 }, true],
    ['below 0, as far as they may be', { 60: -1, 10: -100 }, { 10: -110 }, false],
    ['apart', training, { 20: 1.5, 10: 1.5 }, true],
    ['apart, before the patience is over', { 30: 1, 10: 1 }, { 10: 2 }, false],
    ['apart, a minute later', { 31: 1, 10: 1 }, { 10: 2 }, true],
    ['of which training has ended', { 60: 1 }, { 10: 2 }, false],
    ['of which validation has not begun', training, { 60: 2 }, false],
    ['at 0', { 60: 0, 1: 0 }, { 1: 0 }, false],
  ])('%s: %p, %p, %s', (_, train, validation, isFound) => {
    expect(found(TOGETHER, ['loss', train], ['validation:loss', validation])).toHaveLength(isFound ? 1 : 0);
  });

  test('are told with both figures', () => {
    expect(found(TOGETHER, ['loss', training], ['validation:loss', { 20: 1.5, 10: 1.7 }])).toEqual([
      {
        issue: 'Apart',
        metric: 'validation:loss',
        reason: 'validation:loss is 1.6, loss 1, over 30 minutes: more than 10 % apart',
      },
    ]);
  });

  test.each(['loss', 'validation:loss'])('are not compared where only %s is there', (name) => {
    expect(found(TOGETHER, [name, { 60: 1, 1: 1 }])).toEqual([]);
  });
});

describe('a metric of lines that say that a value is no number', () => {
  const check = { issue: 'NotANumber', metric: 'loss:nan' } as const;

  test('is found by any value that it has', () => {
    expect(found(check, ['loss:nan', { 600: 0 }])).toEqual([
      {
        issue: 'NotANumber',
        metric: 'loss:nan',
        reason: 'loss:nan has values, which stand for values that are no numbers',
      },
    ]);
  });

  test('is not found without one', () => {
    expect(found(check)).toEqual([]);
    expect(found(check, ['loss:nan', {}])).toEqual([]);
  });
});

test('what is looked at is told in its order', () => {
  const metrics = new Map([
    ['loss', valuesOf({ 90: 1, 1: 2 })],
    ['validation:loss', valuesOf({ 90: 1, 1: 9 })],
  ]);
  expect(metricIssues([TOGETHER, FALLING], metrics, NOW).map(({ issue }) => issue)).toEqual(['Apart', 'NotFalling']);
});
