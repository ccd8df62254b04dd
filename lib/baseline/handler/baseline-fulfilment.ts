import type { CloudFormationCallback, ObjectLocation } from '../../core/contract';
import { type CustomResourceOutcome, callbackOf, failureUnlessItPasses } from '../../runtime/custom-resource';
import { environment } from '../../runtime/environment';
import { startOnce } from '../../runtime/executions';
import { malformedRequest } from '../../runtime/failure';
import { objectExists } from '../../runtime/s3';
import { BASELINE_ENV, type BaselineSpec } from '../contract';
import {
  analysisRequest,
  type BaselineEvent,
  type BaselineFolder,
  baselineAttributes,
  baselineFolder,
  callbackInto,
  isRewritten,
  specification,
} from './baseline-request';
import { finishFiles, isFinished, writeConstraints } from './finished-baseline';
import { requireGiven, requireOverrides } from './given-files';
import { jobRequest, signalUrlOf } from './job-request';
import { copyRegistered } from './model-package-baseline';
import type { AnyConstraints } from './overridden-constraints';

/** What is to be said, and to whom. */
export interface Fulfilment {
  readonly callback: CloudFormationCallback;
  /** absent where the state machine will answer */
  readonly outcome?: CustomResourceOutcome;
  /** of a wait condition that has to be told, too */
  readonly signalUrl?: string;
}

/** Does what a request asks for; without an outcome, the state machine will answer. Throws what may pass: Lambda invokes again. */
export async function fulfil(event: BaselineEvent): Promise<Fulfilment> {
  let callback = callbackOf(event);
  if (event.RequestType === 'Delete') return { callback, outcome: { status: 'SUCCESS' } };
  try {
    const spec = specification(event);
    requireOverrides(spec.overrides);
    const folder = baselineFolder(spec);
    callback = callbackInto(folder, event);
    const attributes = await filesAtOnce(event, spec, folder);
    if (attributes)
      return { callback, outcome: { status: 'SUCCESS', data: attributes }, signalUrl: signalUrlOf(event) };
    await startExecution(callback, spec, executionInput(event, spec, folder));
    // the wait condition waits for the job, so the custom resource need not
    const isAwaitedElsewhere = spec.job !== undefined && signalUrlOf(event) !== undefined;
    return isAwaitedElsewhere
      ? { callback, outcome: { status: 'SUCCESS', data: baselineAttributes(folder) } }
      : { callback };
  } catch (error) {
    return { callback, outcome: failureUnlessItPasses(error) };
  }
}

/**
 * The attributes if the files are there, or can be written right here: constraints that are given or registered. An update finds the
 * files of an earlier time again, as in a rollback; a creation never does, as its dataset may have changed in place since.
 */
async function filesAtOnce(
  event: BaselineEvent,
  spec: BaselineSpec,
  folder: BaselineFolder,
): Promise<Record<string, string> | undefined> {
  const isUpdate = event.RequestType === 'Update';
  if (spec.job) return isUpdate && (await isFinished(folder)) ? finishFiles(spec, folder) : undefined;
  if (spec.dataset) return isUpdate && (await areThere(folder)) ? baselineAttributes(folder) : undefined;
  if (spec.modelPackage) {
    if (!isUpdate || !(await areThere(folder))) await copyRegistered(spec, spec.modelPackage, folder);
    return baselineAttributes(folder);
  }
  if (!spec.constraints) throw malformedRequest("'Spec' has no source of a baseline");
  return overrideGiven(spec, spec.constraints, folder);
}

/** What is given is judged; without overrides it stays where it lies, and nothing is written. */
async function overrideGiven(spec: BaselineSpec, given: ObjectLocation, folder: BaselineFolder) {
  const { constraints } = await requireGiven(spec, given);
  if (!isRewritten(spec)) return baselineAttributes({ ...folder, statistics: spec.statistics, constraints: given });
  await writeConstraints(spec, folder, constraints as AnyConstraints);
  return baselineAttributes(folder);
}

async function areThere({ constraints, statistics }: BaselineFolder): Promise<boolean> {
  return (await objectExists(constraints)) && (!statistics || objectExists(statistics));
}

function executionInput(event: BaselineEvent, spec: BaselineSpec, folder: BaselineFolder): unknown {
  const callback = callbackInto(folder, event);
  return spec.job ? jobRequest(event, { ...spec, job: spec.job }, callback) : analysisRequest(spec, folder, callback);
}

/** Starts the analysis, under the request's name: a repeated invocation starts no second one. */
async function startExecution(
  { requestId }: CloudFormationCallback,
  { job }: BaselineSpec,
  input: unknown,
): Promise<void> {
  await startOnce({
    stateMachineArn: environment(job ? BASELINE_ENV.jobMachineArn : BASELINE_ENV.analysisMachineArn),
    name: `baseline-${requestId}`,
    input,
  });
}
