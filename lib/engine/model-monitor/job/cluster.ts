import { type Duration, type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { numberProblems } from '../../../core/limits';
import type { Problem } from '../../../core/validation-error';
import { KINDS } from '../../../kind/kinds';
import type { MonitorKind } from '../../../kind/monitor-kind';
import type { MonitoringFrequency } from '../../../monitor/monitoring-frequency';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import type { ClarifyOptions } from './container-options';

const DEFAULT_INSTANCE_TYPE = 'ml.m5.xlarge';
const DEFAULT_VOLUME_GIB = 30;
const DEFAULT_RUNTIME_SECONDS = 3600;

/**
 * Family, generation, options with a `d`, which stands for local drives. Not every type with such drives has it.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InstanceClass.html
 */
const INSTANCE_STORE = /^ml\.[a-z]+\d+[a-z]*d[a-z]*[-.]/;

/** What the time of a run depends on. */
export interface JobRuntime {
  readonly kind: MonitorKind;
  readonly options: ModelMonitorEngineOptions;
  readonly container?: ClarifyOptions;
  readonly frequency: MonitoringFrequency;
}

/**
 * The instances that a run starts. The role may use the key of their volumes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createprocessingjob-perms
 * @internal
 */
export function jobResources(
  options: ModelMonitorEngineOptions,
  role: iam.IRole,
): sagemaker.CfnDataQualityJobDefinition.MonitoringResourcesProperty {
  const { instanceType, instanceCount, volumeSize, volumeEncryptionKey } = options;
  volumeEncryptionKey?.grant(role, 'kms:CreateGrant', 'kms:DescribeKey');
  return {
    clusterConfig: {
      instanceCount: instanceCount ?? 1,
      instanceType: instanceType?.name ?? DEFAULT_INSTANCE_TYPE,
      volumeSizeInGb: gibibytesOf(volumeSize) ?? DEFAULT_VOLUME_GIB,
      volumeKmsKeyId: volumeEncryptionKey?.keyArn,
    },
  };
}

/**
 * How long a run may last.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringStoppingCondition.html
 * @internal
 */
export function stoppingCondition(
  runtime: JobRuntime,
): sagemaker.CfnDataQualityJobDefinition.StoppingConditionProperty {
  const given = runtime.container?.maxRuntime ?? runtime.options.maxRuntime;
  return { maxRuntimeInSeconds: secondsOf(given) ?? Math.min(DEFAULT_RUNTIME_SECONDS, maximumSeconds(runtime)) };
}

/**
 * Whether a run has, or may have, more than one instance.
 *
 * @internal
 */
export function isDistributed({ instanceCount = 1 }: ModelMonitorEngineOptions): boolean {
  return Token.isUnresolved(instanceCount) || instanceCount > 1;
}

/**
 * What is wrong with the instances, or with their time at a frequency.
 *
 * @internal
 */
export function clusterProblems(options: ModelMonitorEngineOptions): Problem[] {
  const gibibytes = gibibytesOf(options.volumeSize);
  return [
    ...numberProblems('instanceCount', options.instanceCount, { maximum: 100 }),
    ...numberProblems('volumeSize', gibibytes, { maximum: 16_384, unit: 'GiB' }),
    ...volumeKeyProblems(options),
  ];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingClusterConfig.html */
function volumeKeyProblems({ volumeEncryptionKey, instanceType }: ModelMonitorEngineOptions): Problem[] {
  if (volumeEncryptionKey === undefined || !instanceType || !INSTANCE_STORE.test(instanceType.name)) return [];
  const allowed = `none with ${instanceType.name}`;
  const advice = 'its local storage is encrypted by the hardware; leave the key out, or take another type';
  return [{ prop: 'volumeEncryptionKey', got: 'a key', allowed, advice }];
}

/**
 * What is wrong with the time that a run has.
 *
 * @internal
 */
export function runtimeProblems(runtime: JobRuntime): Problem[] {
  const { options, container, frequency } = runtime;
  const kind = KINDS[runtime.kind].prop;
  const maximum = maximumSeconds(runtime);
  const merged = maximum < frequency.interval.toSeconds();
  const advice = merged
    ? `hourly ${kind} jobs share their hour with the job that merges labels; set '${kind}.maxRuntime'`
    : `a run ends before the next begins, which is after ${frequency.intervalHours} h`;
  const own = container?.maxRuntime !== undefined;
  const given = own ? container.maxRuntime : options.maxRuntime;
  const prop = own ? `${kind}.maxRuntime` : 'maxRuntime';
  return numberProblems(prop, secondsOf(given), { maximum, unit: 's' }).map((problem) => ({ ...problem, advice }));
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringStoppingCondition.html */
function maximumSeconds({ kind, frequency }: JobRuntime): number {
  const { readsLabels } = KINDS[kind];
  return readsLabels && frequency.intervalHours === 1 ? 1800 : frequency.interval.toSeconds();
}

function gibibytesOf(size: Size | undefined): number | undefined {
  return size?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}

function secondsOf(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}
