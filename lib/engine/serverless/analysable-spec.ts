import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Problem, throwIfAny, ValidationError } from '../../core/validation-error';
import { monitoringProblems } from '../../endpoint/monitoring-problems';
import { KINDS } from '../../kind/kinds';
import { type DataQualityMonitorSpec, validateSpec } from '../../monitor/kind-spec';
import type { DataQualitySpec, MonitorSpec } from '../../monitor/monitoring-engine';
import { type MonitoredRecords, recordsOf } from './monitored-records';

/** A specification of what this engine can analyse, with the records that it reads. */
export interface AnalysableSpec extends DataQualityMonitorSpec {
  readonly records: MonitoredRecords;
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
  const records = recordsOf(spec);
  const { dataQuality } = spec;
  if (!records || !dataQuality) throw new ValidationError('UnsupportedOnServerless', unsupportedOptions(spec), scope);
  checkEndpoint(scope, spec);
  throwIfAny('InvalidExcludedFeatures', excludedProblems(dataQuality), scope);
  return { ...spec, dataQuality, records };
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

function unsupportedOptions({ batchTransformInput }: MonitorSpec): Problem[] {
  if (!batchTransformInput) return [];
  const advice = 'engine: MonitoringEngine.modelMonitor() takes it, in accounts that have it';
  const allowed = 'MonitoredData.endpoint(...) and MonitoredData.written(...) on serverless()';
  return [{ prop: 'data', got: 'MonitoredData.batchTransform(...)', allowed, advice }];
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
