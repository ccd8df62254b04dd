import type { Authorizer } from '../account/authorizer';
import { defined, seconds } from '../account/sagemaker/processing-jobs';
import type { TrainingJob, TrainingJobs } from '../account/sagemaker/training-jobs';
import { type Members, textMember } from '../members';
import { isBetween, page, sorted } from './page';
import { operation } from './sagemaker-jobs';
import type { Caller, JsonOperation } from './service';

const SORT_KEYS: Readonly<Record<string, (job: TrainingJob) => string | number>> = {
  Name: ({ name }) => name,
  CreationTime: ({ creationTime }) => creationTime.getTime(),
  Status: ({ status }) => status,
};

/**
 * SageMaker training jobs: what is said of them, and their end.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTrainingJobs.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopTrainingJob.html
 */
export function trainingOperations(jobs: TrainingJobs, authorizer: Authorizer): Record<string, JsonOperation> {
  const allowed = (input: Members, caller: Caller, name: string): string => {
    const job = textMember(input, 'TrainingJobName', name);
    authorizer.require(caller, { action: `sagemaker:${name}`, resource: jobs.arnOf(job) });
    return job;
  };
  return {
    DescribeTrainingJob: operation('DescribeTrainingJob', (input, caller) =>
      jobs.describe(jobs.get(allowed(input, caller, 'DescribeTrainingJob'))),
    ),
    StopTrainingJob: operation('StopTrainingJob', (input, caller) => {
      jobs.stop(allowed(input, caller, 'StopTrainingJob'));
      return {};
    }),
    ListTrainingJobs: operation('ListTrainingJobs', (input, caller) => {
      authorizer.require(caller, { action: 'sagemaker:ListTrainingJobs', resource: '*' });
      const { NameContains: part, StatusEquals: status } = input;
      const items = jobs
        .all()
        .filter(
          (job) =>
            (part === undefined || job.name.includes(String(part))) &&
            (status === undefined || job.status === status) &&
            isBetween(input, job.creationTime, ['CreationTimeAfter', 'CreationTimeBefore']) &&
            isBetween(input, job.lastModifiedTime, ['LastModifiedTimeAfter', 'LastModifiedTimeBefore']),
        );
      const key = SORT_KEYS[String(input.SortBy ?? 'CreationTime')];
      return page(input, { items: sorted(input, items, key), member: 'TrainingJobSummaries', size: 10, summary });
    }),
  };
}

function summary({ name, arn, status, stage, creationTime, lastModifiedTime, endTime }: TrainingJob): Members {
  return defined({
    TrainingJobName: name,
    TrainingJobArn: arn,
    TrainingJobStatus: status,
    SecondaryStatus: stage,
    CreationTime: seconds(creationTime),
    LastModifiedTime: seconds(lastModifiedTime),
    TrainingEndTime: endTime && seconds(endTime),
  });
}
