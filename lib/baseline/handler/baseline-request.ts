import { createHash } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import {
  type BucketLocation,
  type CloudFormationCallback,
  folderIn,
  type ObjectLocation,
  objectIn,
  type PrefixLocation,
} from '../../core/contract';
import { KINDS } from '../../kind/kinds';
import { FILES } from '../../outcome/contract';
import { callbackOf } from '../../runtime/custom-resource';
import { malformedRequest, wordsOf } from '../../runtime/failure';
import {
  BASELINE_ATTRIBUTES,
  type BaselineJobSpec,
  type BaselineProperties,
  type BaselineRequest,
  type BaselineSpec,
} from '../contract';

/** A request of CloudFormation for a baseline. */
export type BaselineEvent = CloudFormationCustomResourceEvent<BaselineProperties>;

/** Hexadecimal digits of the SHA-256 of a content that name its folder. */
const HASH_DIGITS = 16;

/** Name of the object that tells which job made a folder; written last, so its presence marks a whole one. */
const RECORD = 'baseline.json';

/** Where the files of a specification go; the same content always gives the same place. */
export interface BaselineFolder {
  readonly output: PrefixLocation;
  /** absent where the baseline has none of its own */
  readonly statistics?: ObjectLocation;
  /** as they are suggested */
  readonly suggested: ObjectLocation;
  /** as the monitor reads them: the same, or a file beside them with what the specification changes */
  readonly constraints: ObjectLocation;
  /** of processing jobs only: which job made the files */
  readonly record: ObjectLocation;
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
    throw malformedRequest(`property 'Spec' is no specification of a baseline (${wordsOf(cause)})`, {
      cause,
    });
  }
}

/**
 * The folder of a specification: `{prefix}/{first 16 hexadecimal digits of the SHA-256 of its content}`.
 *
 * The content of a job is what its result depends on: neither instances nor network, role, tags or time limit. Overrides do not
 * run it again, either: their constraints go to a folder of their own below it. Nor does the result of a dataset's analysis depend on how much of
 * it is done at a time.
 */
export function baselineFolder(spec: BaselineSpec): BaselineFolder {
  const output = folderIn(spec.output, hashOf(contentOf(spec)));
  const object = (name: string): ObjectLocation => objectIn(output, name);
  const { statisticsFile, constraintsFile } = fileNames(spec);
  const suggested = object(constraintsFile);
  return {
    output,
    statistics: statisticsFile === undefined ? undefined : object(statisticsFile),
    suggested,
    constraints: spec.job && isRewritten(spec) ? object(`${rewriteHash(spec)}/${FILES.constraints}`) : suggested,
    record: object(RECORD),
  };
}

/** Whether the monitor reads other constraints than those that are suggested. */
export function isRewritten({ overrides, decimal }: BaselineSpec): boolean {
  return overrides !== undefined || decimal === true;
}

/** The custom resource's attributes; a baseline without statistics of its own has no such attribute. */
export function baselineAttributes({ statistics, constraints }: BaselineFolder): Record<string, string> {
  const key = { [BASELINE_ATTRIBUTES.constraintsKey]: constraints.key };
  return statistics ? { [BASELINE_ATTRIBUTES.statisticsKey]: statistics.key, ...key } : key;
}

/** How to answer a request; the physical id is the folder, so changed content is a replacement. */
export function callbackInto({ output }: BaselineFolder, event: BaselineEvent): CloudFormationCallback {
  return { ...callbackOf(event), physicalResourceId: `s3://${output.bucket}/${output.prefix}` };
}

/** Input of the state machine for a specification that has a dataset. */
export function analysisRequest(
  spec: BaselineSpec,
  folder: BaselineFolder,
  callback: CloudFormationCallback,
): BaselineRequest {
  if (!spec.dataset) throw malformedRequest("'Spec' has no 'dataset'");
  const { location, ...reading } = spec.dataset;
  return {
    mode: 'baseline',
    dataset: location,
    ...reading,
    overrides: spec.overrides,
    output: folder.output,
    callback,
  };
}

/** Given constraints keep their own statistics; what is copied has the names that the kind gives it. */
function fileNames({ job, modelPackage, constraints, dataset }: BaselineSpec) {
  if (job) return job;
  if (dataset?.onlyFile !== undefined) return { constraintsFile: dataset.onlyFile };
  if (!modelPackage)
    return { statisticsFile: constraints ? undefined : FILES.statistics, constraintsFile: FILES.constraints };
  const { hasStatistics, constraintsFile } = KINDS[modelPackage.kind].baseline;
  return { statisticsFile: hasStatistics ? FILES.statistics : undefined, constraintsFile };
}

function contentOf(spec: BaselineSpec): unknown {
  if (spec.job) return jobContent(spec.job, spec.revision);
  const { statistics, rigour, ...asked } = spec; // what is judged, and how, changes no file
  const { constraints, modelPackage, output, dataset } = asked;
  const content = {
    ...asked,
    ...(constraints && { constraints: unowned(constraints) }),
    ...(modelPackage && { modelPackage: unowned(modelPackage) }),
    output: unowned(output),
  };
  if (!dataset) return content;
  const { location, format, columnTypes, keepsTextValues, maximumConcurrency, keepsRowOrder, ...analysis } = dataset;
  const { explanation } = analysis;
  const { samples, ownCalls, ...explained } = explanation ?? {};
  const read = { location: unowned(location), format, columnTypes, keepsTextValues, ...analysis };
  return { ...content, dataset: explanation ? { ...read, explanation: explained } : read };
}

/** Who owns a bucket is no part of what lies in it: who says it later finds the same folder again. */
function unowned({ bucketOwner, ...location }: BucketLocation): unknown {
  return location;
}

function jobContent({ request, statisticsFile, constraintsFile }: BaselineJobSpec, revision?: string): unknown {
  const { AppSpecification, Environment, ProcessingInputs, ProcessingOutputConfig } = request;
  const what = { AppSpecification, Environment, ProcessingInputs, ProcessingOutputConfig };
  return { ...what, statisticsFile, constraintsFile, revision };
}

function rewriteHash({ overrides, decimal }: BaselineSpec): string {
  return hashOf({ overrides, decimal });
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, HASH_DIGITS);
}
