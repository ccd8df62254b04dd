import { STAGES, trainingRequest } from '../../training/trainings';
import { ALLOW_ALL, Fixture } from '../fixtures/client';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
});

afterEach(() => fixture.close());

const ARN = 'arn:aws:sagemaker:us-east-1:123456789012:training-job/churn-1';

const trainings = () => fixture.account.sageMaker.trainings;
const describeJob = (TrainingJobName = 'churn-1') => fixture.sageMaker('DescribeTrainingJob', { TrainingJobName });
const stop = () => fixture.sageMaker('StopTrainingJob', { TrainingJobName: 'churn-1' });
const events = () => fixture.account.recorder.events.map(({ detail }) => detail as Record<string, unknown>);

test('a job goes through its stages, publishes while it trains, and ends as it is told', async () => {
  const metrics = { 'train:loss': (minute: number) => (minute === 2 ? Number.NaN : minute) };
  trainings().begin(trainingRequest('churn-1'), {
    stages: STAGES,
    metrics,
    end: { status: 'Completed', atSeconds: 600 },
  });
  await fixture.pass(130);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'InProgress', SecondaryStatus: 'Downloading' });
  await fixture.pass(471);
  expect(await describeJob()).toMatchObject({
    TrainingJobArn: ARN,
    TrainingJobStatus: 'Completed',
    SecondaryStatus: 'Completed',
    TrainingStartTime: '2026-01-05T10:04:00.000Z',
    TrainingEndTime: '2026-01-05T10:10:00.000Z',
    ModelArtifacts: { S3ModelArtifacts: 's3://models/churn/churn-1/output/model.tar.gz' },
    SecondaryStatusTransitions: [
      { Status: 'Starting', EndTime: '2026-01-05T10:02:00.000Z' },
      { Status: 'Downloading' },
      { Status: 'Training', EndTime: '2026-01-05T10:10:00.000Z' },
      { Status: 'Completed' },
    ],
    FinalMetricDataList: [{ MetricName: 'train:loss', Value: 5 }],
  });
  const published = fixture.account.recorder.metrics.map(({ namespace, dimensions, value }) => [
    namespace,
    dimensions,
    value,
  ]);
  const [namespace, dimensions] = ['/aws/sagemaker/TrainingJobs', { TrainingJobName: 'churn-1' }];
  expect(published).toEqual([1, 3, 4, 5].map((value) => [namespace, dimensions, value]));
  expect(events().map(({ SecondaryStatus }) => SecondaryStatus)).toEqual([
    'Starting',
    'Downloading',
    'Training',
    'Completed',
  ]);
});

test('a rule of Debugger that finds an issue is an event, with the others', async () => {
  const rules = ['Overfit', 'LossNotDecreasing'].map((RuleConfigurationName) => ({
    RuleConfigurationName,
    RuleEvaluatorImage: 'rules',
  }));
  const request = trainingRequest('churn-1', { DebugRuleConfigurations: rules });
  trainings().begin(request, { stages: STAGES, issues: [{ rule: 'Overfit', details: 'at step 5', atSeconds: 300 }] });
  await fixture.pass(301);
  expect(events().at(-1)).toMatchObject({
    TrainingJobStatus: 'InProgress',
    DebugRuleEvaluationStatuses: [
      { RuleConfigurationName: 'Overfit', RuleEvaluationStatus: 'IssuesFound', StatusDetails: 'at step 5' },
      { RuleConfigurationName: 'LossNotDecreasing', RuleEvaluationStatus: 'InProgress' },
    ],
  });
});

test('a job is stopped through Stopping, once, and goes no further', async () => {
  trainings().begin(trainingRequest('churn-1'), { stages: STAGES, end: { status: 'Failed', atSeconds: 100 } });
  await fixture.pass(60);
  expect(await stop()).toEqual({});
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'Stopping' });
  expect(await stop()).toMatchObject({ failed: 'ValidationException', message: expect.stringContaining('Stopping') });
  await fixture.pass(600);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'Stopped' });
});

test('a job that trains for longer than it may is stopped', async () => {
  const request = trainingRequest('churn-1', { StoppingCondition: { MaxRuntimeInSeconds: 60 } });
  trainings().begin(request, { stages: STAGES });
  await fixture.pass(299);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'InProgress' });
  await fixture.pass(2);
  expect(await describeJob()).toMatchObject({ TrainingJobStatus: 'Stopped', SecondaryStatus: 'MaxRuntimeExceeded' });
});

test('jobs are listed by part of their names and by status, page by page, newest first', async () => {
  for (const name of ['churn-1', 'other', 'churn-2', 'churn-3']) {
    trainings().begin(trainingRequest(name), { stages: STAGES });
    await fixture.pass(10);
  }
  trainings().stop('churn-2');
  const asked = { NameContains: 'churn', StatusEquals: 'InProgress', MaxResults: 1 };
  const first = await fixture.sageMaker('ListTrainingJobs', asked);
  const second = await fixture.sageMaker('ListTrainingJobs', { ...asked, NextToken: first.NextToken });
  expect(first).toMatchObject({ TrainingJobSummaries: [{ TrainingJobName: 'churn-3' }] });
  expect(second).toMatchObject({ TrainingJobSummaries: [{ TrainingJobName: 'churn-1', TrainingJobArn: ARN }] });
  expect(second.NextToken).toBeUndefined();
});

test('a name that no job has is refused, as is one that a job has already, and a request that the service does not take', async () => {
  expect(await describeJob()).toMatchObject({ failed: 'ValidationException' });
  trainings().begin(trainingRequest('churn-1'), { stages: STAGES });
  expect(() => trainings().begin(trainingRequest('churn-1'), { stages: STAGES })).toThrow(/unique/);
  const rule = { DebugRuleConfigurations: [{ RuleConfigurationName: 'Overfit' }] };
  expect(() => trainings().begin(trainingRequest('churn-2', rule), { stages: STAGES })).toThrow(/RuleEvaluatorImage/);
});

test('each call needs its permission on the job', async () => {
  trainings().begin(trainingRequest('churn-1'), { stages: STAGES });
  const only = (Action: string, Resource: string) =>
    fixture.statements.splice(0, 1, { ...ALLOW_ALL, Action, Resource });
  only('sagemaker:*', `${ARN}0`);
  for (const call of [describeJob(), stop(), fixture.sageMaker('ListTrainingJobs')]) {
    expect(await call).toMatchObject({ failed: 'AccessDeniedException' });
  }
  only('sagemaker:StopTrainingJob', ARN);
  expect(await stop()).toEqual({});
});
