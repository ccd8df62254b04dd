import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { throwIfAny } from '../../../core/validation-error';
import { MonitorKind } from '../../../kind/monitor-kind';
import type { ModelExplainabilityMonitorSpec } from '../../../monitor/kind-spec';
import type { ShapAnalysis } from '../../../monitor/shap-analysis';
import { clarifyBaselineJob } from '../clarify/baseline-job';
import { type ClarifyContainer, clarifyContainer, clarifyContainerProblems, inputProblems } from '../clarify/container';
import { datasetProblems } from '../clarify/dataset';
import { explainabilityBaselineConfig, explainabilityMonitorConfig } from '../clarify/explainability-config';
import { allowTemporaryEndpoint } from '../clarify/predictor-config';
import { jobInput } from '../job/input';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import type { JobBlueprint } from './blueprint';

/**
 * The jobs of an explainability monitor. Each of them asks the model, by an endpoint that Clarify starts and deletes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelExplainabilityJobDefinition.html
 * @internal
 */
export function modelExplainabilityBlueprint(
  scope: Construct,
  spec: ModelExplainabilityMonitorSpec,
  options: ModelMonitorEngineOptions,
): JobBlueprint {
  const { analysis } = spec.modelExplainability;
  const container: ClarifyContainer = {
    kind: MonitorKind.MODEL_EXPLAINABILITY,
    options: options.modelExplainability ?? {},
  };
  return {
    kind: container.kind,
    container: container.options,
    problems: [...clarifyContainerProblems(container, options), ...inputProblems(spec, analysis, [])],
    define: ({ common, role, baseline, output, serviceMetrics }) => {
      const config = explainabilityMonitorConfig(analysis, role);
      allowTemporaryEndpoint(scope, role, analysis.predictor);
      return new sagemaker.CfnModelExplainabilityJobDefinition(scope, 'JobDefinition', {
        ...common,
        modelExplainabilityAppSpecification: clarifyContainer(scope, { spec, container, role, config, serviceMetrics }),
        modelExplainabilityBaselineConfig: {
          constraintsResource: { s3Uri: baseline.constraintsBucket.s3UrlForObject(baseline.constraintsKey) },
        },
        modelExplainabilityJobInput: jobInput(spec, options, attributes(analysis)),
        modelExplainabilityJobOutputConfig: output,
      });
    },
    baselineJob: (dataset, role) => {
      throwIfAny('IncompleteDataset', datasetProblems(dataset, spec, analysis), scope);
      const config = explainabilityBaselineConfig(analysis, dataset, role);
      allowTemporaryEndpoint(scope, role, analysis.predictor);
      return clarifyBaselineJob(scope, { spec, container, role, config });
    },
  };
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html */
function attributes({ features, prediction, probability }: ShapAnalysis) {
  return { featuresAttribute: features, inferenceAttribute: prediction, probabilityAttribute: probability };
}
