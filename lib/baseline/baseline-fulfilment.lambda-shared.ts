import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Constraints } from '../analysis';
import type { CloudFormationCallback } from '../engine/serverless/contract';
import type { CustomResourceOutcome } from '../runtime/custom-resource';
import { environment } from '../runtime/environment';
import { Failure, wordsOf } from '../runtime/failure';
import { objectExists, readJson, writeJson } from '../runtime/s3';
import {
  analysisRequest,
  type BaselineEvent,
  type BaselineFolder,
  baselineAttributes,
  baselineFolder,
  callbackOf,
  specification,
} from './baseline-request.lambda-shared';
import { BASELINE_ENV, type BaselineSpec } from './contract';
import { overriddenConstraints } from './overridden-constraints.lambda-shared';

const stepFunctions = new SFNClient({});

/** Does what a request asks for; without an outcome, the state machine will answer. */
export async function fulfil(
  event: BaselineEvent,
): Promise<{ callback: CloudFormationCallback; outcome?: CustomResourceOutcome }> {
  let callback = callbackOf(event);
  if (event.RequestType === 'Delete') return { callback, outcome: { status: 'SUCCESS' } };
  try {
    const spec = specification(event);
    const folder = baselineFolder(spec, event.ResourceProperties.Spec);
    callback = callbackOf(event, folder);
    if (!(await filesAreThere(event, spec, folder))) {
      await startAnalysis(spec, folder, callback);
      return { callback };
    }
    return { callback, outcome: { status: 'SUCCESS', data: baselineAttributes(spec, folder) } };
  } catch (error) {
    return { callback, outcome: { status: 'FAILED', reason: wordsOf(error) } };
  }
}

/**
 * Whether the files are there: given constraints are overridden right here, and an update finds those of an earlier time again, as in a
 * rollback. A creation never does: its dataset may have changed in place since.
 */
async function filesAreThere(event: BaselineEvent, spec: BaselineSpec, folder: BaselineFolder): Promise<boolean> {
  if (spec.dataset) {
    if (event.RequestType !== 'Update') return false;
    return (await objectExists(folder.constraints)) && (await objectExists(folder.statistics));
  }
  if (!spec.constraints) throw new Failure('MalformedRequest', "'Spec' has neither 'dataset' nor 'constraints'");
  const given = await readJson<Constraints>(spec.constraints);
  await writeJson(folder.constraints, overriddenConstraints(given, spec.overrides));
  return true;
}

/**
 * Starts the analysis, once per request: its name is the request's, so a repeated invocation finds it running or done.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
async function startAnalysis(
  spec: BaselineSpec,
  folder: BaselineFolder,
  callback: CloudFormationCallback,
): Promise<void> {
  const command = new StartExecutionCommand({
    stateMachineArn: environment(BASELINE_ENV.stateMachineArn),
    name: `baseline-${callback.requestId}`,
    input: JSON.stringify(analysisRequest(spec, folder, callback)),
  });
  try {
    await stepFunctions.send(command);
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}
