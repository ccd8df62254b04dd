import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { PROCESSING_JOB_LOGS } from '../engine/processing-job-log';
import { heading } from './charts';
import { CHOSEN } from './variables';

/** What a page of logs is of. */
export interface Logs {
  /** of what monitors: functions and machines */
  readonly handlers: readonly string[];
  /** whether SageMaker's jobs monitor */
  readonly hasJobs: boolean;
}

/**
 * Where SageMaker logs what containers of an endpoint write.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html
 */
const ENDPOINT_LOGS = '/aws/sagemaker/Endpoints/';

const ERRORS = 'filter @message like /(?i)(error|exception|failed|traceback)/';
const NEWEST = ['fields @timestamp, @message', 'sort @timestamp desc', 'limit 50'];

/** Log groups that one query reads at most. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
const MOST_GROUPS = 50;

/** What went wrong in the endpoint, in jobs, and in the functions that monitor: a query each, so that a group that is not there yet hides no other. */
export function logRows({ handlers, hasJobs }: Logs): cloudwatch.IWidget[][] {
  const ofMonitor = [`filter @message like "${CHOSEN.monitor}"`, ...NEWEST];
  const queries = [
    { title: 'Errors of the endpoint', groups: [`${ENDPOINT_LOGS}${CHOSEN.endpoint}`], query: [ERRORS, ...NEWEST] },
    ...(hasJobs ? [{ title: 'Errors of jobs', groups: [PROCESSING_JOB_LOGS], query: [ERRORS, ...NEWEST] }] : []),
    ...(handlers.length > 0
      ? [{ title: 'What was decided about the monitor', groups: handlers, query: ofMonitor }]
      : []),
  ];
  const width = 24 / queries.length;
  return [
    [heading('## Logs', 1)],
    queries.map(({ title, groups, query }) => {
      const logGroupNames = groups.slice(0, MOST_GROUPS);
      return new cloudwatch.LogQueryWidget({ title, logGroupNames, queryLines: query, width, height: 6 });
    }),
  ];
}
