import type { Expectation } from '../result';
import { alarmAction, digest, driftAlarm, noAlarm, topicPolicy, watcher } from './alarm-links';
import { baseline, driftFound, mapState, noDrift, schedule } from './analysis-links';
import { type Facts, type Link, unmet } from './facts';
import { gatePermission, noRetraining, retrainingOnce, rule, ruleTarget } from './retraining-links';
import { missingLinks } from './template-links';

export type { Facts } from './facts';

const WITH_DRIFT: readonly Link[] = [
  baseline,
  schedule,
  mapState,
  driftFound,
  driftAlarm,
  alarmAction,
  topicPolicy,
  digest,
  rule,
  ruleTarget,
  gatePermission,
  retrainingOnce,
  watcher,
];
const WITHOUT_DRIFT: readonly Link[] = [baseline, schedule, mapState, noDrift, noAlarm, noRetraining];

/**
 * Decides the links of the chain, in order, from what was deployed and what happened. The first that is not met names the cause; what
 * follows from it is not met either.
 *
 * After a deployment that failed, the links that the templates lack and the failure itself are all there is.
 */
export function expectations(facts: Facts): Expectation[] {
  if (facts.deploymentFailure !== undefined) {
    return [...missingLinks(facts.templates), unmet('deployment', facts.deploymentFailure)];
  }
  return (facts.expectDrift ? WITH_DRIFT : WITHOUT_DRIFT).map((link) => link(facts));
}
