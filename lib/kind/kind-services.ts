import type { MonitorKindName } from './kind-sheet';

/** What SageMaker makes of a kind. */
export interface KindService {
  /** Which of SageMaker's containers runs it. */
  readonly container: 'analyzer' | 'clarify';
  /** End of the namespace of its metrics in CloudWatch. */
  readonly metricsNamespace: string;
  /** Where the model registry has its baselines. */
  readonly driftCheckBaselines: DriftCheckSources;
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
    container: 'analyzer',
    metricsNamespace: 'data-metrics',
    driftCheckBaselines: {
      member: 'ModelDataQuality',
      statistics: 'Statistics',
      constraints: ['Constraints'],
      path: 'ModelDataQuality (Statistics and Constraints)',
    },
  },
  ModelQuality: {
    container: 'analyzer',
    metricsNamespace: 'model-metrics',
    driftCheckBaselines: {
      member: 'ModelQuality',
      constraints: ['Constraints'],
      path: 'ModelQuality.Constraints',
    },
  },
  ModelBias: {
    container: 'clarify',
    metricsNamespace: 'bias-metrics',
    driftCheckBaselines: {
      member: 'Bias',
      constraints: ['PreTrainingConstraints', 'PostTrainingConstraints'],
      path: 'Bias (PreTrainingConstraints or PostTrainingConstraints)',
    },
  },
  ModelExplainability: {
    container: 'clarify',
    metricsNamespace: 'explainability-metrics',
    driftCheckBaselines: {
      member: 'Explainability',
      constraints: ['Constraints'],
      path: 'Explainability.Constraints',
    },
  },
};
