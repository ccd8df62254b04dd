import type { Construct } from 'constructs';
import type { ModelProblemSettings } from '../../../baseline/contract';
import type { DatasetConfig } from '../../../baseline/dataset';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import type { ModelQualityMonitorSpec } from '../../../monitor/kind-spec';
import type { ModelProblem } from '../../../monitor/model-problem';
import { missingColumns } from '../../../monitor/prediction-columns';
import type { AnalysisBlueprint, DatasetReading } from './blueprint';
import { columnNameProblems, hasColumns } from './columns-of-data';
import { labelledDatasetProblems } from './labelled-dataset';
import { grantLabels, labelsRequest } from './labels';

/**
 * The analysis of a model-quality monitor.
 *
 * @internal
 */
export function modelQualityBlueprint(scope: Construct, spec: ModelQualityMonitorSpec): AnalysisBlueprint {
  const { modelQuality: labels } = spec;
  const { problem, decay, signalMetrics } = labels;
  return {
    unsupported: hasColumns(spec) ? attributeProblems(problem) : [],
    leavesExtracts: true,
    request: {
      labels: labelsRequest(scope, labels, spec),
      problem: problemSettings(problem),
      decay: decay?._settings,
      signalMetrics: signalMetrics || undefined,
    },
    grantReading: (machine) => grantLabels(labels, machine),
    datasetReading: (dataset) => datasetReading(scope, dataset, spec),
  };
}

/** Attributes are names of columns, where rows have some. */
function attributeProblems({ prediction, probability, probabilities }: ModelProblem): Problem[] {
  const ofLabels = Object.entries(probabilities ?? {}).map(([label, got]) => [`probabilities.${label}`, got] as const);
  return [...Object.entries({ prediction, probability }), ...ofLabels].flatMap(([prop, got]) =>
    columnNameProblems({ prop: `problem.${prop}`, got }),
  );
}

/** A problem as analyses take it. */
function problemSettings({
  problemType,
  prediction,
  probability,
  probabilities,
  threshold,
}: ModelProblem): ModelProblemSettings {
  return {
    type: problemType as ModelProblemSettings['type'], // jsii has no unions of texts
    inferenceAttribute: prediction,
    probabilityAttribute: probability,
    probabilityAttributes: probabilities,
    probabilityThreshold: threshold,
  };
}

function datasetReading(scope: Construct, dataset: DatasetConfig, spec: ModelQualityMonitorSpec): DatasetReading {
  const { problem } = spec.modelQuality;
  throwIfAny('UnsupportedDataset', labelledDatasetProblems(dataset, spec), scope);
  throwIfAny('IncompleteDataset', missingColumns(problem, dataset.columns), scope);
  const { label = '', prediction, probability, probabilities = {} } = dataset.columns ?? {};
  const attributes = {
    inferenceAttribute: problem.prediction && prediction,
    probabilityAttribute: problem.probability && probability,
    probabilityAttributes:
      problem.probabilities &&
      Object.fromEntries(Object.keys(problem.probabilities).map((each) => [each, probabilities[each]])),
  };
  return { predictions: { problem: { ...problemSettings(problem), ...attributes }, label } };
}
