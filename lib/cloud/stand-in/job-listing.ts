import type { Members } from '../members';
import { isBetween, page, sorted } from './page';

/** What lists of jobs know of each. */
interface ListedJob {
  readonly name: string;
  readonly status: string;
  readonly creationTime: Date;
  readonly lastModifiedTime: Date;
}

/** How jobs of a kind are answered. */
interface Listing<Job> {
  readonly jobs: readonly Job[];
  /** of the answer: `TrainingJobSummaries` */
  readonly member: string;
  readonly summary: (job: Job) => Members;
}

const SORT_KEYS: Readonly<Record<string, (job: ListedJob) => string | number>> = {
  Name: ({ name }) => name,
  CreationTime: ({ creationTime }) => creationTime.getTime(),
  Status: ({ status }) => status,
};

/**
 * Jobs as SageMaker lists them: by a part of the name, status and times, sorted, page by page.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListProcessingJobs.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListTrainingJobs.html
 */
export function listedJobs<Job extends ListedJob>(input: Members, { jobs, member, summary }: Listing<Job>): Members {
  const { NameContains: part, StatusEquals: status } = input;
  const items = jobs.filter(
    (job) =>
      (part === undefined || job.name.includes(String(part))) &&
      (status === undefined || job.status === status) &&
      isBetween(input, job.creationTime, ['CreationTimeAfter', 'CreationTimeBefore']) &&
      isBetween(input, job.lastModifiedTime, ['LastModifiedTimeAfter', 'LastModifiedTimeBefore']),
  );
  const key = SORT_KEYS[String(input.SortBy ?? 'CreationTime')];
  return page(input, { items: sorted(input, items, key), member, size: 10, summary });
}
