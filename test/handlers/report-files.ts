import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { KINDS } from '../../lib/kind/kinds';

/** The name of a kind's file of what it measured. */
export const measuredFile = (kind: MonitorKindName): string => KINDS[kind].report.measured.file;

/** The files of a run of one kind, as SageMaker's containers write them, with numbers made up. */
export interface ReportFiles {
  readonly violations: { readonly version?: string; readonly violations: object[] };
  /** `statistics.json` or `analysis.json`, as the kind's container calls it */
  readonly measured: object;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html */
const DATA_QUALITY: ReportFiles = {
  measured: {
    version: 0,
    dataset: { item_count: 420 },
    features: [
      {
        name: 'tenure',
        inferred_type: 'Fractional',
        numerical_statistics: { common: { num_present: 420, num_missing: 0 }, mean: 31.5 },
      },
    ],
  },
  violations: {
    violations: [
      {
        feature_name: 'tenure',
        constraint_check_type: 'data_type_check',
        description:
          'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 98.8095238095238% of data is Integral.',
      },
      {
        feature_name: 'charge',
        constraint_check_type: 'baseline_drift_check',
        description: 'Baseline drift distance: 0.3125 exceeds threshold: 0.1',
      },
      {
        feature_name: 'Extra columns',
        constraint_check_type: 'extra_column_check',
        description:
          'There are extra columns in current dataset. Number of columns in current dataset: 9, Number of columns in baseline constraints: 8',
      },
    ],
  },
};

/** The rates are camelCase here, and snake_case in constraints and metrics. @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html */
const MODEL_QUALITY: ReportFiles = {
  measured: {
    version: 0,
    dataset: { item_count: 317, start_time: '2026-03-04T08:00:00Z', end_time: '2026-03-04T09:00:00Z' },
    binary_classification_metrics: { auc: { value: 0.512, standard_deviation: 0.004 } },
  },
  violations: {
    violations: [
      {
        constraint_check_type: 'LessThanThreshold',
        description: "Metric auc with 0.512390625 +/- 0.004121 was LessThanThreshold '0.8906171875'",
        metric_name: 'auc',
      },
      {
        constraint_check_type: 'GreaterThanThreshold',
        description: "Metric falsePositiveRate with 0.25 +/- 0.015 was GreaterThanThreshold '0.0625'",
        metric_name: 'falsePositiveRate',
      },
    ],
  },
};

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-violations.html */
const MODEL_BIAS: ReportFiles = {
  measured: {
    version: '1.0',
    post_training_bias_metrics: {
      label: 'Target',
      facets: {
        Sex: [{ value_or_threshold: '0', metrics: [{ name: 'CDDPL', description: 'CDDPL', value: 0.375 }] }],
      },
      label_value_or_threshold: '1',
    },
  },
  violations: {
    version: '1.0',
    violations: [
      {
        constraint_check_type: 'bias_drift_check',
        description: "Metric value 0.375 doesn't meet the baseline constraint requirement 0.28125",
        facet: 'Sex',
        facet_value: '0',
        metric_name: 'CDDPL',
      },
      {
        constraint_check_type: 'bias_drift_check',
        description: "Metric value -Infinity doesn't meet the baseline constraint requirement -0.5",
        facet: 'Age',
        facet_value: '(40.0, 90.0]',
        metric_name: 'DCA',
      },
    ],
  },
};

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-model-attribution-drift-violations.html */
const MODEL_EXPLAINABILITY: ReportFiles = {
  measured: {
    version: '1.0',
    explanations: { kernel_shap: { label0: { global_shap_values: { tenure: 0.0625 }, expected_value: 0.21 } } },
  },
  violations: {
    version: '1.0',
    violations: [
      {
        label: 'label0',
        metric_name: 'shap',
        constraint_check_type: 'feature_attribution_drift_check',
        description: 'Feature attribution drift 0.8125 exceeds threshold 0.9',
      },
    ],
  },
};

export const REPORT_FILES: { readonly [kind in MonitorKindName]: ReportFiles } = {
  DataQuality: DATA_QUALITY,
  ModelQuality: MODEL_QUALITY,
  ModelBias: MODEL_BIAS,
  ModelExplainability: MODEL_EXPLAINABILITY,
};

/** What a run of one kind that violated nothing leaves, by file name: text, as a container writes it. */
export function quietFiles(kind: MonitorKindName): Record<string, string> {
  const files = { [measuredFile(kind)]: REPORT_FILES[kind].measured, 'constraint_violations.json': { violations: [] } };
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)]));
}
