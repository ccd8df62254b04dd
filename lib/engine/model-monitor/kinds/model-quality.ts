import { Tokenization } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { type DatasetConfig, datasetFormatOf } from '../../../baseline/dataset';
import { lengthProblems } from '../../../core/limits';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import { MonitorKind } from '../../../kind/monitor-kind';
import type { ModelQualityMonitorSpec } from '../../../monitor/kind-spec';
import type { ModelProblem } from '../../../monitor/model-problem';
import { missingColumns } from '../../../monitor/prediction-columns';
import { analyzerBaselineJob } from '../analyzer/baseline-job';
import { analyzerContainer, analyzerProblems, inOptions } from '../job/container';
import type { AnalyzerOptions } from '../job/container-options';
import { jobInput } from '../job/input';
import { groundTruthInput, groundTruthProblems, windowAttributes } from '../job/merged-input';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import type { JobBlueprint } from './blueprint';

/** Characters of the value of an environment variable. */
const MAX_VALUE = 256;

/**
 * What the service tells the analyzer of the problem, by environment variables.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/blob/v3.20.0/sagemaker-core/src/sagemaker/core/model_monitor/model_monitoring.py
 */
const PROBLEM_VARIABLES = [
  'analysis_type',
  'ground_truth_attribute',
  'inference_attribute',
  'probability_attribute',
  'probability_threshold_attribute',
  'problem_type',
];

/**
 * The jobs of a model-quality monitor.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelQualityJobDefinition.html
 * @internal
 */
export function modelQualityBlueprint(
  scope: Construct,
  spec: ModelQualityMonitorSpec,
  options: ModelMonitorEngineOptions,
): JobBlueprint {
  const { modelQuality: labels, frequency } = spec;
  const { problem } = labels;
  const container = options.modelQuality ?? {};
  return {
    kind: MonitorKind.MODEL_QUALITY,
    container,
    labels,
    problems: [
      ...analyzerProblems(MonitorKind.MODEL_QUALITY, container),
      ...variableProblems(container),
      ...groundTruthProblems(labels),
    ],
    define: ({ common, role, baseline, output, serviceMetrics }) =>
      new sagemaker.CfnModelQualityJobDefinition(scope, 'JobDefinition', {
        ...common,
        modelQualityAppSpecification: {
          ...analyzerContainer(scope, container, { role, serviceMetrics }),
          problemType: problem.problemType,
        },
        modelQualityBaselineConfig: {
          constraintsResource: { s3Uri: baseline.constraintsBucket.s3UrlForObject(baseline.constraintsKey) },
        },
        modelQualityJobInput: {
          ...jobInput(spec, options, { ...windowAttributes(labels, frequency), ...predictionAttributes(problem) }),
          groundTruthS3Input: groundTruthInput(labels, spec, role),
        },
        modelQualityJobOutputConfig: output,
      }),
    baselineJob: (dataset, role) => {
      const environment = baselineEnvironment(scope, problem, dataset);
      return analyzerBaselineJob(scope, { container, role, format: datasetFormatOf(dataset), environment });
    },
  };
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html */
function predictionAttributes({ prediction, probability, threshold }: ModelProblem) {
  return {
    inferenceAttribute: prediction,
    probabilityAttribute: probability,
    probabilityThresholdAttribute: threshold,
  };
}

function variableProblems({ environment = {} }: AnalyzerOptions): Problem[] {
  const advice = 'it is set for each run; take another name';
  const allowed = `a name other than ${PROBLEM_VARIABLES.join(', ')}`;
  const names = Object.keys(environment).filter((name) => PROBLEM_VARIABLES.includes(name));
  const problems = names.map((got) => ({ prop: 'environment', got, allowed, advice }));
  return inOptions(MonitorKind.MODEL_QUALITY, problems);
}

/** What the analyzer is told of a dataset: the columns that stand for what the problem names of the captured data. */
function baselineEnvironment(
  scope: Construct,
  problem: ModelProblem,
  dataset: DatasetConfig,
): { readonly [name: string]: string } {
  const { label, prediction, probability } = dataset.columns ?? {};
  throwIfAny('IncompleteDataset', columnProblems(problem, dataset), scope);
  return definedOnly({
    analysis_type: 'MODEL_QUALITY',
    problem_type: problem.problemType,
    ground_truth_attribute: label,
    inference_attribute: problem.prediction && prediction,
    probability_attribute: problem.probability && probability,
    probability_threshold_attribute:
      problem.threshold === undefined ? undefined : Tokenization.stringifyNumber(problem.threshold),
  });
}

function columnProblems(problem: ModelProblem, { columns = {} }: DatasetConfig): Problem[] {
  const { label, prediction, probability } = columns;
  const named = {
    label,
    prediction: problem.prediction && prediction,
    probability: problem.probability && probability,
  };
  const lengths = Object.entries(named).flatMap(([name, got]) =>
    got ? lengthProblems(`columns.${name}`, got, MAX_VALUE) : [],
  );
  return [...missingColumns(problem, columns), ...lengths];
}

function definedOnly(values: { readonly [name: string]: string | undefined }): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
