import type { EventRule } from '../../cloud/account/event-bus';
import type { LambdaFunction } from '../../cloud/account/functions';
import { isMembers } from '../../cloud/members';
import { counted } from '../../kind/counted';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE, type ExecutionCompletedDetail } from '../../outcome/contract';
import { GATE_ENV } from '../../retraining/contract';
import { driftedMonitors, type Facts, isForPeople, type Link, met, nameOf, unmet } from './facts';

/** A rule matched the drift, other than the one that sends the digest. */
export const rule: Link = (facts) => {
  const matched = retrainingRules(facts);
  if (matched.length > 0) {
    return met(
      'rule',
      `${matched.map(({ arn }) => facts.recorded.title(arn)).join(', ')} matches drift of ${driftedMonitors(facts).join(', ')}`,
    );
  }
  const status = driftedMonitors(facts).join(', ') || 'any monitor (no drift was found)';
  const what = `'${EVENT_DETAIL_TYPE}' of ${EVENT_SOURCE} with status CompletedWithViolations`;
  return unmet('rule', `no enabled AWS::Events::Rule beside the digest's matches ${what} of ${status}`);
};

/** The rule hands the event to a gate, or to a pipeline itself. */
export const ruleTarget: Link = (facts) => {
  const rules = retrainingRules(facts);
  const targets = startingTargets(facts);
  if (targets.length > 0) {
    return met('rule target', `${targets.map((arn) => facts.recorded.title(arn)).join(', ')}`);
  }
  const why =
    rules.length === 0
      ? 'not reached: no rule matches'
      : `${rules.map(({ arn }) => facts.recorded.title(arn)).join(', ')} hands the event to neither a gate nor a pipeline`;
  return unmet('rule target', `${why}; look at 'Targets' of the AWS::Events::Rule`);
};

/** EventBridge may invoke the gate, and the gate may do what it has to. */
export const gatePermission: Link = (facts) => {
  const { recorded } = facts;
  const targets = startingTargets(facts);
  const attempts = recorded.deliveries.filter(({ to, eventId }) => eventId !== undefined && targets.includes(to));
  const refused = attempts.find(({ delivered }) => !delivered);
  if (refused !== undefined) {
    const look = `AWS::Lambda::Permission of ${recorded.title(refused.to)} (or the target's role)`;
    return unmet(
      'gate permission',
      `${recorded.title(refused.from)} may not use ${recorded.title(refused.to)}: ${refused.reason}; look at the ${look}`,
    );
  }
  const called = gates(facts).filter(({ arn }) => targets.includes(arn));
  const denied = recorded.denied.find(({ caller }) => called.some(({ roleArn }) => roleArn === caller));
  if (denied !== undefined) {
    const { caller, action, resource, reason } = denied;
    return unmet(
      'gate permission',
      `the gate's role ${recorded.title(caller)} may not ${action} on ${resource}: ${reason}`,
    );
  }
  const failed = recorded.invocations.find(
    ({ functionArn, error }) => error !== undefined && called.some(({ arn }) => arn === functionArn),
  );
  if (failed !== undefined) {
    return unmet('gate permission', `the gate failed: ${failed.error}`);
  }
  return attempts.length === 0
    ? unmet('gate permission', 'not reached: nothing was handed to a gate')
    : met('gate permission', `${counted(attempts.length, 'delivery')} allowed (each event arrives twice)`);
};

/** The pipeline was started, and never again within the gate's cool-down. */
export const retrainingOnce: Link = (facts) => {
  const name = 'retraining exactly once';
  const { retrainings } = facts.recorded;
  const decisions = decisionsOf(facts);
  if (retrainings.length === 0) {
    return unmet(name, `no pipeline was started${decisions === '' ? '' : `; the gate said: ${decisions}`}`);
  }
  for (const pipeline of new Set(retrainings.map((started) => started.pipeline))) {
    const times = retrainings.filter((started) => started.pipeline === pipeline).map(({ time }) => Date.parse(time));
    const cooldown = cooldownOf(facts, pipeline);
    const early = times.findIndex((time, index) => index > 0 && time - (times[index - 1] ?? 0) < cooldown * 1000);
    if (early !== -1) {
      return unmet(
        name,
        `pipeline ${pipeline} was started ${times.length} times, within its cool-down of ${cooldown} s`,
      );
    }
  }
  return met(
    name,
    `${retrainings.map(({ pipeline, time }) => `${pipeline} at ${time}`).join(', ')}; the gate said: ${decisions}`,
  );
};

/** No pipeline was started. */
export const noRetraining: Link = ({ recorded }) => {
  const [first] = recorded.retrainings;
  return first === undefined
    ? met('no retraining', 'no pipeline was started')
    : unmet('no retraining', `pipeline ${first.pipeline} was started at ${first.time}`);
};

/** Rules that matched an event about drift and do more than show people what was found. */
function retrainingRules({ rules, recorded }: Facts): EventRule[] {
  const drift = recorded.matches.filter(({ event }) => {
    const detail = event.detail as Partial<ExecutionCompletedDetail>;
    return event.source === EVENT_SOURCE && detail.status === 'CompletedWithViolations';
  });
  return rules.filter(({ arn, targets }) => drift.some(({ ruleArn }) => ruleArn === arn) && !targets.some(isForPeople));
}

/** Targets of these rules that lead to a pipeline: gates, and pipelines themselves. */
function startingTargets(facts: Facts): string[] {
  const gateArns = gates(facts).map(({ arn }) => arn);
  const targets = retrainingRules(facts).flatMap((matched) => matched.targets.map(({ arn }) => arn));
  return targets.filter((arn) => gateArns.includes(arn) || leadsToPipeline({ arn }));
}

/** Whether a rule's target is a pipeline itself. */
export function leadsToPipeline({ arn }: { readonly arn: string }): boolean {
  return arn.includes(':pipeline/');
}

/** The functions that decide whether a pipeline starts. */
export function gates({ functions }: Facts): LambdaFunction[] {
  return functions.filter(({ environment }) => environment[GATE_ENV.pipelineName] !== undefined);
}

/** Seconds; without a gate there is no cool-down, and one start is all that is expected in the rehearsed time. */
function cooldownOf(facts: Facts, pipeline: string): number {
  const gate = gates(facts).find(({ environment }) => nameOf(environment[GATE_ENV.pipelineName] ?? '') === pipeline);
  const settings: unknown = JSON.parse(gate?.environment[GATE_ENV.settings] ?? '{}');
  const seconds = isMembers(settings) ? settings.cooldownSeconds : undefined;
  return typeof seconds === 'number' ? seconds : Number.POSITIVE_INFINITY;
}

/** `1 started, 3 declined (CoolDown)`: what the gates answered, most frequent last. */
function decisionsOf(facts: Facts): string {
  const counts = new Map<string, number>();
  for (const { functionArn, result } of facts.recorded.invocations) {
    if (isMembers(result) && gates(facts).some(({ arn }) => arn === functionArn)) {
      const decision = `${result.decision}${result.reason === undefined ? '' : ` (${result.reason})`}`;
      counts.set(decision, (counts.get(decision) ?? 0) + 1);
    }
  }
  return [...counts].map(([decision, count]) => `${count} ${decision}`).join(', ');
}
