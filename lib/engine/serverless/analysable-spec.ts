import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Problem, throwIfAny, ValidationError } from '../../core/validation-error';
import type { BatchTransformData } from '../../endpoint/batch-transform-data';
import { monitoringProblems } from '../../endpoint/monitoring-problems';
import { TransformRows } from '../../endpoint/transform-rows';
import { KINDS } from '../../kind/kinds';
import { type DataQualityMonitorSpec, validateSpec } from '../../monitor/kind-spec';
import type { DataQualitySpec, MonitorSpec } from '../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import { inputOf, type MonitoredInput } from './monitored-input';

/** A specification of what this engine can analyse, with what it reads. */
export interface AnalysableSpec extends DataQualityMonitorSpec {
  readonly input: MonitoredInput;
}

/**
 * A monitor's specification as what this engine can analyse. Throws `UnsupportedMonitorKind` or `UnsupportedOnServerless` for one that it cannot, and for
 * what is wrong with one that it can.
 *
 * @internal
 */
export function requireAnalysable(scope: Construct, spec: MonitorSpec): AnalysableSpec {
  validateSpec(scope, spec);
  refuseOtherKinds(scope, spec);
  throwIfAny('UnsupportedOnServerless', transformProblems(spec), scope);
  const input = inputOf(spec);
  const { dataQuality } = spec;
  if (!input || !dataQuality) throw new ValidationError('UnsupportedOnServerless', [NOTHING_WATCHED], scope);
  checkEndpoint(scope, spec);
  throwIfAny('InvalidExcludedFeatures', excludedProblems(dataQuality), scope);
  return { ...spec, dataQuality, input };
}

/** Throws for an endpoint of the app that a monitor of its kind cannot watch. */
function checkEndpoint(scope: Construct, { kind, endpointInput }: MonitorSpec): void {
  const problems = endpointInput ? monitoringProblems(endpointInput.endpoint, KINDS[kind].captured) : [];
  throwIfAny('InvalidMonitoredData', problems, scope);
}

/** Refuses kinds that this engine does not analyse: their sheets do not name it. */
function refuseOtherKinds(scope: Construct, { kind, writtenInput }: MonitorSpec): void {
  const { engines, aspect } = KINDS[kind];
  if (engines.includes('serverless')) return;
  const analysed = Object.values(KINDS).filter((sheet) => sheet.engines.includes('serverless'));
  const allowed = `${analysed.map((sheet) => sheet.aspect).join(', ')} on serverless()`;
  const got = `serverless() for a monitor of ${aspect}`;
  const advice = writtenInput
    ? 'leave this monitor out: Model Monitor, which runs all four kinds, does not read MonitoredData.written(...)'
    : 'give this monitor engine: MonitoringEngine.modelMonitor(), which runs all four kinds in accounts that have it';
  throw new ValidationError('UnsupportedMonitorKind', [{ prop: 'engine', got, allowed, advice }], scope);
}

/** A specification by other code than this library's. */
const NOTHING_WATCHED: Problem = {
  prop: 'spec',
  got: 'nothing to watch',
  allowed: 'endpointInput, batchTransformInput or writtenInput, for data quality',
};

function transformProblems({ batchTransformInput, frequency }: MonitorSpec): Problem[] {
  if (!batchTransformInput) return [];
  return [...generatedIdProblems(batchTransformInput), ...partOfHourProblems(frequency)];
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

/** What the generated columns are called below a header that the model itself wrote, no source says. */
function generatedIdProblems({ rows, format, generateInferenceId }: BatchTransformData): Problem[] {
  if (rows !== TransformRows.OUTPUT || !generateInferenceId || !format.header) return [];
  const allowed = 'DatasetFormat.csv({ header: false }) with generateInferenceId, for TransformRows.OUTPUT';
  const advice = 'let the jobs write no header, or JSON Lines, or watch TransformRows.INPUT';
  return [{ prop: 'data.format', got: 'DatasetFormat.csv({ header: true })', allowed, advice }];
}

/** Of a name that is known at deployment only, nothing is judged. */
function excludedProblems({ excludedFeatures, featureMetrics }: DataQualitySpec): Problem[] {
  const isNoName = (name: string, index: number) => name === '' || excludedFeatures.indexOf(name) !== index;
  const noNames = excludedFeatures
    .filter((name, index) => !Token.isUnresolved(name) && isNoName(name, index))
    .map((got) => ({ prop: 'excludedFeatures', got, allowed: 'a name that is not empty, once' }));
  const measured = featureMetrics
    .filter((name) => excludedFeatures.includes(name))
    .map((got) => ({ prop: 'featureMetrics', got, allowed: 'features that are not excluded' }));
  return [...noNames, ...measured];
}
