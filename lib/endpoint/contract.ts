// What the guard of rollouts and its handler share. Imports nothing.

/** The custom resource that fails where an endpoint does not run with the configuration of its deployment. */
export const ROLLOUT_GUARD_TYPE = 'Custom::SageMakerMonitoringRollout';

/** What the custom resource is told. */
export interface RolloutProperties {
  readonly EndpointName: string;
  /** that the endpoint is to run with */
  readonly EndpointConfigName: string;
}
