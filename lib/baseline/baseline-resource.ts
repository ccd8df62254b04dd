import { createHash } from 'node:crypto';
import { CfnWaitCondition, CfnWaitConditionHandle, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { bucketLocation } from '../core/bucket-location';
import { limitRequest, MAPPED_REQUEST_BYTES } from '../core/request-size';
import { grantGetObjects, grantListPrefixes } from '../core/s3-grants';
import { KINDS } from '../kind/kinds';
import type { BaselineConfig, IBaselineConsumer } from './baseline';
import { baselineHandler } from './baseline-handler';
import {
  AWAITED_SECONDS,
  BASELINE_ATTRIBUTES,
  BASELINE_FOLDER,
  BASELINE_RESOURCE_TYPE,
  type BaselineSpec,
} from './contract';

/** CloudFormation's limit of a wait condition. */
const MAXIMUM_WAIT_SECONDS = 12 * 3600;

/** A wait condition waits longer than the job may take: to stop it, to write the files, and to tell. */
const SPARE_SECONDS = 300;

/**
 * The custom resource that makes the files at deployment, below the content hash of its specification.
 *
 * @internal
 */
export function baselineResource(
  scope: Construct,
  consumer: IBaselineConsumer,
  source: Omit<BaselineSpec, 'output'>,
): BaselineConfig {
  const { bucket } = consumer.reports;
  const { baseline } = KINDS[consumer.monitorKind];
  const prefix = `${consumer.reports.prefix}/${BASELINE_FOLDER}`;
  const spec: BaselineSpec = { ...source, output: { ...bucketLocation(scope, bucket), prefix } };
  grantReading(consumer, bucket, consumer.readPattern ?? `${prefix}/*`);
  limitSpecification(scope, spec);
  const long = isLong(spec) ? waitHandle(scope, spec) : undefined;
  const resource = customResource(scope, spec, long?.handle.ref);
  return {
    statisticsBucket: bucket,
    statisticsKey: baseline.hasStatistics ? attribute(resource, 'statisticsKey') : undefined,
    constraintsBucket: bucket,
    constraintsKey: attribute(resource, 'constraintsKey'),
    ready: long && waitCondition(scope, { ...long, spec, resource }),
  };
}

/**
 * The custom resource that judges files at deployment where they lie: it makes nothing, and nothing refers to what it answers. It has the id of one
 * that makes files, since a monitor has either.
 *
 * @internal
 */
export function baselineCheck(
  scope: Construct,
  { reports }: IBaselineConsumer,
  given: Omit<BaselineSpec, 'output'>,
): CustomResource {
  const output = { ...bucketLocation(scope, reports.bucket), prefix: `${reports.prefix}/${BASELINE_FOLDER}` };
  return customResource(scope, { ...given, output });
}

function customResource(scope: Construct, spec: BaselineSpec, signalUrl?: string): CustomResource {
  return new CustomResource(scope, 'Baseline', {
    serviceToken: baselineHandler(scope).functionArn,
    resourceType: BASELINE_RESOURCE_TYPE,
    serviceTimeout: Duration.hours(1),
    properties: { Spec: Stack.of(scope).toJsonString(spec), SignalUrl: signalUrl },
  });
}

/**
 * Lets the consumer read files of its baseline; jobs, whose inputs are prefixes even where they are single objects, list them first.
 *
 * @internal
 */
export function grantReading(consumer: IBaselineConsumer, bucket: IBucket, keyPattern: string): void {
  grantGetObjects(consumer, bucket, keyPattern);
  if (consumer._readsPrefixes) grantListPrefixes(consumer, bucket, keyPattern);
}

/**
 * The baselines' files of all monitors that share the handler, as a pattern for its policy.
 *
 * @internal
 */
export function baselineFiles({ reports }: Pick<IBaselineConsumer, 'reports'>): string {
  return `${reports.stackPattern}/${BASELINE_FOLDER}/*`;
}

interface WaitHandle {
  readonly handle: CfnWaitConditionHandle;
  /** part of the logical ids */
  readonly hash: string;
}

/** What a state machine computes travels in the input of its execution. */
function limitSpecification(scope: Construct, spec: BaselineSpec): void {
  if (spec.job) limitRequest(scope, spec);
  if (spec.dataset) limitRequest(scope, spec, MAPPED_REQUEST_BYTES);
}

function attribute(resource: CustomResource, name: keyof typeof BASELINE_ATTRIBUTES): string {
  return resource.getAttString(BASELINE_ATTRIBUTES[name]);
}

function isLong({ job }: BaselineSpec): boolean {
  return job !== undefined && job.timeoutSeconds > AWAITED_SECONDS;
}

/**
 * A condition that was met stays so, and its handle keeps its signals: each specification has both anew.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html
 */
function waitHandle(scope: Construct, spec: BaselineSpec): WaitHandle {
  const resolved = JSON.stringify(Stack.of(scope).resolve(spec));
  const hash = createHash('sha256').update(resolved).digest('hex').slice(0, 8);
  return { handle: new CfnWaitConditionHandle(scope, `BaselineHandle${hash}`), hash };
}

/** Its time begins when the job has been started. */
function waitCondition(
  scope: Construct,
  { handle, hash, spec, resource }: WaitHandle & { spec: BaselineSpec; resource: CustomResource },
): CfnWaitCondition {
  const seconds = (spec.job?.timeoutSeconds ?? 0) + SPARE_SECONDS;
  const condition = new CfnWaitCondition(scope, `BaselineReady${hash}`, {
    handle: handle.ref,
    timeout: String(Math.min(seconds, MAXIMUM_WAIT_SECONDS)),
    count: 1,
  });
  condition.node.addDependency(resource);
  return condition;
}
