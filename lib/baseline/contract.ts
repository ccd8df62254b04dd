// Names and shapes that the baseline's custom resource and its handler share. Imports types only.
import type { ObjectLocation, PrefixLocation } from '../core/contract';

/** Type of the baseline's custom resource. */
export const BASELINE_RESOURCE_TYPE = 'Custom::SageMakerMonitoringBaseline';

/** Environment of the handler. */
export const BASELINE_ENV = {
  /** ARN of the analysis state machine; absent where only given files are overridden */
  stateMachineArn: 'STATE_MACHINE_ARN',
} as const;

/** Properties of the custom resource: the specification is one JSON text, so that numbers stay numbers. */
export interface BaselineProperties {
  readonly ServiceToken: string;
  /** JSON of `BaselineSpec` */
  readonly Spec: string;
}

/** Either a dataset to analyse, or the constraints of a given baseline to override. */
export interface BaselineSpec {
  readonly dataset?: { readonly location: ObjectLocation; readonly format: DatasetFormatConfig };
  readonly constraints?: ObjectLocation;
  readonly overrides?: ConstraintOverridesConfig;
  /** the baseline goes to `{prefix}/{content hash of this spec}/` */
  readonly output: PrefixLocation;
}

/** Attributes of the custom resource; `StatisticsKey` only where a dataset was analysed. */
export const BASELINE_ATTRIBUTES = { statisticsKey: 'StatisticsKey', constraintsKey: 'ConstraintsKey' } as const;

/** As Model Monitor's `dataset_format`: one of the keys. */
export interface DatasetFormatConfig {
  readonly csv?: { readonly header: boolean };
  /** with `lines` one object a line, else a document that is an array of objects */
  readonly json?: { readonly lines: boolean };
  readonly parquet?: Record<string, never>;
}

/** Changes to the constraints of a baseline. All optional: what is absent stays as suggested. */
export interface ConstraintOverridesConfig {
  readonly datatypeCheckThreshold?: number;
  readonly domainContentThreshold?: number;
  readonly comparisonThreshold?: number;
  readonly comparisonMethod?: 'Simple' | 'Robust';
  readonly categoricalComparisonThreshold?: number;
  /** by feature name */
  readonly features?: { readonly [feature: string]: FeatureOverridesConfig };
}

/** Changes to the constraints of one feature. All optional: what is absent stays as suggested. */
export interface FeatureOverridesConfig {
  /** required share of present values, 0 to 1; wins over `completenessTolerance` */
  readonly completeness?: number;
  /** subtracted from the suggested completeness, 0 to 1; the result is not below 0 */
  readonly completenessTolerance?: number;
}
