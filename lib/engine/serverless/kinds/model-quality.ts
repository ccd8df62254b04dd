import type { Construct } from 'constructs';
import type { ModelProblemSettings } from '../../../baseline/contract';
import { besides, CsvDelimiter, type DatasetConfig, DatasetEncoding } from '../../../baseline/dataset';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import type { ModelQualityMonitorSpec } from '../../../monitor/kind-spec';
import type { ModelProblem } from '../../../monitor/model-problem';
import { missingColumns } from '../../../monitor/prediction-columns';
import type { AnalysisBlueprint, DatasetReading } from './blueprint';
import { grantLabels, labelsRequest } from './labels';
import { otherReadings } from './other-readings';

/**
 * The analysis of a model-quality monitor.
 *
 * @internal
 */
export function modelQualityBlueprint(scope: Construct, spec: ModelQualityMonitorSpec): AnalysisBlueprint {
  const { modelQuality: labels } = spec;
  const { problem } = labels;
  return {
    unsupported: otherReadings(spec),
    request: { labels: labelsRequest(scope, labels, spec), problem: problemSettings(problem) },
    grantReading: (machine) => grantLabels(labels, machine),
    datasetReading: (dataset) => datasetReading(scope, dataset, problem),
  };
}

/** A problem as analyses take it. */
function problemSettings({ problemType, prediction, probability, threshold }: ModelProblem): ModelProblemSettings {
  return {
    type: problemType as ModelProblemSettings['type'], // jsii has no unions of texts
    inferenceAttribute: prediction,
    probabilityAttribute: probability,
    probabilityThreshold: threshold,
  };
}

function datasetReading(scope: Construct, dataset: DatasetConfig, problem: ModelProblem): DatasetReading {
  throwIfAny('UnsupportedDataset', formatProblems(dataset), scope);
  throwIfAny('IncompleteDataset', missingColumns(problem, dataset.columns), scope);
  const { label = '', prediction, probability } = dataset.columns ?? {};
  const attributes = {
    inferenceAttribute: problem.prediction && prediction,
    probabilityAttribute: problem.probability && probability,
  };
  return { predictions: { problem: { ...problemSettings(problem), ...attributes }, label } };
}

/** Predictions and labels are columns of plain CSV. */
function formatProblems({ format, delimiter, encoding, columnTypes, textValues }: DatasetConfig): Problem[] {
  const asked = {
    format: besides('csv', format.name),
    delimiter: besides(CsvDelimiter.COMMA, delimiter),
    encoding: besides(DatasetEncoding.UTF_8, encoding),
    columnTypes,
    textValues,
  };
  const allowed =
    'CSV in UTF-8 with commas, and nothing of its other columns, for a baseline of model quality on serverless()';
  const advice = 'write predictions and labels so: no other column is looked at';
  return Object.entries(asked)
    .filter(([, got]) => got !== undefined)
    .map(([prop, got]) => ({ prop, got, allowed, advice }));
}
