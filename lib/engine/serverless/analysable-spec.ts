import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Problem, throwIfAny, ValidationError } from '../../core/validation-error';
import { monitoringProblems } from '../../endpoint/monitoring-problems';
import { KINDS } from '../../kind/kinds';
import { type DataQualityMonitorSpec, validateSpec } from '../../monitor/kind-spec';
import type { EndpointInput, MonitorSpec } from '../../monitor/monitoring-engine';

/** A specification of what this engine can analyse. */
export interface EndpointSpec extends DataQualityMonitorSpec {
  readonly endpointInput: EndpointInput;
}

/**
 * A monitor's specification as what this engine can analyse. Throws `UnsupportedMonitorKind` or `UnsupportedOnServerless` for one that it cannot, and for
 * what is wrong with one that it can.
 *
 * @internal
 */
export function requireAnalysable(scope: Construct, spec: MonitorSpec): EndpointSpec {
  validateSpec(scope, spec);
  refuseOtherKinds(scope, spec);
  if (!isSupported(spec)) throw new ValidationError('UnsupportedOnServerless', unsupportedOptions(spec), scope);
  checkEndpoint(scope, spec);
  throwIfAny('InvalidExcludedFeatures', excludedProblems(spec), scope);
  return spec;
}

/** Throws for an endpoint of the app that a monitor of its kind cannot watch. */
function checkEndpoint(scope: Construct, { kind, endpointInput: { endpoint } }: EndpointSpec): void {
  throwIfAny('InvalidMonitoredData', monitoringProblems(endpoint, KINDS[kind].captured), scope);
}

/** Refuses kinds that this engine does not analyse: their sheets do not name it. */
function refuseOtherKinds(scope: Construct, { kind }: MonitorSpec): void {
  const { engines, aspect } = KINDS[kind];
  if (engines.includes('serverless')) return;
  const analysed = Object.values(KINDS).filter((sheet) => sheet.engines.includes('serverless'));
  const allowed = `${analysed.map((sheet) => sheet.aspect).join(', ')} on serverless()`;
  const got = `serverless() for a monitor of ${aspect}`;
  const advice =
    'give this monitor engine: MonitoringEngine.modelMonitor(), which runs all four kinds in accounts that have it';
  throw new ValidationError('UnsupportedMonitorKind', [{ prop: 'engine', got, allowed, advice }], scope);
}

function isSupported(spec: MonitorSpec): spec is EndpointSpec {
  return spec.endpointInput !== undefined && spec.dataQuality !== undefined;
}

function unsupportedOptions({ batchTransformInput }: MonitorSpec): Problem[] {
  if (!batchTransformInput) return [];
  const advice = 'engine: MonitoringEngine.modelMonitor() takes it, in accounts that have it';
  const allowed = 'MonitoredData.endpoint(...) on serverless()';
  return [{ prop: 'data', got: 'MonitoredData.batchTransform(...)', allowed, advice }];
}

/** Of a name that is known at deployment only, nothing is judged. */
function excludedProblems({ dataQuality: { excludedFeatures, featureMetrics } }: EndpointSpec): Problem[] {
  const isNoName = (name: string, index: number) => name === '' || excludedFeatures.indexOf(name) !== index;
  const noNames = excludedFeatures
    .filter((name, index) => !Token.isUnresolved(name) && isNoName(name, index))
    .map((got) => ({ prop: 'excludedFeatures', got, allowed: 'a name that is not empty, once' }));
  const measured = featureMetrics
    .filter((name) => excludedFeatures.includes(name))
    .map((got) => ({ prop: 'featureMetrics', got, allowed: 'features that are not excluded' }));
  return [...noNames, ...measured];
}
