import type { Authorizer } from '../account/authorizer';
import { defined, seconds } from '../account/sagemaker/processing-jobs';
import type { TrainingJob, TrainingJobs } from '../account/sagemaker/training-jobs';
import { type Members, textMember } from '../members';
import { listedJobs } from './job-listing';
import { operation } from './sagemaker-jobs';
import type { Caller, JsonOperation } from './service';

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
      return listedJobs(input, { jobs: jobs.all(), member: 'TrainingJobSummaries', summary });
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
