import type { TrainingWork } from '../../lib/training/handler/training-work';
import { issuesOf } from '../../lib/training/handler/work-issues';

const NOW = new Date('2026-03-04T12:00:00Z');
const LIMITS = { longestMinutes: 60, stuckMinutes: 30 };

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const WORK: TrainingWork = { name: 'churn-1', arn: 'arn', status: 'UnderWay', rules: [] };

function found(work: Partial<TrainingWork>, limits = LIMITS) {
  return issuesOf({ ...WORK, ...work }, limits, NOW);
}

test.each<[string, Partial<TrainingWork>, readonly string[]]>([
  ['under way, and young', { begun: minutesAgo(10), lively: minutesAgo(1) }, []],
  ['as long as it may go on', { begun: minutesAgo(60) }, []],
  ['a minute longer', { begun: minutesAgo(61) }, ['OverLong']],
  ['without a sign of life as long as it may be', { lively: minutesAgo(30) }, []],
  ['a minute longer without one', { lively: minutesAgo(31) }, ['Stuck']],
  ['of which nothing is known', {}, []],
  ['that ended well, after long', { status: 'Completed', begun: minutesAgo(900), lively: minutesAgo(900) }, []],
  ['that is being stopped, after long', { status: 'Stopping', begun: minutesAgo(900), lively: minutesAgo(900) }, []],
  ['that failed, after long', { status: 'Failed', begun: minutesAgo(900), lively: minutesAgo(900) }, ['Failed']],
  ['that was stopped', { status: 'Stopped', begun: minutesAgo(900) }, ['Stopped']],
  [
    'with all of it',
    { begun: minutesAgo(99), lively: minutesAgo(99), rules: [{ name: 'Loss' }] },
    ['RuleFoundIssues', 'OverLong', 'Stuck'],
  ],
  [
    'that ended well with a rule that found issues',
    { status: 'Completed', rules: [{ name: 'Loss' }] },
    ['RuleFoundIssues'],
  ],
])('a training %s', (_, work, issues) => {
  expect(found(work).map(({ issue }) => issue)).toEqual(issues);
});

test('nothing is long, and none is stuck, where nobody says from when on', () => {
  const old = { begun: minutesAgo(9000), lively: minutesAgo(9000) };
  expect(issuesOf({ ...WORK, ...old }, {}, NOW)).toEqual([]);
});

describe('metrics', () => {
  const checks = [{ issue: 'NotFalling', metric: 'loss', patienceMinutes: 30, leastPercentage: 1 }] as const;
  const rising = (from: Date, to: Date) =>
    new Map([
      [
        'loss',
        new Map([
          [from.getTime(), 1],
          [to.getTime(), 2],
        ]),
      ],
    ]);
  const metrics = rising(minutesAgo(31), minutesAgo(1));

  test.each<[TrainingWork['status'], readonly string[]]>([
    ['UnderWay', ['NotFalling']],
    ['Completed', ['NotFalling']],
    ['Stopping', []],
    ['Stopped', ['Stopped']],
    ['Failed', ['Failed']],
  ])('of a training that is %s are %p', (status, issues) => {
    expect(issuesOf({ ...WORK, status, metrics }, { checks }, NOW).map(({ issue }) => issue)).toEqual(issues);
  });

  test('of one that ended are judged as they were then', () => {
    const ended = minutesAgo(600);
    const work: TrainingWork = {
      ...WORK,
      status: 'Completed',
      ended,
      metrics: rising(minutesAgo(640), minutesAgo(601)),
    };
    expect(issuesOf(work, { checks }, NOW)).toHaveLength(1);
    expect(issuesOf({ ...work, ended: minutesAgo(605) }, { checks }, NOW)).toHaveLength(1);
    expect(
      issuesOf({ ...work, ended: minutesAgo(610), metrics: rising(minutesAgo(640), minutesAgo(620)) }, { checks }, NOW),
    ).toEqual([]);
  });

  test('that nobody looks at, or that are not there, are nothing', () => {
    expect(issuesOf({ ...WORK, metrics }, {}, NOW)).toEqual([]);
    expect(issuesOf(WORK, { checks }, NOW)).toEqual([]);
  });
});

test('each issue says why', () => {
  expect(found({ begun: minutesAgo(61), lively: minutesAgo(45), stage: 'Downloading' })).toEqual([
    { issue: 'OverLong', reason: 'under way for 61 minutes, 60 at most are expected' },
    { issue: 'Stuck', reason: 'no sign of life for 45 minutes, while Downloading' },
  ]);
  expect(found({ lively: minutesAgo(31) })).toEqual([{ issue: 'Stuck', reason: 'no sign of life for 31 minutes' }]);
  expect(found({ status: 'Failed', reason: 'AlgorithmError' })).toEqual([
    { issue: 'Failed', reason: 'AlgorithmError' },
  ]);
  expect(found({ status: 'Failed' })).toEqual([{ issue: 'Failed', reason: 'SageMaker gives no reason' }]);
  expect(found({ rules: [{ name: 'Overfit', details: 'at step 500' }, { name: 'Loss' }] })).toEqual([
    { issue: 'RuleFoundIssues', rule: 'Overfit', reason: 'at step 500' },
    { issue: 'RuleFoundIssues', rule: 'Loss', reason: 'the rule Loss of SageMaker Debugger found issues' },
  ]);
});
