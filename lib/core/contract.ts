// Shapes that constructs and handlers share everywhere. Imports nothing.

/** An S3 bucket, and whose it has to be: who deletes one gives its name away. */
export interface BucketLocation {
  readonly bucket: string;
  /** id of the account that the bucket has to belong to; that of the stack where absent */
  readonly bucketOwner?: string;
}

/** The environment variable by which a handler knows the account of its stack. */
export const ACCOUNT_VARIABLE = 'STACK_ACCOUNT';

/** The environment variable by which a handler knows where models are asked: `runtime.sagemaker.{region}.{suffix}`. */
export const RUNTIME_HOST_VARIABLE = 'SAGEMAKER_RUNTIME_HOST';

/** Key of the tag by which what costs something for one monitor alone says of which; its value is the monitor's id, or that of the front door whose monitors share it. */
export const MONITOR_TAG = 'cdk-sagemaker-monitoring:monitor';

/** One S3 object. */
export interface ObjectLocation extends BucketLocation {
  readonly key: string;
}

/** All S3 objects below a prefix, which has neither a leading nor a trailing slash. */
export interface PrefixLocation extends BucketLocation {
  readonly prefix: string;
}

/** One object below a prefix. */
export function objectIn({ prefix, ...bucket }: PrefixLocation, name: string): ObjectLocation {
  return { ...bucket, key: `${prefix}/${name}` };
}

/** All objects of a folder below a prefix. */
export function folderIn({ prefix, ...bucket }: PrefixLocation, name: string): PrefixLocation {
  return { ...bucket, prefix: `${prefix}/${name}` };
}

/** Where something runs. */
export interface Home {
  readonly accountId: string;
  readonly region: string;
}

/** What CloudFormation needs to be answered. */
export interface CloudFormationCallback {
  readonly responseUrl: string;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly physicalResourceId: string;
}

/**
 * Names of errors that pass by themselves: throttling, a service that is unwell, no answer in time.
 *
 * @see https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/retry/service-error-classification/constants.ts
 */
export const PASSING_ERRORS: readonly string[] = [
  ...['ThrottlingException', 'ThrottledException', 'Throttling', 'TooManyRequestsException', 'RequestLimitExceeded'],
  ...['SlowDown', 'InternalError', 'InternalException', 'InternalFailure', 'InternalServerError'],
  ...['ServiceUnavailable', 'ServiceUnavailableException'],
  ...['TimeoutError', 'RequestTimeout', 'RequestTimeoutException'],
];

/** Where these documents are read unless an app says otherwise. */
export const DOCUMENTATION_URL = 'https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs';

/** The environment variable by which a handler knows where they are read. */
export const DOCUMENTATION_VARIABLE = 'DOCUMENTATION_URL';

/** Key of the context that says where the documents of this library are read, for all that is below a construct. */
export const DOCUMENTATION_CONTEXT = 'cdk-sagemaker-monitoring:documentationUrl';

/** Whether something is a base address of the documents. */
export function isDocumentationUrl(given: unknown): given is string {
  return typeof given === 'string' && /^https:\/\/\S+$/.test(given);
}

/** Address of a section: of an alarm in the runbook, of a code among the errors. */
export function sectionUrl(documentationUrl: string, page: 'runbook' | 'errors' | 'training', section: string): string {
  return `${documentationUrl.replace(/\/+$/, '')}/${page}.md#${section.toLowerCase()}`;
}

/**
 * Bytes of the input of an execution of a state machine, and of what its states hand on.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const STATE_BYTES = 256 * 1024;

/** Bytes of one line of a manifest, so some 250 captured objects: an item travels to its child execution together with the request. */
export const LINE_BYTES = 64 * 1024;
