import { Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { countProblems, lengthProblems } from '../../../core/limits';
import type { Problem } from '../../../core/validation-error';
import { ModelImage } from '../../../endpoint/model-image';
import { KINDS } from '../../../kind/kinds';
import type { MonitorKind } from '../../../kind/monitor-kind';
import type { AnalysisScript } from '../analyzer/analysis-script';
import { analyzerImageUri } from '../analyzer/image';
import type { JobParts } from '../kinds/blueprint';
import type { ServiceMetrics } from '../metric/service-metrics';
import type { AnalyzerOptions, ClarifyOptions } from './container-options';

/** Without the one that this library sets. */
const MAX_VARIABLES = 50 - 1;
const VARIABLE_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Characters of a variable's name or value, of an argument, of a part of the entry point. */
const MAX_TEXT = 256;

/**
 * What the service, or this library, sets for each run.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
 */
const RESERVED_VARIABLES = [
  'baseline_constraints',
  'baseline_statistics',
  'dataset_format',
  'dataset_source',
  'end_time',
  'output_path',
  'publish_cloudwatch_metrics',
  'sagemaker_endpoint_datacapture_prefix',
  'sagemaker_endpoint_name',
  'sagemaker_monitoring_schedule_name',
  'start_time',
];

/** The image that runs scripts, wherever it has been copied to. */
const ANALYZER_URI = /\/sagemaker-model-monitor-analyzer([:@]|$)/;

/**
 * The container of a run of SageMaker's analyzer, or of an image in its place. The role may pull it and read its scripts.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataQualityAppSpecification.html
 * @internal
 */
export function analyzerContainer(
  scope: Construct,
  options: AnalyzerOptions,
  { role, serviceMetrics }: Pick<JobParts, 'role' | 'serviceMetrics'>,
): sagemaker.CfnDataQualityJobDefinition.DataQualityAppSpecificationProperty {
  const script = (id: string, one?: AnalysisScript) => one?._bind(new Construct(scope, id), role).s3Uri;
  return {
    imageUri:
      options.imageUri === undefined ? analyzerImageUri(scope, role) : ownImageUri(scope, options.imageUri, role),
    containerEntrypoint: options.containerEntrypoint,
    containerArguments: options.containerArguments,
    environment: containerEnvironment(options, serviceMetrics),
    recordPreprocessorSourceUri: script('RecordPreprocessor', options.recordPreprocessor),
    postAnalyticsProcessorSourceUri: script('PostAnalytics', options.postAnalytics),
  };
}

/**
 * The environment of a run's container. Sources contradict each other on whether metrics are published by default, so it is said.
 *
 * @internal
 */
export function containerEnvironment(
  { environment }: ClarifyOptions,
  { isPublished }: ServiceMetrics,
): { [name: string]: string } {
  return { ...environment, publish_cloudwatch_metrics: isPublished ? 'Enabled' : 'Disabled' };
}

/**
 * The URI of an image of the user, which the role may pull.
 *
 * @internal
 */
export function ownImageUri(scope: Construct, uri: string, role: iam.IRole): string {
  return ModelImage.fromUri(uri)._bind(scope, role).imageUri;
}

/**
 * What is wrong with the container of SageMaker's analyzer.
 *
 * @internal
 */
export function analyzerProblems(kind: MonitorKind, options: AnalyzerOptions = {}): Problem[] {
  const problems = [
    ...commandProblems('containerEntrypoint', options.containerEntrypoint, 100),
    ...commandProblems('containerArguments', options.containerArguments, 50),
    ...imageProblems(options),
    ...scriptProblems(options),
    ...environmentProblems(options.environment ?? {}),
  ];
  return inOptions(kind, problems);
}

/**
 * What is wrong with the container of SageMaker Clarify.
 *
 * @internal
 */
export function clarifyProblems(kind: MonitorKind, { environment = {} }: ClarifyOptions = {}): Problem[] {
  return inOptions(kind, environmentProblems(environment));
}

/**
 * Problems of a kind's container, which is an option of the engine.
 *
 * @internal
 */
export function inOptions(kind: MonitorKind, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, prop: `${KINDS[kind].prop}.${problem.prop}` }));
}

function commandProblems(prop: string, parts: readonly string[] | undefined, maximum: number): Problem[] {
  if (parts === undefined || Token.isUnresolved(parts)) return [];
  const lengths = parts.flatMap((part, index) => lengthProblems(`${prop}[${index}]`, part, MAX_TEXT));
  return [...countProblems(prop, parts, { maximum, unit: 'texts' }), ...lengths];
}

/** An entry point is for an image of the user; scripts are for SageMaker's own, and another image would silently ignore them. */
function imageProblems(options: AnalyzerOptions): Problem[] {
  const { imageUri: uri, containerEntrypoint, containerArguments, ...others } = options;
  const { recordPreprocessor, postAnalytics, datasetPreprocessor, datasetPostAnalytics } = others;
  if (uri === undefined) {
    const allowed = "nothing without 'imageUri'";
    const advice = "SageMaker's analyzer has its own: name your image, too";
    return given({ containerEntrypoint, containerArguments }).map((prop) => ({ prop, got: 'given', allowed, advice }));
  }
  if (Token.isUnresolved(uri) || ANALYZER_URI.test(uri)) return [];
  const allowed = 'nothing with an image of your own';
  const advice = "only SageMaker's analyzer runs scripts: leave 'imageUri' out, or let the image do their work";
  const scripts = given({ recordPreprocessor, postAnalytics, datasetPreprocessor, datasetPostAnalytics });
  return scripts.map((prop) => ({ prop, got: 'given', allowed, advice }));
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html */
function scriptProblems(options: AnalyzerOptions): Problem[] {
  const { recordPreprocessor, postAnalytics, datasetPreprocessor, datasetPostAnalytics } = options;
  return [
    ...(recordPreprocessor?._problems('recordPreprocessor', 'preprocess_handler') ?? []),
    ...(postAnalytics?._problems('postAnalytics', 'postprocess_handler') ?? []),
    ...(datasetPreprocessor?._problems('datasetPreprocessor', 'preprocess_handler') ?? []),
    ...(datasetPostAnalytics?._problems('datasetPostAnalytics', 'postprocess_handler') ?? []),
  ];
}

/** Names of the props that are there. */
function given(props: { readonly [name: string]: unknown }): string[] {
  return Object.keys(props).filter((name) => props[name] !== undefined);
}

function environmentProblems(environment: { readonly [name: string]: string }): Problem[] {
  const names = Object.keys(environment);
  return [
    ...(names.length > MAX_VARIABLES
      ? countProblems('environment', names, { maximum: MAX_VARIABLES, unit: 'variables' })
      : []),
    ...names.flatMap(nameProblems),
    ...names.flatMap((name) => lengthProblems(`environment.${name}`, environment[name], MAX_TEXT)),
  ];
}

function nameProblems(name: string): Problem[] {
  const prop = 'environment';
  if (RESERVED_VARIABLES.includes(name)) {
    const advice = 'it is set for each run; take another name';
    return [{ prop, got: name, allowed: `a name other than ${RESERVED_VARIABLES.join(', ')}`, advice }];
  }
  if (Token.isUnresolved(name) || (name.length <= MAX_TEXT && VARIABLE_NAME.test(name))) return [];
  const allowed = `a name of letters, digits and _, not a digit first, at most ${MAX_TEXT} characters`;
  return [{ prop, got: name, allowed }];
}
