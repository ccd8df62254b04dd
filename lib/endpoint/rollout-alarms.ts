import { Duration, Token } from 'aws-cdk-lib';
import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import type { Problem } from '../core/validation-error';
import { EndpointOperations } from './endpoint-operations';
import { OperationsAlarm } from './operations-alarm';
import type { ProductionVariant } from './production-variant';
import { ASYNCHRONOUS, BY_INSTANCES, type ServedOperations } from './published-operations';
import type { Rollout } from './rollout';

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoRollbackConfig.html */
const MAX_ALARMS = 10;

/**
 * What is updated: the variants of an endpoint.
 *
 * @internal
 */
export interface UpdatedVariants {
  readonly variants: ProductionVariant[];
  readonly isAsynchronous: boolean;
}

/** What takes an update of a variant back, where nothing else is said. All that answer at once have the same time. */
function defaultAlarms({ timeout }: ServedOperations): OperationsAlarm[] {
  const period = Duration.minutes(1);
  return [
    OperationsAlarm.serverErrors({ period }),
    OperationsAlarm.modelLatency(Duration.seconds(timeout.toSeconds() / 2), { period }),
  ];
}

function alarmsOf(rollout: Rollout, isAsynchronous: boolean): OperationsAlarm[] {
  return rollout._alarms ?? defaultAlarms(isAsynchronous ? ASYNCHRONOUS : BY_INSTANCES);
}

/**
 * What is wrong with the alarms of a rollout.
 *
 * @internal
 */
export function rolloutAlarmProblems(rollout: Rollout, { variants, isAsynchronous }: UpdatedVariants): Problem[] {
  const alarms = variants.flatMap(() => alarmsOf(rollout, isAsynchronous));
  const problems: Problem[] = [];
  if (alarms.length > MAX_ALARMS) {
    const got = `${alarms.length} of ${variants.length} variants`;
    problems.push({
      prop: 'rollout.alarms',
      got,
      allowed: `at most ${MAX_ALARMS}`,
      advice: 'choose the most telling ones',
    });
  }
  const unnamed = variants.find(({ variantName }) => Token.isUnresolved(variantName));
  if (alarms.length > 0 && unnamed) {
    const allowed = "a name that is known when the app is synthesized, beside 'rollout'";
    problems.push({ prop: 'variants.variantName', got: unnamed.variantName, allowed });
  }
  if (isAsynchronous && rollout._unseen(true).leastRequests > 0) problems.push(UNPUBLISHED);
  return [...problems, ...[...new Set(alarms)].flatMap((alarm) => alarmProblems(alarm, rollout))];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html */
const UNPUBLISHED: Problem = {
  prop: 'rollout.leastRequests',
  got: "some, beside 'asyncInference'",
  allowed: 'none: an endpoint that answers into a bucket does not publish Invocations',
};

function alarmProblems({ _id: got, _needsPast, _soonest }: OperationsAlarm, { _baking }: Rollout): Problem[] {
  if (_needsPast) {
    return [{ prop: 'rollout.alarms', got, allowed: 'alarms on latency and errors', advice: _needsPast }];
  }
  if (_soonest.toSeconds() <= _baking.toSeconds()) return [];
  const advice = `it fires after ${_soonest.toHumanString()} at the soonest, and is looked at for ${_baking.toHumanString()}: shorten its periods, or bake longer`;
  return [{ prop: 'rollout.alarms', got, allowed: "alarms that fire while 'baking' lasts", advice }];
}

/** The fleet that an update makes. */
interface NewFleet extends UpdatedVariants {
  readonly endpoint: IEndpointRef;
  readonly endpointName: string;
  readonly endpointConfigName: string;
}

/**
 * Makes the alarms on the fleet that runs with a configuration: of the old one, which has another, they see nothing. Returns their names.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
 * @internal
 */
export function rolloutAlarms(scope: Construct, rollout: Rollout, fleet: NewFleet): string[] {
  return fleet.variants.flatMap((variant) => {
    const operations = operationsOf(fleet, variant)._ofNewFleet(fleet.endpointConfigName);
    const alarms = alarmsOf(rollout, fleet.isAsynchronous);
    const place = new Construct(scope, variant.variantName);
    return alarms.map((alarm) => alarm._make(place, operations).alarmName);
  });
}

function operationsOf({ endpoint, endpointName, isAsynchronous }: NewFleet, variant: ProductionVariant) {
  const { variantName } = variant;
  const options = { endpointName, variantName };
  if (isAsynchronous) return EndpointOperations.asynchronous(endpoint, options);
  return variant._capacity.instanceType === undefined
    ? EndpointOperations.serverless(endpoint, options)
    : EndpointOperations.instances(endpoint, options);
}
