import type { BaselineJobRequest } from '../../../../baseline/contract';
import { baselineFolder } from '../../../../baseline/handler/baseline-request';
import { finishJob } from '../../../../baseline/handler/finished-baseline';
import { respond } from '../../../../runtime/custom-resource';
import { signal } from '../../../../runtime/wait-condition';
import { waiterHandler } from '../../../waiter/handler/waiter-handler';
import { advance, type BaselineJobProgress } from './job-progress';

/**
 * Looks after the processing job of a baseline: starts it, says how far it is, stops it when its time is over, and tells how it ended: to
 * CloudFormation's custom resource or, where that was answered before, to a wait condition.
 */
export const handler = waiterHandler<BaselineJobRequest, BaselineJobProgress>({
  advance,
  finish: ({ spec, jobName }) =>
    finishJob(spec, baselineFolder(spec), { version: '1', jobName, request: spec.job.request }),
  tell: ({ callback, signalUrl }, outcome) => (signalUrl ? signal(signalUrl, outcome) : respond(callback, outcome)),
});
