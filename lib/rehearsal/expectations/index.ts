import type { Expectation } from '../result';
import { alarmAction, digest, driftAlarm, healthAlarm, noAlarm, topicPolicy, watcher } from './alarm-links';
import { baseline, driftFound, mapState, noDrift, outcomeTold, schedule } from './analysis-links';
import { dashboard } from './dashboard-link';
import { type Facts, type Link, unmet } from './facts';
import { page } from './page-link';
import { gatePermission, noRetraining, retrainingOnce, rule, ruleTarget } from './retraining-links';
import { execution, monitoringSchedule, reconciler } from './service-links';
import { missingLinks } from './template-links';
import { hasAlarmActions, hasDigest, hasPages, hasRetraining, hasTopic } from './unseen';

export type { Facts } from './facts';
export { unseen } from './unseen';

/** The links that an app has, in order. */
function chainOf(facts: Facts): Link[] {
  const seen = [...(hasPages(facts) ? [page] : []), ...(facts.dashboards.length > 0 ? [dashboard] : [])];
  const analysis = [baseline, ...engineLinks(facts), outcomeTold, ...seen];
  if (!facts.expectDrift) {
    return [...analysis, noDrift, healthAlarm, noAlarm, noRetraining];
  }
  return [
    ...analysis,
    driftFound,
    driftAlarm,
    ...(hasAlarmActions(facts) ? [alarmAction] : []),
    ...(hasTopic(facts) ? [topicPolicy] : []),
    ...(hasDigest(facts) ? [digest] : []),
    ...(hasRetraining(facts) ? [rule, ruleTarget, gatePermission, retrainingOnce] : []),
    healthAlarm,
    watcher,
  ];
}

/** Those of the engines that the monitors are on. */
function engineLinks({ requests, serviceMonitors }: Facts): Link[] {
  const service = [monitoringSchedule, execution, reconciler];
  const serverless = [schedule, mapState];
  return [
    ...(serviceMonitors.length > 0 ? service : []),
    ...(requests.length > 0 || serviceMonitors.length === 0 ? serverless : []),
  ];
}

/**
 * Decides the links of the chain, in order, from what was deployed and what happened. The first that is not met names the cause; what
 * follows from it is not met either.
 *
 * After a deployment that failed, the links that the templates lack and the failure itself are all there is.
 */
export function expectations(facts: Facts): Expectation[] {
  if (facts.deploymentFailure !== undefined) {
    return [...missingLinks(facts.templates), unmet('deployment', withAdvice(facts.deploymentFailure))];
  }
  return chainOf(facts).map((link) => link(facts));
}

/** Words of those who look for an object in vain; where the bucket is not there either, it is none of the app's. */
const NOT_FOUND = /there is no (data|object|bucket)|no S3 objects found|no such bucket|NoSuchKey/;
const NO_BUCKET = /there is no bucket|no such bucket/;

/** A failure, with what to do about an object that lies in a bucket of the account only. */
function withAdvice(failure: string): string {
  const [, bucket, key] = (NOT_FOUND.test(failure) && /s3:\/\/([^/\s]+)\/([^\s;:)'"]+)/.exec(failure)) || [];
  if (key === undefined) {
    return failure;
  }
  const name = NO_BUCKET.test(failure) ? `s3://${bucket}/${key}` : key;
  return `${failure}. What lies in a bucket of your account is not there in a rehearsal: give it by --object ${name}=<file>`;
}
