import type { Construct } from 'constructs';
import { type Problem, throwIfAny, ValidationError } from '../../core/validation-error';
import type { BatchTransformData } from '../../endpoint/batch-transform-data';
import { monitoringProblems } from '../../endpoint/monitoring-problems';
import { TransformRows } from '../../endpoint/transform-rows';
import { KIND_SERVICES } from '../../kind/kind-services';
import type { MonitorKindName } from '../../kind/kind-sheet';
import { KINDS } from '../../kind/kinds';
import { validateSpec } from '../../monitor/kind-spec';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import { decayProblems, probabilitiesProblems, signalProblems } from './decay-problems';
import type { AnalysisBlueprint } from './kinds/blueprint';
import { analysisBlueprint } from './kinds/blueprints';
import type { RunSettings } from './monitor-request';
import { inputOf, type MonitoredInput, rowsOf } from './monitored-input';
import { variantProblems } from './variant-problems';

/** A specification of what this engine can analyse, with what it reads. */
export interface AnalysableSpec extends MonitorSpec {
  readonly input: MonitoredInput;
}

/** What this engine makes of a monitor, and what its kind adds. */
export interface AnalysableMonitor {
  readonly spec: AnalysableSpec;
  readonly blueprint: AnalysisBlueprint;
}

/**
 * A monitor's specification as what this engine can analyse. Throws `UnsupportedOnServerless` for one that it cannot, and for
 * what is wrong with one that it can.
 *
 * @internal
 */
export function requireAnalysable(scope: Construct, spec: MonitorSpec, settings: RunSettings): AnalysableMonitor {
  validateSpec(scope, spec);
  const blueprint = analysisBlueprint(scope, spec);
  throwIfAny(
    'UnsupportedOnServerless',
    [
      ...blueprint.unsupported,
      ...transformProblems(spec),
      ...variantProblems(spec, settings),
      ...decayProblems(spec, settings),
      ...signalProblems(spec, settings),
      ...probabilitiesProblems(spec, settings),
    ],
    scope,
  );
  const input = inputOf(spec);
  if (!input) throw new ValidationError('UnsupportedOnServerless', [NOTHING_WATCHED], scope);
  checkEndpoint(scope, spec);
  return { spec: { ...spec, input }, blueprint };
}

/** Throws for an endpoint of the app that a monitor of its kind cannot watch. */
function checkEndpoint(scope: Construct, { kind, endpointInput }: MonitorSpec): void {
  const problems = endpointInput ? monitoringProblems(endpointInput.endpoint, KIND_SERVICES[kind].captured) : [];
  throwIfAny('InvalidMonitoredData', problems, scope);
}

/** A specification by other code than this library's. */
const NOTHING_WATCHED: Problem = {
  prop: 'spec',
  got: 'nothing to watch',
  allowed: 'endpointInput, batchTransformInput or writtenInput',
};

function transformProblems({ kind, batchTransformInput, frequency }: MonitorSpec): Problem[] {
  if (!batchTransformInput) return [];
  return [...generatedIdProblems(batchTransformInput, kind), ...partOfHourProblems(frequency)];
}

/** Rows have no time of their own: each part of an hour would read all of it. */
function partOfHourProblems({ intervalHours }: MonitoringFrequency): Problem[] {
  if (intervalHours >= 1) return [];
  const advice = 'transform jobs list their objects by the hour; take hourly()';
  return [
    {
      prop: 'frequency',
      got: `everyMinutes(${intervalHours * 60})`,
      allowed: 'whole hours for batch transform',
      advice,
    },
  ];
}

/** Labels name what they are of. What the generated columns are called below a header that the model itself wrote, no source says. */
function generatedIdProblems(transforms: BatchTransformData, kind: MonitorKindName): Problem[] {
  const { format, generateInferenceId } = transforms;
  const { aspect, readsLabels } = KINDS[kind];
  if (readsLabels && !generateInferenceId) return [nothingNamed(aspect)];
  if (rowsOf(transforms, kind) !== TransformRows.OUTPUT || !generateInferenceId || !format.header) return [];
  const allowed = 'DatasetFormat.csv({ header: false }) with generateInferenceId, for rows of the output';
  const instead = readsLabels ? '' : ', or watch TransformRows.INPUT';
  const advice = `let the jobs write no header, or JSON Lines${instead}`;
  return [{ prop: 'data.format', got: 'DatasetFormat.csv({ header: true })', allowed, advice }];
}

const nothingNamed = (aspect: string): Problem => ({
  prop: 'data.generateInferenceId',
  got: false,
  allowed: `true for a monitor of ${aspect}`,
  advice: 'a label names its prediction by the identifier that the jobs generate, in CSV without a header or in JSON',
});
