import type { TrainingWork } from '../../lib/training/handler/training-work';
import { issuesOf } from '../../lib/training/handler/work-issues';

const NOW = new Date('2026-03-04T12:00:00Z');
const LIMITS = { longestMinutes: 60, stuckMinutes: 30 };

const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

function found(work: Partial<TrainingWork>, limits = LIMITS) {
  return issuesOf({ name: 'churn-1', arn: 'arn', status: 'UnderWay', rules: [], ...work }, limits, NOW);
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
  expect(issuesOf({ name: 'churn-1', arn: 'arn', status: 'UnderWay', rules: [], ...old }, {}, NOW)).toEqual([]);
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
