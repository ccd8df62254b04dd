// Names that the baseline's custom resource and its handler share. Imports types only.
import type { ConstraintOverridesConfig, DatasetFormatConfig, ObjectLocation, PrefixLocation } from '../engine/serverless/contract';

/** Environment of the handler. */
export const BASELINE_ENV = {
  /** ARN of the analysis state machine; absent where only given files are overridden */
  stateMachineArn: 'STATE_MACHINE_ARN',
} as const;

/** Properties of `Custom::SageMakerMonitoringBaseline`, as one JSON text, so that numbers stay numbers. */
export interface BaselineProperties {
  readonly ServiceToken: string;
  /** JSON of `BaselineSpec` */
  readonly Spec: string;
}

/** Either a dataset to analyse, or constraints to override. */
export interface BaselineSpec {
  readonly dataset?: { readonly location: ObjectLocation; readonly format: DatasetFormatConfig };
  readonly files?: { readonly statistics: ObjectLocation; readonly constraints: ObjectLocation };
  readonly overrides?: ConstraintOverridesConfig;
  /** the baseline goes to `{prefix}/{content hash of this spec}/` */
  readonly output: PrefixLocation;
}

/** Attributes of the custom resource. */
export const BASELINE_ATTRIBUTES = { statisticsKey: 'StatisticsKey', constraintsKey: 'ConstraintsKey' } as const;
