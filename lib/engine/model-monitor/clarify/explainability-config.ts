import type * as iam from 'aws-cdk-lib/aws-iam';
import type { DatasetConfig } from '../../../baseline/dataset';
import { type DatasetColumns, namedColumns } from '../../../baseline/dataset-columns';
import type { ShapAnalysis } from '../../../monitor/shap-analysis';
import { type ClarifyColumn, columnIndex, datasetColumn, datasetType, hasNames, isJson } from './columns';
import {
  type LocatedPredictorConfig,
  locatedPredictorConfig,
  type PredictorConfig,
  predictorConfig,
} from './predictor-config';

/** How attributions are computed, as Clarify's configuration names it. */
export interface ShapConfig {
  readonly baseline?: unknown;
  readonly num_clusters?: number;
  readonly num_samples?: number;
  readonly agg_method: string;
  readonly use_logit: boolean;
  readonly seed?: number;
  readonly save_local_shap_values: boolean;
}

/** What runs of an explainability monitor read: a subset of Clarify's configuration. */
export interface ExplainabilityMonitorConfig {
  readonly headers?: readonly string[];
  readonly methods: { readonly shap: ShapConfig; readonly report?: object };
  readonly predictor: PredictorConfig;
}

/** What the job of an explainability baseline reads. */
export interface ExplainabilityBaselineConfig extends ExplainabilityMonitorConfig {
  readonly dataset_type: string;
  readonly features?: string;
  readonly label?: ClarifyColumn;
  readonly predicted_label?: ClarifyColumn;
  readonly excluded_columns?: readonly ClarifyColumn[];
  readonly predictor: LocatedPredictorConfig;
}

/**
 * The configuration of the runs of an explainability monitor. The role may read the SHAP baseline.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-model-explainability-parameters.html
 * @internal
 */
export function explainabilityMonitorConfig(analysis: ShapAnalysis, role: iam.IRole): ExplainabilityMonitorConfig {
  const { headers, predictor } = analysis;
  return { headers, methods: { shap: shapConfig(analysis, role) }, predictor: predictorConfig(predictor) };
}

/**
 * The configuration of the job that computes the baseline of an explainability monitor. What the dataset holds beside features is no feature.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 * @internal
 */
export function explainabilityBaselineConfig(
  analysis: ShapAnalysis,
  dataset: DatasetConfig,
  role: iam.IRole,
): ExplainabilityBaselineConfig {
  const report = { name: 'report', title: 'Analysis Report' };
  return {
    dataset_type: datasetType(dataset),
    features: analysis.features,
    ...datasetColumns(analysis, dataset),
    methods: { report, shap: shapConfig(analysis, role) },
    predictor: locatedPredictorConfig(analysis.predictor, analysis),
  };
}

function shapConfig(analysis: ShapAnalysis, role: iam.IRole): ShapConfig {
  const { inlineJson, s3Uri, clusterCount } = analysis.baseline?._bind(role) ?? {};
  return {
    baseline: inlineJson === undefined ? s3Uri : JSON.parse(inlineJson),
    num_clusters: clusterCount,
    num_samples: analysis.sampleCount,
    agg_method: analysis.aggregation,
    use_logit: analysis.useLogit,
    seed: analysis.seed,
    save_local_shap_values: analysis.saveLocalValues,
  };
}

type Columns = Pick<ExplainabilityBaselineConfig, 'headers' | 'label' | 'predicted_label' | 'excluded_columns'>;

/** Features of JSON stand at a path of their own, and a header for the label is the last one. */
function datasetColumns({ headers: features }: ShapAnalysis, dataset: DatasetConfig): Columns {
  const { columns = {}, format } = dataset;
  const { label, prediction, probability } = columns;
  if (isJson(format)) {
    return label === undefined ? { headers: features } : { headers: features && [...features, 'label'], label };
  }
  const headers = hasNames(format) ? undefined : features && allHeaders(features, columns);
  const column = (name?: string) => (name === undefined ? undefined : datasetColumn(name, dataset, headers));
  const excluded = column(probability);
  return {
    headers,
    label: column(label),
    predicted_label: column(prediction),
    excluded_columns: excluded === undefined ? undefined : [excluded],
  };
}

/** The names of the features, with one for each other column where it stands: `_c3` is the fourth. */
function allHeaders(features: readonly string[], columns: DatasetColumns): string[] {
  const others = namedColumns(columns)
    .flatMap(([, name]) => columnIndex(name) ?? [])
    .sort((one, other) => one - other);
  return others.reduce<string[]>(
    (all, index) => [...all.slice(0, index), `_c${index}`, ...all.slice(index)],
    [...features],
  );
}
