import type { DatasetConfig } from '../../../baseline/dataset';
import type { BiasAnalysis } from '../../../monitor/bias-analysis';
import { type ClarifyColumn, datasetColumn, datasetType, hasNames, unnamedColumn } from './columns';
import { type LocatedPredictorConfig, locatedPredictorConfig } from './predictor-config';

/** A feature by which groups are told apart. */
export interface FacetConfig {
  readonly name_or_index: ClarifyColumn;
  readonly value_or_threshold?: readonly ClarifyColumn[];
}

/** What runs of a bias monitor read: a subset of Clarify's configuration. */
export interface BiasMonitorConfig {
  readonly headers?: readonly string[];
  readonly label: ClarifyColumn;
  readonly label_values_or_threshold: readonly ClarifyColumn[];
  readonly facet: readonly FacetConfig[];
  readonly group_variable?: ClarifyColumn;
}

/** What the job of a bias baseline reads. */
export interface BiasBaselineConfig extends BiasMonitorConfig {
  readonly dataset_type: string;
  readonly features?: string;
  readonly predicted_label?: ClarifyColumn;
  readonly probability_threshold?: number;
  readonly methods: object;
  readonly predictor?: LocatedPredictorConfig;
}

const METHODS = {
  report: { name: 'report', title: 'Analysis Report' },
  pre_training_bias: { methods: 'all' },
  post_training_bias: { methods: 'all' },
};

/**
 * The configuration of the runs of a bias monitor.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-bias-parameters.html
 * @internal
 */
export function biasMonitorConfig(analysis: BiasAnalysis): BiasMonitorConfig {
  const { headers } = analysis;
  return { headers, ...groupsOf(analysis, (name) => unnamedColumn(name, headers)) };
}

/**
 * The configuration of the job that computes the baseline of a bias monitor. Where the dataset holds predictions, no model is asked.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 * @internal
 */
export function biasBaselineConfig(analysis: BiasAnalysis, dataset: DatasetConfig): BiasBaselineConfig {
  const { features, threshold, predictor } = analysis;
  const { label, prediction } = dataset.columns ?? {};
  const headers = hasNames(dataset.format) ? undefined : analysis.headers;
  const column = (name: string) => datasetColumn(name, dataset, headers);
  return {
    dataset_type: datasetType(dataset),
    features,
    headers,
    ...groupsOf(analysis, column),
    ...(label === undefined ? {} : { label: column(label) }),
    predicted_label: prediction === undefined ? undefined : column(prediction),
    probability_threshold: threshold,
    methods: METHODS,
    predictor: prediction === undefined && predictor ? locatedPredictorConfig(predictor, analysis) : undefined,
  };
}

function groupsOf(
  { label, positiveOutcome, facets, groupVariable }: BiasAnalysis,
  column: (name: string) => ClarifyColumn,
): BiasMonitorConfig {
  return {
    label: column(label),
    label_values_or_threshold: positiveOutcome.valuesOrThreshold,
    facet: facets.map(({ name, valuesOrThreshold }) => ({
      name_or_index: column(name),
      value_or_threshold: valuesOrThreshold,
    })),
    group_variable: groupVariable === undefined ? undefined : column(groupVariable),
  };
}
