import { type BaselineContents, baselineProblem, constraintsProblem } from '../../analysis';
import type { ObjectLocation } from '../../core/contract';
import { KINDS } from '../../kind/kinds';
import { Failure, nameOf } from '../../runtime/failure';
import { readJson, s3Uri } from '../../runtime/s3';
import type { BaselineSpec } from '../contract';

/** Files as somebody else wrote them: what their JSON holds is not known yet. */
export interface GivenFiles {
  readonly statistics?: unknown;
  readonly constraints: unknown;
}

/** Reads files where somebody gave them, and throws for those that could be no baseline: `UnusableBaseline`, or that one cannot be read. */
export async function requireGiven(spec: BaselineSpec, constraints: ObjectLocation): Promise<GivenFiles> {
  const { statistics } = spec;
  const files = {
    constraints: await settledJson(constraints),
    ...(statistics && { statistics: await settledJson(statistics) }),
  };
  const uris = [statistics, constraints].flatMap((file) => (file ? [s3Uri(file)] : []));
  requireUsable(spec, files, `in ${uris.join(' and ')}: `);
  return files;
}

/** What a deployment allows just before may take seconds to be known everywhere. */
const ROLES_SETTLE_SECONDS = 20;
const PAUSE_SECONDS = 5;

/**
 * The JSON of an object that this deployment has only just allowed to read: a denied access is tried again for some seconds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export async function settledJson(file: ObjectLocation, waitedSeconds = 0): Promise<unknown> {
  try {
    return await readJson<unknown>(file);
  } catch (error) {
    if (nameOf(error) !== 'AccessDenied' || waitedSeconds >= ROLES_SETTLE_SECONDS) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, PAUSE_SECONDS * 1000));
  return settledJson(file, waitedSeconds + PAUSE_SECONDS);
}

/**
 * Throws `UnusableBaseline`, with all problems, for files that a monitor could not be checked against: of data quality, or of the kind that a model
 * package names. Of other kinds, constraints that are to be overridden have to be a JSON object. What the files are called stands first, where the names in the problems do not say it.
 */
export function requireUsable(spec: BaselineSpec, { statistics, constraints }: GivenFiles, called = ''): void {
  const problem = problemOf(spec, { statistics, constraints });
  if (problem !== undefined) throw new Failure('UnusableBaseline', called + problem);
}

function problemOf(spec: BaselineSpec, { statistics, constraints }: GivenFiles): string | undefined {
  const content = spec.modelPackage && KINDS[spec.modelPackage.kind].baseline.constraintsContent;
  if (content !== undefined && content !== 'Features') {
    return constraintsProblem(content, constraints, spec.rigour ?? 'Structure');
  }
  if (isObject(constraints) && !isOfDataQuality(spec, constraints)) return undefined;
  const files: BaselineContents = {
    ...(statistics !== undefined && { 'statistics.json': statistics }),
    'constraints.json': constraints,
  };
  return baselineProblem(files, spec.rigour ?? 'Structure');
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Who says how much is asked of files that are given by key means those of data quality; else the model package or the file itself tells. */
const isOfDataQuality = ({ rigour, modelPackage }: BaselineSpec, constraints: object): boolean =>
  rigour !== undefined || modelPackage !== undefined || 'features' in constraints;
