import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { DatasetConfig } from '../../../baseline/dataset';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import { MonitorKind } from '../../../kind/monitor-kind';
import type { BiasAnalysis } from '../../../monitor/bias-analysis';
import type { ModelBiasMonitorSpec } from '../../../monitor/kind-spec';
import { clarifyBaselineJob } from '../clarify/baseline-job';
import { biasBaselineConfig, biasMonitorConfig } from '../clarify/bias-config';
import { type ClarifyContainer, clarifyContainer, clarifyContainerProblems, inputProblems } from '../clarify/container';
import { datasetProblems } from '../clarify/dataset';
import { allowTemporaryEndpoint } from '../clarify/predictor-config';
import { jobInput } from '../job/input';
import { groundTruthInput, groundTruthProblems, windowAttributes } from '../job/merged-input';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import type { JobBlueprint, JobParts } from './blueprint';

/**
 * The jobs of a bias monitor. Its runs read captured predictions and ask no model.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelBiasJobDefinition.html
 * @internal
 */
export function modelBiasBlueprint(
  scope: Construct,
  spec: ModelBiasMonitorSpec,
  options: ModelMonitorEngineOptions,
): JobBlueprint {
  const { modelBias: labels, frequency } = spec;
  const { analysis } = labels;
  const container: ClarifyContainer = { kind: MonitorKind.MODEL_BIAS, options: options.modelBias ?? {} };
  return {
    kind: container.kind,
    container: container.options,
    labels,
    problems: problemsOf(spec, container, options),
    define: (parts) =>
      new sagemaker.CfnModelBiasJobDefinition(scope, 'JobDefinition', {
        ...parts.common,
        modelBiasAppSpecification: clarifyContainer(scope, {
          spec,
          container,
          role: parts.role,
          config: biasMonitorConfig(analysis),
          serviceMetrics: parts.serviceMetrics,
        }),
        modelBiasBaselineConfig: constraintsOf(parts),
        modelBiasJobInput: {
          ...jobInput(spec, options, { ...windowAttributes(labels, frequency), ...attributes(analysis) }),
          groundTruthS3Input: groundTruthInput(labels, spec, parts.role),
        },
        modelBiasJobOutputConfig: parts.output,
      }),
    baselineJob: (dataset, role) => {
      throwIfAny('IncompleteDataset', baselineProblems(dataset, spec), scope);
      const config = biasBaselineConfig(analysis, dataset);
      if (config.predictor && analysis.predictor) allowTemporaryEndpoint(scope, role, analysis.predictor);
      return clarifyBaselineJob(scope, { spec, container, role, config });
    },
  };
}

function problemsOf(
  spec: ModelBiasMonitorSpec,
  container: ClarifyContainer,
  options: ModelMonitorEngineOptions,
): readonly Problem[] {
  const { analysis } = spec.modelBias;
  return [
    ...clarifyContainerProblems(container, options),
    ...inputProblems(spec, analysis, columnsOf(analysis)),
    ...groundTruthProblems(spec.modelBias),
  ];
}

function constraintsOf({ baseline }: JobParts) {
  return { constraintsResource: { s3Uri: baseline.constraintsBucket.s3UrlForObject(baseline.constraintsKey) } };
}

function columnsOf({ facets, groupVariable }: BiasAnalysis): string[] {
  return [...facets.map(({ name }) => name), ...(groupVariable === undefined ? [] : [groupVariable])];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html */
function attributes({ features, prediction, probability, threshold }: BiasAnalysis) {
  return {
    featuresAttribute: features,
    inferenceAttribute: prediction,
    probabilityAttribute: probability,
    probabilityThresholdAttribute: threshold,
  };
}

function baselineProblems(dataset: DatasetConfig, spec: ModelBiasMonitorSpec): Problem[] {
  const { analysis } = spec.modelBias;
  const allowed = 'the column of the dataset that holds the prediction';
  const advice = "say it with the dataset: { columns: { prediction: '...' } }; or name a 'predictor' in the analysis";
  const predicted = dataset.columns?.prediction !== undefined || analysis.predictor !== undefined;
  return [
    ...datasetProblems(dataset, spec, analysis),
    ...(predicted ? [] : [{ prop: 'columns.prediction', got: undefined, allowed, advice }]),
  ];
}
