import { createHash } from 'node:crypto';
import type { CloudFormationCallback } from '../../core/contract';
import { environment } from '../../runtime/environment';
import { AWAITED_SECONDS, BASELINE_ENV, type BaselineJobRequest } from '../contract';
import type { BaselineEvent } from './baseline-request';

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html */
const NAME_CHARACTERS = 63;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;

/** Input of the state machine that awaits a processing job. */
export function jobRequest(
  event: BaselineEvent,
  spec: BaselineJobRequest['spec'],
  callback: CloudFormationCallback,
): BaselineJobRequest {
  const signalUrl = signalUrlOf(event);
  const { timeoutSeconds } = spec.job;
  return {
    spec,
    jobName: jobName(event.RequestId),
    timeoutSeconds: signalUrl ? timeoutSeconds : Math.min(timeoutSeconds, AWAITED_SECONDS),
    callback,
    signalUrl,
  };
}

/**
 * Where a wait condition is signalled; undefined where none waits. One that an earlier deployment has waited for is met already: an update with the
 * same one, by values that only the deployment knew, is awaited as a custom resource.
 */
export function signalUrlOf(event: BaselineEvent): string | undefined {
  const { SignalUrl } = event.ResourceProperties;
  const isOld = event.RequestType === 'Update' && event.OldResourceProperties.SignalUrl === SignalUrl;
  return isOld ? undefined : SignalUrl;
}

/** A name that a repeated request has again, and no other request. */
function jobName(requestId: string): string {
  const prefix = environment(BASELINE_ENV.jobNamePrefix);
  const name = `${prefix}-${requestId}`;
  if (name.length <= NAME_CHARACTERS && NAME.test(name)) return name;
  return `${prefix}-${createHash('sha256').update(requestId).digest('hex').slice(0, 32)}`;
}
