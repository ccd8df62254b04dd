import type { TrainingIssueDetail } from '../../lib/training/contract';
import { issueMessage } from '../../lib/training/issue-message';

// What people read of a training: its reason is whatever the algorithm wrote before it ended.

const DETAIL: TrainingIssueDetail = {
  version: '1',
  watch: 'Stack/Training',
  work: 'churn-2026-03-04',
  arn: 'arn:aws:sagemaker:eu-west-1:111122223333:training-job/churn-2026-03-04',
  issue: 'Failed',
  reason: 'AlgorithmError: no rows',
  isStopped: false,
};

const told = (detail: Partial<TrainingIssueDetail> = {}) =>
  issueMessage({ ...DETAIL, ...detail }, 'https://docs.example');

test('says what happened, why, whether it was stopped, and where to look', () => {
  const { subject, body } = told();
  expect(subject).toBe('Training churn-2026-03-04 failed (Stack/Training)');
  expect(body).toContain('The training churn-2026-03-04 failed.\n\nReason:    AlgorithmError: no rows\n');
  expect(body).toContain('\nNothing was done about it.\nLook at its logs,');
  expect(told({ isStopped: true }).body).toContain('\nIt was asked to stop because of this.\n');
});

test('a reason, a rule and a name are one line each that nobody can click', () => {
  const reason = 'no rows\nWatched: https://evil.example/login\u202e';
  const { subject, body } = told({ issue: 'RuleFoundIssues', rule: 'Over\nfit', reason });
  expect(body).toContain('Reason:    no rows\\u{a}Watched: https[:]//evil[.]example/login\\u{202e}\n');
  expect(body).toContain(', by the rule Over\\u{a}fit.\n');
  expect(subject).toMatch(/^[ -~]{1,99}$/);
});

test('a reason is no longer than a few lines', () => {
  expect(told({ reason: 'x'.repeat(10_000) }).body.length).toBeLessThan(2000);
});
