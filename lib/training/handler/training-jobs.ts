import {
  type DebugRuleEvaluationStatus,
  DescribeTrainingJobCommand,
  type DescribeTrainingJobCommandOutput,
  paginateListTrainingJobs,
  SageMakerClient,
  StopTrainingJobCommand,
} from '@aws-sdk/client-sagemaker';
import type { TrainingWork } from './training-work';

const client = new SageMakerClient({});

const STATUS: { readonly [status: string]: TrainingWork['status'] } = {
  Completed: 'Completed',
  Failed: 'Failed',
  Stopped: 'Stopped',
  Stopping: 'Stopping',
};

/** Names of the jobs under way whose names begin so. */
export async function jobsUnderWay(prefix: string): Promise<string[]> {
  const found: string[] = [];
  const asked = { NameContains: prefix, StatusEquals: 'InProgress' } as const;
  for await (const { TrainingJobSummaries: jobs } of paginateListTrainingJobs({ client, pageSize: 100 }, asked)) {
    for (const { TrainingJobName: name } of jobs ?? []) if (name?.startsWith(prefix)) found.push(name);
  }
  return found;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html */
export async function trainingJob(name: string): Promise<TrainingWork> {
  const job = await client.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  const { TrainingJobArn: arn = '', TrainingJobStatus: status = '', SecondaryStatus: stage } = job;
  return {
    name,
    arn,
    status: STATUS[status] ?? 'UnderWay',
    stage,
    begun: job.TrainingStartTime ?? job.CreationTime,
    ended: job.TrainingEndTime,
    lively: lastSign(job),
    reason: job.FailureReason ?? stage,
    rules: [...ruleIssues(job.DebugRuleEvaluationStatuses), ...ruleIssues(job.ProfilerRuleEvaluationStatuses)],
  };
}

/** Asks SageMaker to stop a job, which takes up to two minutes. */
export async function stopJob(name: string): Promise<void> {
  await client.send(new StopTrainingJobCommand({ TrainingJobName: name }));
}

/** A stage that began, or a metric; a job that trains and has no metrics gives none. */
function lastSign(job: DescribeTrainingJobCommandOutput): Date | undefined {
  const { SecondaryStatus: stage, SecondaryStatusTransitions: stages = [], FinalMetricDataList: metrics = [] } = job;
  if (stage === 'Training' && metrics.length === 0) return undefined;
  const times = [...stages.map(({ StartTime }) => StartTime), ...metrics.map(({ Timestamp }) => Timestamp)];
  const known = times.filter((time) => time !== undefined).map((time) => time.getTime());
  return known.length > 0 ? new Date(Math.max(...known)) : undefined;
}

function ruleIssues(rules: readonly DebugRuleEvaluationStatus[] = []) {
  return rules
    .filter(({ RuleEvaluationStatus: status }) => status === 'IssuesFound')
    .map(({ RuleConfigurationName: name = 'without a name', StatusDetails: details }) => ({ name, details }));
}
