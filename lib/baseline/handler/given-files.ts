import { type BaselineContents, baselineProblem } from '../../analysis';
import { KINDS } from '../../kind/kinds';
import { Failure } from '../../runtime/failure';
import type { BaselineSpec } from '../contract';

/** Files as somebody else wrote them: what their JSON holds is not known yet. */
export interface GivenFiles {
  readonly statistics?: unknown;
  readonly constraints: unknown;
}

/**
 * Throws `UnusableBaseline`, with all problems, for files of data quality that a monitor could not be checked against. Of other kinds, constraints
 * have to be a JSON object.
 */
export function requireUsable(spec: BaselineSpec, { statistics, constraints }: GivenFiles): void {
  if (isObject(constraints) && !isOfDataQuality(spec, constraints)) return;
  const files: BaselineContents = {
    ...(statistics !== undefined && { 'statistics.json': statistics }),
    'constraints.json': constraints,
  };
  const problem = baselineProblem(files, spec.rigour ?? 'Structure');
  if (problem !== undefined) throw new Failure('UnusableBaseline', problem);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The serverless engine, which says how much it asks, has no other kind yet; elsewhere the kind or the file itself tells. */
const isOfDataQuality = ({ rigour, modelPackage }: BaselineSpec, constraints: object): boolean =>
  rigour !== undefined || (modelPackage ? KINDS[modelPackage.kind].baseline.hasStatistics : 'features' in constraints);
