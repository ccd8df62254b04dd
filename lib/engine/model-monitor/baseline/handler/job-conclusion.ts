import type { BaselineJobRequest, BaselineJobState } from '../../../../baseline/contract';
import { baselineFolder } from '../../../../baseline/handler/baseline-request';
import { finishJob } from '../../../../baseline/handler/finished-baseline';
import { errorWords } from '../../../../outcome/execution-error';
import { type CustomResourceOutcome, respond } from '../../../../runtime/custom-resource';
import { Failure, reasonOf } from '../../../../runtime/failure';
import { log } from '../../../../runtime/log';
import { signal } from '../../../../runtime/wait-condition';

/** What a conclusion says it did. */
export interface BaselineJobResult {
  readonly status: 'SUCCESS' | 'FAILED';
}

/**
 * Tells how the job of a baseline ended: to CloudFormation's custom resource or, where that was answered before, to a wait condition.
 *
 * Whatever goes wrong is told as a failure with its words, since CloudFormation waits until its time is over otherwise; only an answer that cannot be
 * delivered throws.
 */
export async function conclude(state: BaselineJobState): Promise<BaselineJobResult> {
  const { request } = state;
  const outcome = await outcomeOf(state);
  const reason = outcome.status === 'FAILED' ? outcome.reason : undefined;
  log('baseline answered', { jobName: request.jobName, status: outcome.status, reason });
  await tell(request, outcome);
  return { status: outcome.status };
}

async function tell({ signalUrl, callback }: BaselineJobRequest, outcome: CustomResourceOutcome): Promise<void> {
  if (signalUrl) await signal(signalUrl, outcome);
  else await respond(callback, outcome);
}

async function outcomeOf({ request, job, error }: BaselineJobState): Promise<CustomResourceOutcome> {
  if (error) return { status: 'FAILED', reason: errorWords(error) };
  try {
    if (!job) throw new Failure('MalformedRequest', "the state has neither 'job' nor 'error'");
    if (job.status !== 'Completed') return { status: 'FAILED', reason: job.reason };
    const { spec, jobName } = request;
    const record = { version: '1', jobName, request: spec.job.request } as const;
    return { status: 'SUCCESS', data: await finishJob(spec, baselineFolder(spec), record) };
  } catch (thrown) {
    return { status: 'FAILED', reason: reasonOf(thrown) };
  }
}
