import type { MonitorKindName } from './kind-sheet';

/** What of an invocation a kind cannot do without. */
export interface CapturedNeeds {
  /** As SageMaker calls the sides of an invocation; none where either is enough. */
  readonly sides: readonly ('Input' | 'Output')[];
  /** Why, as a sentence about the monitor: the "advice" of an error. */
  readonly reason: string;
}

/** What SageMaker makes of a kind, and has to capture for it. */
export interface KindService {
  /** What of an invocation has to be captured for it. */
  readonly captured: CapturedNeeds;
  /** Which of SageMaker's containers runs it. */
  readonly container: 'analyzer' | 'clarify';
  /** End of the namespace of its metrics in CloudWatch. */
  readonly metricsNamespace: string;
  /** What a dashboard draws of its metrics. */
  readonly drawn: DrawnMetrics;
  /** Where the model registry has its baselines. */
  readonly driftCheckBaselines: DriftCheckSources;
}

/** Metrics of one kind as a dashboard finds them, whatever the names of features and groups. */
export interface DrawnMetrics {
  readonly title: string;
  /** That the metrics have beside those of the schedule. */
  readonly dimensions: readonly string[];
  /** What the names of the metrics that are drawn have in common; absent: all are. */
  readonly words?: string;
  readonly statistic: 'Maximum' | 'Average';
}

/**
 * Where a version of a model has the baseline of a kind.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DriftCheckBaselines.html
 */
export interface DriftCheckSources {
  /** Of `DriftCheckBaselines`. */
  readonly member: 'ModelDataQuality' | 'ModelQuality' | 'Bias' | 'Explainability';
  /** Member of that one; absent where the kind compares no statistics. */
  readonly statistics?: 'Statistics';
  /** Members of that one: several are parts of one file, of which at least one is there. */
  readonly constraints: readonly ('Constraints' | 'PreTrainingConstraints' | 'PostTrainingConstraints')[];
  /** All of that in words, for an error. */
  readonly path: string;
}

/** What SageMaker makes of every kind: a kind without does not compile. What runs beside it has no need of it. */
export const KIND_SERVICES: { readonly [kind in MonitorKindName]: KindService } = {
  DataQuality: {
    captured: { sides: [], reason: 'it compares the columns that are captured' },
    container: 'analyzer',
    metricsNamespace: 'data-metrics',
    drawn: { title: 'Drift by feature', dimensions: [], words: 'feature_baseline_drift', statistic: 'Maximum' },
    driftCheckBaselines: {
      member: 'ModelDataQuality',
      statistics: 'Statistics',
      constraints: ['Constraints'],
      path: 'ModelDataQuality (Statistics and Constraints)',
    },
  },
  ModelQuality: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
    captured: { sides: ['Output'], reason: 'it compares predictions with labels' },
    container: 'analyzer',
    metricsNamespace: 'model-metrics',
    drawn: { title: 'Quality of predictions', dimensions: [], statistic: 'Average' },
    driftCheckBaselines: {
      member: 'ModelQuality',
      constraints: ['Constraints'],
      path: 'ModelQuality.Constraints',
    },
  },
  ModelBias: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift.html
    captured: { sides: ['Input', 'Output'], reason: 'it compares predictions between groups, which are features' },
    container: 'clarify',
    metricsNamespace: 'bias-metrics',
    drawn: {
      title: 'Bias by group',
      dimensions: ['BiasStage', 'Label', 'LabelValue', 'Facet', 'FacetValue'],
      statistic: 'Average',
    },
    driftCheckBaselines: {
      member: 'Bias',
      constraints: ['PreTrainingConstraints', 'PostTrainingConstraints'],
      path: 'Bias (PreTrainingConstraints or PostTrainingConstraints)',
    },
  },
  ModelExplainability: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html
    captured: { sides: ['Input'], reason: 'it asks the model again about the features' },
    container: 'clarify',
    metricsNamespace: 'explainability-metrics',
    drawn: {
      title: 'Attributions of features',
      dimensions: ['ExplainabilityMethod', 'Label', 'ValueType'],
      statistic: 'Average',
    },
    driftCheckBaselines: {
      member: 'Explainability',
      constraints: ['Constraints'],
      path: 'Explainability.Constraints',
    },
  },
};
