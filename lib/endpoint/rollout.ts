import { Duration } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { DURATION, TOPIC } from '../core/cdk-shapes';
import { instance, list, NUMBER, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { CapacitySize } from './capacity-size';
import { OperationsAlarm } from './operations-alarm';
import { bakingProblems, durationProblems, leastRequestsProblems, type Waits } from './rollout-waits';

/** How an update of an endpoint is watched, and taken back. */
export interface RolloutOptions {
  /**
   * How long each step is watched before the next one, and the whole new fleet before the old one goes; 1 to 60 whole minutes. Alarms are looked at meanwhile, and at no
   * other time.
   *
   * @default Duration.minutes(10)
   */
  readonly baking?: Duration;

  /**
   * What takes the update back: alarms on the new fleet of each production variant, on latency and errors; of all variants together at most 10. An empty list takes back
   * nothing.
   *
   * @default - errors of the server, and answers that take longer than half of the time that SageMaker waits for them, in three of three minutes
   */
  readonly alarms?: OperationsAlarm[];

  /**
   * After which time SageMaker gives the update up, and takes it back: 10 minutes to 8 hours, more than all baking together.
   *
   * @default - SageMaker decides
   */
  readonly maxExecutionTimeout?: Duration;

  /**
   * The name that the endpoint has, where its props do not say it. Give it for an endpoint that is deployed under a name which CloudFormation chose: naming it in
   * its props would replace it.
   *
   * @default - `endpointName` of the endpoint
   */
  readonly endpointName?: string;

  /**
   * How many requests the new fleet has to get while it bakes, for its alarms to have seen anything; a whole number, 0 or more. With fewer the update stays and ends as `BakedUnseen`, which an event tells, and
   * `notificationTopic`. 0 looks at nothing. Endpoints that answer into a bucket publish no such number.
   *
   * @default 20, of an endpoint that answers into a bucket 0
   */
  readonly leastRequests?: number;

  /**
   * Receives a message about an update that ends as `BakedUnseen`.
   *
   * @default - the event alone tells it
   */
  readonly notificationTopic?: sns.ITopic;
}

/** How an update that replaces instances batch by batch is watched, and taken back. */
export interface RollingRolloutOptions extends RolloutOptions {
  /**
   * How much is taken back at once.
   *
   * @default - all of it
   */
  readonly rollbackBatchSize?: CapacitySize;
}

const OPTIONS: Shapes<RolloutOptions> = {
  baking: optional(DURATION),
  alarms: optional(list(instance(OperationsAlarm))),
  maxExecutionTimeout: optional(DURATION),
  endpointName: optional(TEXT),
  leastRequests: optional(NUMBER),
  notificationTopic: optional(TOPIC),
};
const SIZE = instance(CapacitySize);

/**
 * How an endpoint is updated: which part of the traffic the new fleet gets when, how long it is watched, and what takes the update back.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html
 *
 * @example
 * Rollout.canary(CapacitySize.percent(10), { baking: Duration.minutes(15) });
 */
export class Rollout {
  /**
   * A new fleet takes all traffic at once, and is watched beside the old one. Needs twice the instances meanwhile.
   *
   * @param options baking, alarms
   */
  public static allAtOnce(options: RolloutOptions = {}): Rollout {
    requireProps({ options }, { options: struct(OPTIONS) });
    return new Rollout(options, { name: 'allAtOnce' }, ({ wait }) => ({
      blueGreenUpdatePolicy: blueGreen(options, { type: 'ALL_AT_ONCE', waitIntervalInSeconds: 0 }, wait),
    }));
  }

  /**
   * A new fleet takes a part of the traffic, is watched, takes the rest, and is watched. Needs twice the instances meanwhile.
   *
   * @param size the part, at most 50 percent of each variant
   * @param options baking, alarms
   */
  public static canary(size: CapacitySize, options: RolloutOptions = {}): Rollout {
    requireProps({ size, options }, { size: SIZE, options: struct(OPTIONS) });
    return new Rollout(options, { name: 'canary', size, least: 0, most: 50 }, ({ wait }) => ({
      blueGreenUpdatePolicy: blueGreen(
        options,
        { type: 'CANARY', canarySize: size._property, waitIntervalInSeconds: wait },
        wait,
      ),
    }));
  }

  /**
   * A new fleet takes the traffic in steps of one size, and is watched after each. Needs twice the instances meanwhile.
   *
   * @param stepSize 10 to 50 percent of each variant
   * @param options baking, alarms
   */
  public static linear(stepSize: CapacitySize, options: RolloutOptions = {}): Rollout {
    requireProps({ stepSize, options }, { stepSize: SIZE, options: struct(OPTIONS) });
    return new Rollout(options, { name: 'linear', size: stepSize, least: 10, most: 50 }, ({ wait }) => ({
      blueGreenUpdatePolicy: blueGreen(
        options,
        { type: 'LINEAR', linearStepSize: stepSize._property, waitIntervalInSeconds: wait },
        wait,
      ),
    }));
  }

  /**
   * Instances are replaced batch by batch, and watched after each. Needs the instances of one batch beside those that there are; for one variant on instances.
   *
   * @param batchSize 5 to 50 percent of the variant
   * @param options baking, alarms
   */
  public static rolling(batchSize: CapacitySize, options: RollingRolloutOptions = {}): Rollout {
    const shapes: Shapes<RollingRolloutOptions> = { ...OPTIONS, rollbackBatchSize: optional(SIZE) };
    requireProps({ batchSize, options }, { batchSize: SIZE, options: struct(shapes) });
    return new Rollout(options, { name: 'rolling', size: batchSize, least: 5, most: 50 }, ({ wait }) => ({
      rollingUpdatePolicy: {
        maximumBatchSize: batchSize._property,
        waitIntervalInSeconds: wait,
        rollbackMaximumBatchSize: options.rollbackBatchSize?._property,
        maximumExecutionTimeoutInSeconds: options.maxExecutionTimeout?.toSeconds(),
      },
    }));
  }

  private constructor(
    private readonly options: RolloutOptions,
    /** @internal */
    public readonly _steps: RolloutSteps,
    private readonly policy: (seconds: { readonly wait: number }) => Partial<DeploymentConfig>,
  ) {
    const { size, least = 0, most = 100 } = _steps;
    throwIfAny('InvalidRollout', [
      ...durationProblems(options),
      ...leastRequestsProblems(options.leastRequests),
      ...sizeProblems(size, { least, most }),
      ...bakingProblems(this.waits, options),
    ]);
  }

  /**
   * The name by which alarms know the endpoint.
   *
   * @param given the name that the props of the endpoint say
   * @internal
   */
  public _endpointName(given: string | undefined): string | undefined {
    return given ?? this.options.endpointName;
  }

  /**
   * What takes an update back, undefined for the default.
   *
   * @internal
   */
  public get _alarms(): OperationsAlarm[] | undefined {
    return this.options.alarms;
  }

  /**
   * Which bake has seen nothing, and whom that is told.
   *
   * @param isAsynchronous whether the endpoint answers into a bucket
   * @internal
   */
  public _unseen(isAsynchronous: boolean): { readonly leastRequests: number; readonly topic?: sns.ITopic } {
    const { leastRequests = isAsynchronous ? 0 : LEAST_REQUESTS, notificationTopic: topic } = this.options;
    return { leastRequests, topic };
  }

  /**
   * How long alarms are looked at at a stretch.
   *
   * @internal
   */
  public get _baking(): Duration {
    return this.options.baking ?? DEFAULT_BAKING;
  }

  /**
   * As CloudFormation writes it.
   *
   * @param alarmNames of what takes the update back
   * @internal
   */
  public _render(alarmNames: string[]): DeploymentConfig {
    const alarms = alarmNames.map((alarmName) => ({ alarmName }));
    return {
      ...this.policy({ wait: this._baking.toSeconds() }),
      autoRollbackConfiguration: alarms.length > 0 ? { alarms } : undefined,
    };
  }

  /** All waits of a rollout: a step may be the last part of one. */
  private get waits(): Waits {
    const percent = this._steps.size?._percentOf(undefined);
    const times = { allAtOnce: 1, canary: 2, linear: steps(percent) + 1, rolling: steps(percent) }[this._steps.name];
    return { baking: this._baking, times };
  }
}

type DeploymentConfig = sagemaker.CfnEndpoint.DeploymentConfigProperty;

const DEFAULT_BAKING = Duration.minutes(10);
/** As alarms on errors ask for in a period. */
const LEAST_REQUESTS = 20;

/**
 * What a rollout moves at once.
 *
 * @internal
 */
export interface RolloutSteps {
  readonly name: 'allAtOnce' | 'canary' | 'linear' | 'rolling';
  /** absent where all is moved at once */
  readonly size?: CapacitySize;
  /** in percent of a variant */
  readonly least?: number;
  /** in percent of a variant */
  readonly most?: number;
}

/**
 * What is wrong with the size of a step, of a fleet whose instances are known.
 *
 * @internal
 */
export function sizeProblems(
  size: CapacitySize | undefined,
  {
    least = 0,
    most = 100,
    instanceCount,
  }: { readonly least?: number; readonly most?: number; readonly instanceCount?: number },
): Problem[] {
  const percent = size?._percentOf(instanceCount);
  if (percent === undefined || (percent >= least && percent <= most)) return [];
  const of = size?._countsInstances ? ` (${size._property.value} of ${instanceCount} instances)` : '';
  const allowed = least > 0 ? `${least} to ${most} percent` : `at most ${most} percent`;
  return [{ prop: 'rollout', got: `steps of ${percent} percent${of}`, allowed: `${allowed} of each variant` }];
}

function steps(percent: number | undefined): number {
  return percent === undefined ? 1 : Math.ceil(100 / percent);
}

function blueGreen(
  { maxExecutionTimeout }: RolloutOptions,
  trafficRoutingConfiguration: sagemaker.CfnEndpoint.TrafficRoutingConfigProperty,
  wait: number,
): sagemaker.CfnEndpoint.BlueGreenUpdatePolicyProperty {
  return {
    trafficRoutingConfiguration,
    terminationWaitInSeconds: wait,
    maximumExecutionTimeoutInSeconds: maxExecutionTimeout?.toSeconds(),
  };
}
