import type { BaselineJobState } from '../../../../baseline/contract';
import { baselineFolder } from '../../../../baseline/handler/baseline-request';
import { finishJob } from '../../../../baseline/handler/finished-baseline';
import { errorWords } from '../../../../outcome/execution-error';
import { type Answer, answer, type CustomResourceOutcome, respond } from '../../../../runtime/custom-resource';
import { Failure } from '../../../../runtime/failure';
import { signal } from '../../../../runtime/wait-condition';

/** Tells how the job of a baseline ended: to CloudFormation's custom resource or, where that was answered before, to a wait condition. */
export async function conclude(state: BaselineJobState): Promise<Answer> {
  const { callback, signalUrl } = state.request;
  return answer(
    callback,
    () => outcomeOf(state),
    (outcome) => (signalUrl ? signal(signalUrl, outcome) : respond(callback, outcome)),
  );
}

async function outcomeOf({ request, job, error }: BaselineJobState): Promise<CustomResourceOutcome> {
  if (error) return { status: 'FAILED', reason: errorWords(error) };
  if (!job) throw new Failure('MalformedRequest', "the state has neither 'job' nor 'error'");
  if (job.status !== 'Completed') return { status: 'FAILED', reason: job.reason };
  const { spec, jobName } = request;
  const record = { version: '1', jobName, request: spec.job.request } as const;
  return { status: 'SUCCESS', data: await finishJob(spec, baselineFolder(spec), record) };
}
