import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { executionConclusion, monitorRun } from '../../lib/engine/reconciler/monitoring-execution';
import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { digest } from '../../lib/notification/digest';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { HOME } from './invocation';
import { REPORT_FILES } from './report-files';

// One message for each kind of monitor, whole, from the files that the kind's container writes.

function outcomeOf(kind: MonitorKindName, props: Partial<ExecutionCompletedDetail> = {}): ExecutionCompletedDetail {
  const monitor = {
    id: `Stack/${kind}`,
    kind,
    endpointName: 'churn',
    engine: 'model-monitor',
    everyHours: 1,
    startHour: 0,
    graceMinutes: 110,
    output: { bucket: 'out', prefix: `reports/${kind}` },
    monitoringScheduleName: 'schedule',
    scheduleIdentity: '2026-03-01T00:00:00Z',
  } as const;
  const execution = { scheduledTime: new Date('2026-03-04T09:00:00Z'), status: 'CompletedWithViolations' };
  const { measured, violations } = REPORT_FILES[kind];
  const file = (content: object) => ({ uri: 's3://out/file', isThere: true, content });
  const counted317 = 'dataset' in measured ? { ...measured, dataset: { item_count: 317 } } : measured;
  const files = { measured: file(counted317), violations: file(violations) };
  const run = monitorRun(monitor, execution, HOME);
  const { violations: found = [], ...conclusion } = executionConclusion({ monitor, execution, files });
  const counted = found.map((violation) => ({ ...violation, confirmed: true }));
  const { outcome } = executionReport(run, { ...conclusion, violations: counted }, new Date());
  return { ...outcome, ...props };
}

const told = (kind: MonitorKindName) =>
  digest(outcomeOf(kind), { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });

test('[A1] a message about data quality', () => {
  expect(told('DataQuality')).toEqual({
    subject: '3 violations in data quality of churn (Stack/DataQuality)',
    body: `3 violations in data quality of churn

Monitor:   Stack/DataQuality (DataQuality, engine model-monitor)
Endpoint:  churn
Window:    2026-03-04T08:00:00.000Z to 2026-03-04T09:00:00.000Z
Status:    CompletedWithViolations
Records:   317

- tenure: expected 100% of the values to be of type Integral, saw 98.81%
- charge: expected a distribution within 0.1 of the baseline's, saw a distance of 0.3125
- Extra columns: expected 8 columns, saw 9

This run is not whole:
- 2 checks that the baseline asks for were not made; notEvaluated of the report has which, and why
- tenure (baseline_drift_check): Model Monitor compares no feature whose values have another type
- all features (all): Model Monitor makes no other check where the number of columns differs

Report: s3://out/reports/DataQuality/churn/schedule/2026/03/04/09/
Console: https://eu-west-1.console.aws.amazon.com/s3/buckets/out?region=eu-west-1&prefix=reports/DataQuality/churn/schedule/2026/03/04/09/

What to do: look at the features above in constraint_violations.json and statistics.json of the report.
If the data has rightly changed, make a new baseline or override its constraints; if not, look for the change at its source,
or retrain the model on newer data.
Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#drift
`,
  });
});

test('[A2] a message about model quality', () => {
  expect(told('ModelQuality')).toEqual({
    subject: '2 metrics of model quality of churn worse than they should be (Stack/ModelQuality)',
    body: `2 metrics of model quality of churn worse than they should be

Monitor:   Stack/ModelQuality (ModelQuality, engine model-monitor)
Endpoint:  churn
Window:    2026-03-04T08:00:00.000Z to 2026-03-04T09:00:00.000Z
Status:    CompletedWithViolations
Records:   317

- auc: expected at least 0.8906, saw 0.5124
- falsePositiveRate: expected at most 0.0625, saw 0.25

Report: s3://out/reports/ModelQuality/churn/schedule/2026/03/04/09/
Console: https://eu-west-1.console.aws.amazon.com/s3/buckets/out?region=eu-west-1&prefix=reports/ModelQuality/churn/schedule/2026/03/04/09/

What to do: look at the metrics above in constraint_violations.json and statistics.json of the report.
See first whether the labels (ground truth) of the window are right and complete, then whether data quality has drifted.
If the model has aged, retrain it on newer data; if the baseline asks for too much, override its thresholds.
Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#drift
`,
  });
});

