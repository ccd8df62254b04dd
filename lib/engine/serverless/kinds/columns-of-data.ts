import { Token } from 'aws-cdk-lib';
import type { Problem } from '../../../core/validation-error';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';

/**
 * Whether rows of the monitored data have columns that all kinds of monitors see alike, which a format or transformations make of them: predictions, groups
 * and features are found by the names of these, or by their places. Else they stand where the analysis says, in records as clients sent them.
 */
export function hasColumns({ endpointInput, writtenInput }: MonitorSpec): boolean {
  const { format, transformations = [] } = endpointInput ?? writtenInput ?? {};
  return format?._settings !== undefined || transformations.length > 0;
}

/** Something that an analysis names. */
interface NamedPlace {
  readonly prop: string;
  readonly got: string | undefined;
}

/** Says that what names a column is a path. */
export function columnNameProblems({ prop, got }: NamedPlace): Problem[] {
  if (got === undefined || Token.isUnresolved(got) || !/^\$|\[/.test(got)) return [];
  const allowed = "the name of a column, or its place from '0' on where rows have no names, the answer's first";
  const advice = `data.format and data.transformations make columns of bodies, and no path leads into these; ${WITHOUT}`;
  return [{ prop, got, allowed, advice }];
}

/** Says that a path to features is said twice. */
export function featuresProblems(got: string | undefined): Problem[] {
  if (got === undefined) return [];
  const advice = `rows stand where data.format says; ${WITHOUT}`;
  return [{ prop: 'analysis.features', got, allowed: 'nothing beside data.format or data.transformations', advice }];
}

const WITHOUT = 'or give this monitor data of its own, without them';

/** Says that transform jobs are watched, which only kinds do that look at all columns. */
export function transformJobsProblems({ batchTransformInput }: MonitorSpec): Problem[] {
  if (!batchTransformInput) return [];
  const got = 'MonitoredData.batchTransform(...)';
  const allowed = 'MonitoredData.endpoint(...) and MonitoredData.written(...), for this kind on serverless()';
  const advice = 'engine: MonitoringEngine.modelMonitor() takes it, in accounts that have it';
  return [{ prop: 'data', got, allowed, advice }];
}
