import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { Problem } from '../../../core/validation-error';
import { KINDS } from '../../../kind/kinds';
import type { MonitorKind } from '../../../kind/monitor-kind';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import { clarifyProblems, containerEnvironment, ownImageUri } from '../job/container';
import type { ClarifyOptions } from '../job/container-options';
import type { ServiceMetrics } from '../metric/service-metrics';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import { AnalysisConfigFile } from './analysis-config/analysis-config-file';
import { hasNames, isJson } from './columns';
import { clarifyImageUri } from './image';

/** The container of one of Clarify's two kinds of monitor. */
export interface ClarifyContainer {
  readonly kind: MonitorKind;
  readonly options: ClarifyOptions;
}

/** What the runs of a monitor are told. */
interface ClarifyRun {
  readonly spec: MonitorSpec;
  readonly container: ClarifyContainer;
  readonly role: iam.IRole;
  readonly config: object;
  readonly serviceMetrics: ServiceMetrics;
}

/**
 * The container of a run of Clarify, or of an image in its place. The role may pull it and read its configuration.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelBiasAppSpecification.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelExplainabilityAppSpecification.html
 * @internal
 */
export function clarifyContainer(
  scope: Construct,
  { spec, container, role, config, serviceMetrics }: ClarifyRun,
): sagemaker.CfnModelBiasJobDefinition.ModelBiasAppSpecificationProperty {
  const file = new AnalysisConfigFile(scope, 'AnalysisConfig', { spec, config, reader: role });
  return {
    configUri: file.s3Uri,
    imageUri: clarifyContainerImage(scope, container, role),
    environment: containerEnvironment(container.options, serviceMetrics),
  };
}

/**
 * Clarify's image, or the one that the options name.
 *
 * @internal
 */
export function clarifyContainerImage(
  scope: Construct,
  { kind, options: { imageUri } }: ClarifyContainer,
  role: iam.IRole,
): string {
  return imageUri === undefined ? clarifyImageUri(scope, role, KINDS[kind].prop) : ownImageUri(scope, imageUri, role);
}

/**
 * What is wrong with the container, and with the network that it runs in.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-parameters.html
 * @internal
 */
export function clarifyContainerProblems(
  { kind, options }: ClarifyContainer,
  { networkIsolation }: ModelMonitorEngineOptions,
): Problem[] {
  const advice = 'give this monitor an engine of its own, without isolation; a VPC limits what its jobs can reach';
  const allowed = `false for ${KINDS[kind].prop} jobs: Clarify calls SageMaker`;
  const isolated = networkIsolation ? [{ prop: 'networkIsolation', got: true, allowed, advice }] : [];
  return [...clarifyProblems(kind, options), ...isolated];
}

/**
 * What is missing to find features in what is monitored.
 *
 * @param names of columns that the analysis has
 * @internal
 */
export function inputProblems(
  spec: MonitorSpec,
  { features, headers }: { readonly features?: string; readonly headers?: readonly string[] },
  names: readonly string[],
): Problem[] {
  const { batchTransformInput } = spec;
  const missing = batchTransformInput && isJson(batchTransformInput.format) && features === undefined;
  const unnamed = !headers && !bringsNames(spec) && names.some((name) => !/^(_c)?\d+$/.test(name));
  const path = { prop: 'analysis.features', got: undefined, allowed: 'where the features stand, as the data are JSON' };
  const advice = 'what is captured has no names; or name columns by their indices';
  const header = {
    prop: 'analysis.headers',
    got: undefined,
    allowed: `names of columns, with ${names.join(', ')}`,
    advice,
  };
  return [...(missing ? [path] : []), ...(unnamed ? [header] : [])];
}

/**
 * Whether what is monitored brings the names of its columns. An endpoint's captured data never do.
 *
 * @internal
 */
export function bringsNames({ batchTransformInput }: MonitorSpec): boolean {
  return batchTransformInput !== undefined && hasNames(batchTransformInput.format);
}
