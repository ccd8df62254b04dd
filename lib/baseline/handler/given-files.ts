import { type BaselineContents, baselineProblem, constraintsProblem, overridesProblem } from '../../analysis';
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

/** Throws `InvalidConstraintOverrides`, with all problems, for values that were not known at synthesis, and are out of their range. */
export function requireOverrides(overrides: BaselineSpec['overrides']): void {
  const problem = overrides && overridesProblem(overrides);
  if (problem !== undefined) throw new Failure('InvalidConstraintOverrides', problem);
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
 * Throws `UnusableBaseline`, with all problems, for files that a monitor could not be checked against. Of which kind they are says the model package, what
 * is to be overridden, or, where nothing is, the file itself. What the files are called stands first, where the names in the problems do not say it.
 */
export function requireUsable(spec: BaselineSpec, { statistics, constraints }: GivenFiles, called = ''): void {
  const problem = problemOf(spec, { statistics, constraints });
  if (problem !== undefined) throw new Failure('UnusableBaseline', called + problem);
}

function problemOf(spec: BaselineSpec, { statistics, constraints }: GivenFiles): string | undefined {
  const rigour = spec.rigour ?? 'Structure';
  const content = contentOf(spec, constraints);
  if (content === undefined) return undefined;
  if (content !== 'Features') return constraintsProblem(content, constraints, rigour);
  const files: BaselineContents = {
    ...(statistics !== undefined && { 'statistics.json': statistics }),
    'constraints.json': constraints,
  };
  return baselineProblem(files, rigour);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Undefined where nothing says of which kind a file without features is, and where overrides are of another kind than it, which says more. Files of data
 * quality of which much is asked come with statistics.
 */
function contentOf({ rigour, modelPackage, overrides, statistics }: BaselineSpec, constraints: unknown) {
  if (modelPackage) return KINDS[modelPackage.kind].baseline.constraintsContent;
  if (!isObject(constraints) || 'features' in constraints || statistics) return 'Features';
  return overrides?.metricThresholds || rigour ? 'Metrics' : undefined;
}
