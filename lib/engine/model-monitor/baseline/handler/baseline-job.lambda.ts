import type { BaselineJobEvent, BaselineJobProgress } from '../../../../baseline/contract';
import type { Answer } from '../../../../runtime/custom-resource';
import { Failure } from '../../../../runtime/failure';
import { log } from '../../../../runtime/log';
import { conclude } from './job-conclusion';
import { advance } from './job-progress';

/**
 * Looks after the processing job of a baseline: starts it, says how far it is, stops it when its time is over, and tells CloudFormation
 * how it ended. Every step may be repeated.
 */
export const handler = async ({ step, state }: BaselineJobEvent): Promise<BaselineJobProgress | Answer> => {
  if (step === 'conclude') return conclude(state);
  if (step !== 'advance') throw new Failure('MalformedRequest', "'step' is neither 'advance' nor 'conclude'");
  const progress = await advance(state.request, state.job);
  log(progress.status, { jobName: state.request.jobName, isStarted: progress.isStarted, reason: progress.reason });
  return progress;
};