test('[A3] a message about bias', () => {
  expect(told('ModelBias')).toEqual({
    subject: 'Bias of churn is farther from 0 than its baseline in 2 metrics (Stack/ModelBias)',
    body: `Bias of churn is farther from 0 than its baseline in 2 metrics

Monitor:   Stack/ModelBias (ModelBias, engine model-monitor)
Endpoint:  churn
Window:    2026-03-04T08:00:00.000Z to 2026-03-04T09:00:00.000Z
Status:    CompletedWithViolations

- Sex=0 (CDDPL): expected a value no farther from 0 than the baseline's 0.2813, saw 0.375
- Age=(40.0, 90.0] (DCA): expected a value no farther from 0 than the baseline's -0.5, saw -Infinity

Report: s3://out/reports/ModelBias/churn/schedule/2026/03/04/09/
Console: https://eu-west-1.console.aws.amazon.com/s3/buckets/out?region=eu-west-1&prefix=reports/ModelBias/churn/schedule/2026/03/04/09/

What to do: look at the groups and metrics above in constraint_violations.json and analysis.json of the report.
See whether the group has few records in the window, or other labels than in the baseline; a small group varies by chance.
If the model treats it differently, retrain the model on data that represent the group; if not, make a new baseline.
Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#drift
`,
  });
});

test('[A4] a message about feature attributions', () => {
  expect(told('ModelExplainability')).toEqual({
    subject: 'Feature attributions of churn have drifted for 1 output (Stack/ModelExplainability)',
    body: `Feature attributions of churn have drifted for 1 output

Monitor:   Stack/ModelExplainability (ModelExplainability, engine model-monitor)
Endpoint:  churn
Window:    2026-03-04T08:00:00.000Z to 2026-03-04T09:00:00.000Z
Status:    CompletedWithViolations

- label0: expected an order of features that scores at least 0.9 against the baseline's, saw 0.8125

Report: s3://out/reports/ModelExplainability/churn/schedule/2026/03/04/09/
Console: https://eu-west-1.console.aws.amazon.com/s3/buckets/out?region=eu-west-1&prefix=reports/ModelExplainability/churn/schedule/2026/03/04/09/

What to do: compare global_shap_values in analysis.json of the report with those of the baseline.
The predictions rest on other features than before: look at the data quality of those that gained or lost weight.
If the data has rightly changed, retrain the model and make a new baseline; if not, look for the change at its source.
Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#drift
`,
  });
});

test('[B21] a message about missing labels names ground truth, and does not promise that the service repeats the run', () => {
  const failureReason = 'GroundTruthNotFound: no labels (ground truth) lie where this run looks for them.';
  const failed = outcomeOf('ModelBias', { status: 'Failed', violations: [], violationCount: 0, failureReason });
  const { subject, body } = digest(failed, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  expect(subject).toBe('Monitoring of bias failed for churn (Stack/ModelBias)');
  expect(body).toContain(`Reason: ${failureReason}\n`);
  expect(body).toContain(
    'What to do: put right what the reason names, and see what the next run says: the service does not repeat this one.',
  );
});

test.each(['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'] as const)(
  '[B2][B3][B4][B5] a message about batch transform jobs says so: %s',
  (kind) => {
    const { subject, body } = digest(outcomeOf(kind, { endpointName: undefined }), {
      region: 'eu-west-1',
      documentationUrl: DOCUMENTATION_URL,
    });
    expect(subject).toContain(' of batch transform ');
    expect(body).toContain('\nInput:     batch transform\n');
  },
);

test.each(['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'] as const)(
  'a message without violations has a headline in the words of its kind: %s',
  (kind) => {
    const { subject: noData, body } = digest(outcomeOf(kind, { status: 'NoData' }), {
      region: 'eu-west-1',
      documentationUrl: DOCUMENTATION_URL,
    });
    expect(body).toMatch(/What to do: see whether requests come, .*\nRunbook: \S+#health\n/);
    expect(noData).toMatch(
      /^No data for monitoring of (data quality|model quality|bias|feature attributions) of churn/,
    );
    const completed = digest(outcomeOf(kind, { status: 'Completed' }), {
      region: 'eu-west-1',
      documentationUrl: DOCUMENTATION_URL,
    }).subject;
    expect(completed).toMatch(/^No violation in (data quality|model quality|bias|feature attributions) of churn/);
  },
);
