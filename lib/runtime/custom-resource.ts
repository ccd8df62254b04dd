import type { CloudFormationCallback } from '../core/contract';
import { Failure, mayPass, reasonOf } from './failure';
import { log } from './log';

/** How a custom resource's request went. A physical id is that of what was made anew; without one, the resource keeps the id that it has. */
export type CustomResourceOutcome =
  | {
      readonly status: 'SUCCESS';
      readonly data?: { readonly [attribute: string]: string };
      readonly physicalResourceId?: string;
    }
  | { readonly status: 'FAILED'; readonly reason: string };

/**
 * What every request of CloudFormation for a custom resource has.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
interface CustomResourceRequest {
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** absent in the request to create */
  readonly PhysicalResourceId?: string;
}

/** How to answer a request, with the physical id that the resource has: its logical id before it has one. */
export function callbackOf(request: CustomResourceRequest): CloudFormationCallback {
  return {
    responseUrl: request.ResponseURL,
    stackId: request.StackId,
    requestId: request.RequestId,
    logicalResourceId: request.LogicalResourceId,
    physicalResourceId: request.PhysicalResourceId ?? request.LogicalResourceId,
  };
}

/**
 * Tells what a request comes to, and returns what was told; nothing where there is no outcome, because somebody else will answer.
 *
 * What is thrown is told as a failure with its words, since CloudFormation waits until its time is over otherwise. It is thrown on where it may pass: whoever
 * called tries again, and a deployment need not fail for it, nor is a success taken back that another delivery of the request has told. So is what keeps
 * the answer from being delivered.
 */
export async function answer(
  callback: CloudFormationCallback,
  fulfil: () => Promise<CustomResourceOutcome | undefined>,
  tell = (outcome: CustomResourceOutcome) => respond(callback, outcome),
): Promise<Answer> {
  const outcome = await fulfil().catch(failureUnlessItPasses);
  log(outcome ? 'answered' : 'pending', { requestId: callback.requestId, ...outcome });
  if (outcome) await tell(outcome);
  return { status: outcome?.status };
}

/** The outcome of what failed for good; what may pass is thrown on. */
export function failureUnlessItPasses(thrown: unknown): CustomResourceOutcome {
  if (mayPass(thrown)) throw thrown;
  return { status: 'FAILED', reason: reasonOf(thrown) };
}

/** What CloudFormation was told; without a status, somebody else will answer. */
export interface Answer {
  readonly status?: CustomResourceOutcome['status'];
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const RESPONSE_BYTES = 4096;

/** What a reason may take of the response: beside it there are a stack's ARN, a physical id of at most 1 KB, and names. */
const REASON_BYTES = 1500;

/**
 * Body of the answer to CloudFormation, at most 4,096 bytes; a long reason is cut.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export function responseBody(callback: CloudFormationCallback, outcome: CustomResourceOutcome): string {
  const made = outcome.status === 'SUCCESS' ? outcome : undefined;
  const body = JSON.stringify({
    Status: outcome.status,
    Reason: outcome.status === 'FAILED' ? cut(outcome.reason, REASON_BYTES) : undefined,
    PhysicalResourceId: made?.physicalResourceId ?? callback.physicalResourceId,
    StackId: callback.stackId,
    RequestId: callback.requestId,
    LogicalResourceId: callback.logicalResourceId,
    Data: made?.data,
  });
  const bytes = Buffer.byteLength(body);
  if (bytes <= RESPONSE_BYTES) return body;
  throw new Failure(
    'ResponseTooLong',
    `the answer to CloudFormation has ${bytes} bytes, at most ${RESPONSE_BYTES} are allowed; please report it`,
  );
}

/**
 * Answers CloudFormation: a PUT of JSON to the request's pre-signed URL, which is signed for an empty content type.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
export async function respond(callback: CloudFormationCallback, outcome: CustomResourceOutcome): Promise<void> {
  const { status } = await fetch(callback.responseUrl, {
    method: 'PUT',
    headers: { 'content-type': '' },
    body: responseBody(callback, outcome),
  });
  if (status >= 200 && status < 300) return;
  throw new Failure(
    'ResponseRefused',
    `CloudFormation refused the answer with status ${status}: its address is valid for some hours only; deploy again`,
  );
}

/** The first `bytes` bytes of a text as JSON carries it, at most, and a mark where it was cut. */
function cut(text: string, bytes: number): string {
  const mark = '...';
  if (jsonBytes(text) <= bytes) return text;
  let characters = Math.min(text.length, bytes - mark.length);
  while (jsonBytes(text.slice(0, characters) + mark) > bytes) characters = Math.floor(characters * 0.9);
  return text.slice(0, characters) + mark;
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
