import { Token } from 'aws-cdk-lib';
import type { Problem } from '../../../core/validation-error';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';

/**
 * Whether rows of the monitored data have columns that all kinds of monitors see alike, as those of transform jobs have, and those that a format or
 * transformations make: predictions, groups and features are found by the names of these, or by their places. Else they stand where the analysis says, in
 * records as clients sent them.
 */
export function hasColumns({ endpointInput, writtenInput, batchTransformInput }: MonitorSpec): boolean {
  const { format, transformations = [] } = endpointInput ?? writtenInput ?? {};
  return batchTransformInput !== undefined || format?._settings !== undefined || transformations.length > 0;
}

/** Something that an analysis names. */
interface NamedPlace {
  readonly prop: string;
  readonly got: string | undefined;
}

/** Says that what names a column is a path. */
export function columnNameProblems({ prop, got }: NamedPlace): Problem[] {
  if (got === undefined || Token.isUnresolved(got) || !/^\$|\[/.test(got)) return [];
  const allowed = "the name of a column, or its place from '0' on where rows have no names";
  const advice = `rows of these data have columns, and no path leads into them: ${HOW}`;
  return [{ prop, got, allowed, advice }];
}

/** Says that a path to features is said twice. */
export function featuresProblems(got: string | undefined): Problem[] {
  if (got === undefined) return [];
  const advice = `rows of these data have columns, which analysis.headers name: ${HOW}`;
  return [{ prop: 'analysis.features', got, allowed: 'nothing where rows have columns', advice }];
}

const HOW =
  'those of transform jobs have them, and data.format and data.transformations make them; or give this monitor data of its own';
