import { formatTable, type Table } from '../../examples/birdstrikes/table';
import {
  applyOverrides,
  type ConstraintOverrides,
  type Constraints,
  checkWindow,
  createProfiler,
  type PartialProfile,
  type Statistics,
  statistics,
  suggestConstraints,
  type WindowDriftSettings,
  type WindowFindings,
} from '../../lib/analysis';

/** What a monitor compares with. */
export interface BaselineFiles {
  readonly statistics: Statistics;
  readonly constraints: Constraints;
}

/** The overrides of the example's app, with their reasons in its README. */
export const OVERRIDES: ConstraintOverrides = {
  domainContentThreshold: 0.95,
  features: { speed_knots: { completenessTolerance: 0.1 } },
};

function profileOf(table: Table): PartialProfile {
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('table.csv');
  file.push(new TextEncoder().encode(formatTable(table)));
  file.end();
  return profiler.finish();
}

/** The files that a baseline of this table gets. */
export function baselineOf(table: Table, overrides: ConstraintOverrides = {}): BaselineFiles {
  const found = statistics(profileOf(table));
  const { constraints, unknownFeatures } = applyOverrides(suggestConstraints(found), overrides);
  if (unknownFeatures.length > 0) throw new Error(`the overrides name unknown features: ${unknownFeatures.join(', ')}`);
  return { statistics: found, constraints };
}

/** What a run on this window finds, with the engine's default or another drift method. */
export function check(
  window: Table,
  baseline: BaselineFiles,
  drift: WindowDriftSettings = { method: 'MassShift' },
): WindowFindings {
  return checkWindow({
    profile: profileOf(window),
    baselineStatistics: baseline.statistics,
    baselineConstraints: baseline.constraints,
    drift,
  });
}
