import type { TrainingIssueDetail, TrainingSettings } from '../../lib/training/contract';
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

const told = (detail: Partial<TrainingIssueDetail> = {}, settings: TrainingSettings['message'] = {}) =>
  issueMessage({ ...DETAIL, ...detail }, { ...settings, documentationUrl: 'https://docs.example' });

test('says what happened, why, whether it was stopped, and where to look', () => {
  const { subject, body } = told();
  expect(subject).toBe('Training churn-2026-03-04 failed (Stack/Training)');
  expect(body).toMatch(
    /^Training churn-2026-03-04 failed\n\nReason: {4}AlgorithmError: no rows\nWatched: {3}Stack\/Training\nDone: {6}nothing\n\nTraining: arn:\S+\n\nWhat to do: look at its logs, [^\n]+\nRunbook: https:\/\/docs\.example\/training\.md#failed\n$/,
  );
  expect(told({ isStopped: true }).body).toContain('\nDone:      it was asked to stop because of this\n');
});

test('a reason, a rule and a name are one line each that nobody can click', () => {
  const reason = 'no rows\nWatched: https://evil.example/login\u202e';
  const { subject, body } = told({ issue: 'RuleFoundIssues', rule: 'Over\nfit', reason });
  expect(body).toContain('Reason:    no rows\\u{a}Watched: https[:]//evil[.]example/login\\u{202e}\n');
  expect(body).toContain(', by the rule Over\\u{a}fit\n');
  expect(subject).toMatch(/^[ -~]{1,99}$/);
});

test('a reason is no longer than a few lines', () => {
  expect(told({ reason: 'x'.repeat(10_000) }).body.length).toBeLessThan(2000);
});

test('for programs it has the words of the mail, its addresses and the issue', () => {
  const { subject, body } = told({ issue: 'NotFalling', metric: 'loss' }, { format: 'Json' });
  const mail = told({ issue: 'NotFalling', metric: 'loss' }).body;
  expect(JSON.parse(body)).toEqual({
    ...{ version: '1', news: 'NotFalling', thread: 'Stack/Training churn-2026-03-04', subject, text: mail },
    links: { training: DETAIL.arn, runbook: 'https://docs.example/training.md#notfalling' },
    issue: { ...DETAIL, issue: 'NotFalling', metric: 'loss' },
  });
});

test('for a chat it is a custom notification, those of one training a thread, and each told apart', () => {
  const chat = (detail: Partial<TrainingIssueDetail>) => JSON.parse(told(detail, { format: 'AmazonQ' }).body);
  const reason = 'see <!channel> at *once*';
  const overfit = chat({ issue: 'RuleFoundIssues', rule: 'Overfit', reason });
  expect(overfit).toMatchObject({
    ...{ version: '1.0', source: 'custom', id: `${DETAIL.arn} RuleFoundIssues Overfit` },
    content: {
      title: 'Training churn-2026-03-04 has an issue, by the rule Overfit',
      description: expect.stringMatching(
        /^```\nReason: {4}see \u2039!channel\u203a at \*once\*\n[^`]*\n```\nTraining: arn:\S+\nRunbook: \S+$/,
      ),
      keywords: ['Stack/Training', 'churn-2026-03-04', 'RuleFoundIssues'],
    },
    metadata: { threadId: 'Stack/Training churn-2026-03-04' },
  });
  const others = [chat({ issue: 'RuleFoundIssues', rule: 'Tanh' }), chat({ issue: 'Failed' })];
  expect(new Set([overfit, ...others].map(({ metadata }) => metadata.threadId)).size).toBe(1);
  expect(new Set([overfit, ...others].map(({ id }) => id)).size).toBe(3);
});

test('a link leads to the dashboard of its region, by way of where an organization signs in', () => {
  const dashboard =
    'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/models';
  expect(told({}, { dashboardName: 'models' }).body).toContain(`\nDashboard: ${dashboard}\n`);
  const consoleSignIn = 'https://sso.example.com/?destination=';
  const { body } = told({}, { dashboardName: 'models', consoleSignIn });
  expect(body).toContain(`\nDashboard: ${consoleSignIn}${encodeURIComponent(dashboard)}\n`);
  expect(told().body).not.toContain('Dashboard');
});
