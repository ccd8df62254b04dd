import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BiasQuestionSettings, DividedBySettings } from '../../../baseline/contract';
import type { DatasetConfig } from '../../../baseline/dataset';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import { KINDS } from '../../../kind/kinds';
import type { BiasAnalysis } from '../../../monitor/bias-analysis';
import type { ModelBiasMonitorSpec } from '../../../monitor/kind-spec';
import { rowsPath } from '../../../monitor/record-format';
import type { GroupsRequest } from '../contract';
import type { AnalysisBlueprint, DatasetReading } from './blueprint';
import { columnNameProblems, featuresProblems, hasColumns } from './columns-of-data';
import { labelledDatasetProblems } from './labelled-dataset';
import { grantLabels, labelsRequest } from './labels';

/** Above which 1 is predicted, as SageMaker decides. */
const DEFAULT_THRESHOLD = 0.5;

/**
 * The analysis of a bias monitor. Its runs read captured predictions and ask no model.
 *
 * @internal
 */
export function modelBiasBlueprint(scope: Construct, spec: ModelBiasMonitorSpec): AnalysisBlueprint {
  const { modelBias: labels } = spec;
  const { analysis } = labels;
  const isOfColumns = hasColumns(spec);
  return {
    unsupported: [...(isOfColumns ? namesProblems(analysis) : pathsProblems(analysis)), ...analysisProblems(analysis)],
    leavesExtracts: true,
    request: { labels: labelsRequest(scope, labels, spec), groups: groupsRequest(analysis, isOfColumns) },
    grantReading: (machine) => grantLabels(labels, machine),
    datasetReading: (dataset) => datasetReading(scope, dataset, spec),
  };
}

/** Undefined for an analysis that is refused. */
function groupsRequest(analysis: BiasAnalysis, isOfColumns: boolean): GroupsRequest | undefined {
  const { prediction, probability, threshold = DEFAULT_THRESHOLD, headers, features } = analysis;
  const attribute = prediction ?? probability;
  const predicted = isOfColumns && attribute !== undefined ? { name: attribute } : placeOf(attribute);
  if (!predicted) return undefined;
  const path = features === undefined ? undefined : rowsPath(features);
  const isProbability = prediction === undefined;
  const above = isProbability ? threshold : undefined;
  return { question: questionOf(analysis), features: path, headers, predicted, threshold: above };
}

/** A column by its index, or what stands at a path. */
function placeOf(attribute = ''): GroupsRequest['predicted'] | undefined {
  const [, index] = /^(?:_c)?(\d+)$/.exec(attribute) ?? [];
  if (index !== undefined) return { column: Number(index) };
  const path = rowsPath(attribute);
  return path && { path };
}

function questionOf({ facets, label, positiveOutcome, groupVariable }: BiasAnalysis): BiasQuestionSettings {
  return {
    facets: facets.map(({ name, valuesOrThreshold, _threshold }) => ({
      name,
      by: valuesOrThreshold && dividedBy(valuesOrThreshold, _threshold),
    })),
    label,
    positive: dividedBy(positiveOutcome.valuesOrThreshold, positiveOutcome._threshold),
    group: groupVariable,
  };
}

const dividedBy = (values: (string | number)[], threshold: number | undefined): DividedBySettings =>
  threshold === undefined ? { values } : { threshold };

/** What says where the prediction stands, and what it says. */
const predictedPlace = ({ prediction, probability }: BiasAnalysis) =>
  prediction === undefined && probability !== undefined
    ? { prop: 'analysis.probability', got: probability }
    : { prop: 'analysis.prediction', got: prediction };

function namesProblems(analysis: BiasAnalysis): Problem[] {
  return [...columnNameProblems(predictedPlace(analysis)), ...featuresProblems(analysis.features)];
}

function pathsProblems(analysis: BiasAnalysis): Problem[] {
  const { features } = analysis;
  const predicted = predictedPlace(analysis);
  const path = "keys with dots between them, [*] at most once, as 'predictions[*].label'";
  const isPlace = predicted.got === undefined || placeOf(predicted.got);
  return [
    ...(isPlace ? [] : [{ ...predicted, allowed: `an index of CSV, or ${path}` }]),
    ...(features === undefined || rowsPath(features)
      ? []
      : [{ prop: 'analysis.features', got: features, allowed: path }]),
  ];
}

function analysisProblems({ prediction, probability, predictor }: BiasAnalysis): Problem[] {
  const unnamed: Problem = {
    prop: 'analysis.prediction',
    got: undefined,
    allowed: 'where the predicted label stands in what the model answers, or analysis.probability',
    advice: "as '0' for the first column of CSV: serverless() does not guess what an answer means",
  };
  const asked: Problem = {
    prop: 'analysis.predictor',
    got: 'a Predictor',
    allowed: 'nothing on serverless(), which asks no model',
    advice: 'write predictions into the dataset of the baseline, and leave it out',
  };
  const isUnnamed = prediction === undefined && probability === undefined;
  return [...(isUnnamed ? [unnamed] : []), ...(predictor ? [asked] : [])];
}

function datasetReading(scope: Construct, dataset: DatasetConfig, spec: ModelBiasMonitorSpec): DatasetReading {
  const { analysis } = spec.modelBias;
  throwIfAny('UnsupportedDataset', labelledDatasetProblems(dataset, spec), scope);
  throwIfAny('IncompleteDataset', columnProblems(dataset, analysis), scope);
  const { label = analysis.label, prediction, probability } = dataset.columns ?? {};
  const { threshold = DEFAULT_THRESHOLD, headers } = analysis;
  const predicted = prediction ?? probability ?? '';
  const places = {
    label,
    predicted,
    threshold: prediction === undefined ? threshold : undefined,
    headers: dataset.format.header ? undefined : headers,
  };
  return { groups: { question: questionOf(analysis), places }, onlyFile: KINDS[spec.kind].baseline.constraintsFile };
}

/** Columns of CSV without a header have the names that the analysis gives them, or their places. */
function columnProblems({ columns = {}, format }: DatasetConfig, analysis: BiasAnalysis): Problem[] {
  const { label = analysis.label, prediction, probability } = columns;
  const unpredicted: Problem = {
    prop: 'columns.prediction',
    got: undefined,
    allowed: 'the column of the dataset that holds the prediction, or columns.probability',
    advice: "say it with the dataset: { columns: { prediction: '...' } }",
  };
  if (prediction === undefined && probability === undefined) return [unpredicted];
  const { facets, groupVariable, headers = [] } = analysis;
  const names = [label, prediction ?? probability, groupVariable, ...facets.map(({ name }) => name)];
  const isPlace = (name: string) => Token.isUnresolved(name) || /^(_c)?\d+$/.test(name) || headers.includes(name);
  const unknown = names.filter((name) => name !== undefined && !format.header && !isPlace(name));
  return unknown.map((got) => ({
    prop: 'columns',
    got,
    allowed: '_c0, _c1 and so on, or names of analysis.headers, as the dataset has no header',
  }));
}
