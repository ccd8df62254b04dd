import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { constraintsProblem } from '../../analysis';
import type { ObjectLocation } from '../../core/contract';
import { KINDS } from '../../kind/kinds';
import { mapConcurrently } from '../../runtime/concurrency';
import type { CustomResourceOutcome } from '../../runtime/custom-resource';
import { Failure, malformedRequest, mayPass, wordsOf } from '../../runtime/failure';
import { s3Uri } from '../../runtime/s3';
import type { ConstraintsCheckProperties, GivenConstraints } from '../contract';
import { settledJson } from './given-files';

/** A request of CloudFormation to judge given constraints. */
export type ConstraintsEvent = CloudFormationCustomResourceEvent<
  ConstraintsCheckProperties,
  Partial<ConstraintsCheckProperties>
>;

/** Files that are read at once. */
const AT_ONCE = 8;

/** Monitors that a message has. */
const MONITORS = 5;

/**
 * Judges the files that a request has and the one before it had not: what was judged lies where somebody may have changed it since, and another monitor's
 * deployment is not to fail for that. Throws `UnusableBaseline`, with the first monitors, for files that nothing can read.
 */
export async function judgeConstraints(event: ConstraintsEvent): Promise<CustomResourceOutcome> {
  if (event.RequestType === 'Delete') return { status: 'SUCCESS' };
  const files = filesOf(event.ResourceProperties);
  const before = event.RequestType === 'Update' ? filesOf({ Files: [], ...event.OldResourceProperties }) : [];
  const come = files.filter((file) => !before.some((other) => isSame(file, other)));
  const problems = (await mapConcurrently(come, AT_ONCE, problemOf)).filter((words) => words !== undefined);
  if (problems.length === 0) return { status: 'SUCCESS' };
  const more = problems.length > MONITORS ? [`and those of ${problems.length - MONITORS} more monitors`] : [];
  throw new Failure('UnusableBaseline', [...problems.slice(0, MONITORS), ...more].join('; '));
}

async function problemOf(given: GivenConstraints): Promise<string | undefined> {
  const { Monitor, Bucket, BucketOwner, Key } = given;
  const location = { bucket: Bucket, bucketOwner: BucketOwner, key: Key };
  const problem = await judged(given, location).catch((error: unknown) => {
    if (mayPass(error)) throw error;
    return wordsOf(error);
  });
  return problem === undefined ? undefined : `${Monitor}, ${s3Uri(location)}: ${problem}`;
}

async function judged({ Kind, Rigour }: GivenConstraints, location: ObjectLocation): Promise<string | undefined> {
  const { constraintsContent: content } = KINDS[Kind].baseline;
  const file = await settledJson(location);
  return content === 'Features' ? undefined : constraintsProblem(content, file, Rigour ?? 'Structure');
}

const isSame = (one: GivenConstraints, other: GivenConstraints) =>
  one.Kind === other.Kind && one.Bucket === other.Bucket && one.Key === other.Key;

function filesOf({ Files: files }: Pick<ConstraintsCheckProperties, 'Files'>): GivenConstraints[] {
  if (Array.isArray(files) && files.every(({ Kind }) => Kind in KINDS)) return files;
  throw malformedRequest("property 'Files' is no list of files of constraints");
}
