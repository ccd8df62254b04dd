// What the guard of rollouts and its handler share. Imports nothing.

/** The custom resource that fails where an endpoint does not run with the configuration of its deployment. */
export const ROLLOUT_GUARD_TYPE = 'Custom::SageMakerMonitoringRollout';

/** What the custom resource is told. */
export interface RolloutProperties {
  readonly EndpointName: string;
  /** that the endpoint is to run with */
  readonly EndpointConfigName: string;
  /** the production variants whose requests are counted while they bake; none are where absent */
  readonly VariantNames?: readonly string[];
  /** as CloudFormation writes numbers */
  readonly LeastRequests?: string;
  /** to which a bake that saw fewer is told */
  readonly TopicArn?: string;
}

/** Detail type of the event with which the update of an endpoint with a rollout ends, where it was not taken back; its source is that of runs. */
export const ROLLOUT_ENDED = 'Model Endpoint Rollout Ended';

/** What an update that stays has come to: a fleet that was asked too little while it baked, or of which nobody could say how much, is `BakedUnseen`. */
export type RolloutOutcome = 'Baked' | 'BakedUnseen';

/** `detail` of the event with which an update ends. */
export interface RolloutEndedDetail {
  readonly version: '1';
  readonly endpointName: string;
  readonly endpointConfigName: string;
  readonly outcome: RolloutOutcome;
  /** to the new fleet, until it was the only one; absent where CloudWatch could not say */
  readonly requests?: number;
  readonly leastRequests: number;
}
