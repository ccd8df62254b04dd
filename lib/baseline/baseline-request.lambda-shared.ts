import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { ObjectLocation, PrefixLocation } from '../core/contract';
import { type BaselineRequest, type CloudFormationCallback, KEYS } from '../engine/serverless/contract';
import { Failure, wordsOf } from '../runtime/failure';
import { BASELINE_ATTRIBUTES, type BaselineProperties, type BaselineSpec } from './contract';

/** A request of CloudFormation for a baseline. */
export type BaselineEvent = CloudFormationCustomResourceEvent<BaselineProperties>;

/** Hexadecimal digits of the SHA-256 of a specification that name its output folder. */
const HASH_DIGITS = 16;

/** Where the files of a specification go; the same specification always gives the same place. */
export interface BaselineFolder {
  readonly output: PrefixLocation;
  readonly statistics: ObjectLocation;
  readonly constraints: ObjectLocation;
}

/** The specification in the properties of a request. Throws `MalformedRequest` when it is none. */
export function specification(event: BaselineEvent): BaselineSpec {
  const text = event.ResourceProperties.Spec;
  try {
    const spec = JSON.parse(text) as BaselineSpec;
    if (typeof spec.output.bucket !== 'string' || typeof spec.output.prefix !== 'string')
      throw new Error("no 'output'");
    return spec;
  } catch (cause) {
    throw new Failure('MalformedRequest', `property 'Spec' is no specification of a baseline (${wordsOf(cause)})`, {
      cause,
    });
  }
}

/** The folder of a specification: `{prefix}/{first 16 hexadecimal digits of the SHA-256 of its text}`. */
export function baselineFolder({ output: { bucket, prefix } }: BaselineSpec, specText: string): BaselineFolder {
  const hash = createHash('sha256').update(specText).digest('hex').slice(0, HASH_DIGITS);
  const output = { bucket, prefix: `${prefix}/${hash}` };
  return {
    output,
    statistics: { bucket, key: `${output.prefix}/${KEYS.statistics}` },
    constraints: { bucket, key: `${output.prefix}/${KEYS.constraints}` },
  };
}

/** The custom resource's attributes; a baseline of given constraints keeps its own statistics and has no such attribute. */
export function baselineAttributes(spec: BaselineSpec, folder: BaselineFolder): Record<string, string> {
  const constraints = { [BASELINE_ATTRIBUTES.constraintsKey]: folder.constraints.key };
  return spec.dataset ? { [BASELINE_ATTRIBUTES.statisticsKey]: folder.statistics.key, ...constraints } : constraints;
}

/** How to answer a request; the physical id is the folder, so changed content is a replacement. */
export function callbackOf(event: BaselineEvent, folder?: BaselineFolder): CloudFormationCallback {
  const known = 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.LogicalResourceId;
  return {
    responseUrl: event.ResponseURL,
    stackId: event.StackId,
    requestId: event.RequestId,
    logicalResourceId: event.LogicalResourceId,
    physicalResourceId: folder ? `s3://${folder.output.bucket}/${folder.output.prefix}` : known,
  };
}

/** Input of the state machine for a specification that has a dataset. */
export function analysisRequest(
  spec: BaselineSpec,
  folder: BaselineFolder,
  callback: CloudFormationCallback,
): BaselineRequest {
  if (!spec.dataset) throw new Failure('MalformedRequest', "'Spec' has no 'dataset'");
  const { location, format } = spec.dataset;
  return { mode: 'baseline', dataset: location, format, overrides: spec.overrides, output: folder.output, callback };
}
