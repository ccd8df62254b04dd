import { metricQuery, metricValues } from '../../runtime/metric-values';
import { type CheckSettings, metricNames } from '../contract';
import type { JobMetrics } from './metric-issues';

/** What the metrics of jobs are told by; the constant of SageMaker's own SDK. @see https://github.com/aws/sagemaker-python-sdk/blob/08512cfcf14338265991a0cf978cb9e4bac75d8e/src/sagemaker/analytics.py */
const NAMESPACE = '/aws/sagemaker/TrainingJobs';

const DAY = 86_400_000;

/** Of which job, and of which time. */
export interface JobTime {
  readonly job: string;
  readonly begun: Date;
  readonly until: Date;
}

/** The metrics of a job that are looked at, in averages of a minute; of one that began more than 15 days ago, of five. */
export async function jobMetrics(
  checks: readonly CheckSettings[],
  { job, begun, until }: JobTime,
  now: Date,
): Promise<JobMetrics> {
  const names = metricNames(checks);
  const seconds = now.getTime() - begun.getTime() > 15 * DAY ? 300 : 60; // CloudWatch keeps minutes for 15 days
  const queries = names.map((name, index) =>
    metricQuery(`m${index}`, { namespace: NAMESPACE, name, statistic: 'Average', seconds }, { TrainingJobName: job }),
  );
  const end = new Date(until.getTime() + 60_000); // the minute that is not over
  const found = await metricValues(queries, { start: begun, end });
  return new Map(names.map((name, index) => [name, found.get(`m${index}`) ?? new Map()]));
}
