import { Stack, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { Baseline } from '../baseline/baseline';
import { BUCKET, ENDPOINT } from '../core/cdk-shapes';
import { having, instance, optional, type Shapes, TEXT } from '../core/prop-shapes';
import { validatePrefix } from '../core/s3-prefix';
import { type Problem, ValidationError } from '../core/validation-error';
import { BatchTransformData } from '../endpoint/batch-transform-data';
import { CapturedData } from '../endpoint/captured-data';
import { Endpoint } from '../endpoint/endpoint';
import { endpointNameOf } from '../endpoint/endpoint-name';
import type { EndpointInput, IMonitoringEngine } from './monitoring-engine';
import { MonitoringFrequency } from './monitoring-frequency';

/** What every kind of monitor is told. */
export interface MonitorOptions {
  /** What the data are compared with. */
  readonly baseline: Baseline;

  /**
   * When the monitor runs.
   *
   * @default MonitoringFrequency.hourly()
   */
  readonly frequency?: MonitoringFrequency;
}

/** Where a monitor finds its data, where it runs and where it reports. */
export interface MonitorPlacement {
  /**
   * The endpoint that is watched. It has the monitor's account and region.
   *
   * @default - none: `batchTransform` is watched
   */
  readonly endpoint?: IEndpointRef;

  /**
   * Name of the endpoint, in its own spelling. Required where `endpoint` holds only an ARN: SageMaker writes names in lower
   * case there, but not in the keys of captured data.
   *
   * @default - the endpoint's own name
   */
  readonly endpointName?: string;

  /**
   * Where the captured data of the endpoint lie. Required for an endpoint that this library did not make.
   *
   * @default - where the endpoint's `dataCapture` puts them
   */
  readonly capturedData?: CapturedData;

  /**
   * The batch transform jobs that are watched, in place of an endpoint.
   *
   * @default - none: `endpoint` is watched
   */
  readonly batchTransform?: BatchTransformData;

  /** Where the analysis runs: `MonitoringEngine.serverless()` or `MonitoringEngine.modelMonitor()`. */
  readonly engine: IMonitoringEngine;

  /**
   * The bucket that receives the reports.
   *
   * @default - one bucket for all monitors of the stack, kept when the stack is deleted
   */
  readonly reportsBucket?: IBucket;

  /**
   * Precedes the keys of the reports; without slash at start and end.
   *
   * @default 'model-monitoring'
   */
  readonly reportsPrefix?: string;
}

/**
 * What says where a monitor watches has to be.
 *
 * @internal
 */
export const MONITOR_PLACEMENT: Shapes<MonitorPlacement> = {
  endpoint: optional(ENDPOINT),
  endpointName: optional(TEXT),
  capturedData: optional(instance(CapturedData)),
  batchTransform: optional(instance(BatchTransformData)),
  engine: having('bind', 'an engine (IMonitoringEngine), such as MonitoringEngine.serverless()'),
  reportsBucket: optional(BUCKET),
  reportsPrefix: optional(TEXT),
};

/**
 * What all monitors take has to be.
 *
 * @internal
 */
export const MONITOR_OPTIONS: Shapes<MonitorOptions> = {
  baseline: instance(Baseline),
  frequency: optional(instance(MonitoringFrequency)),
};

/** What a monitor reads: one of the two. */
interface MonitorInput {
  readonly endpointInput?: EndpointInput;
  readonly batchTransformInput?: BatchTransformData;
}

/**
 * What a monitor reads, or one error for everything that is missing or wrong about its placement.
 *
 * @internal
 */
export function monitorInputOf(monitor: Construct, props: MonitorPlacement, reportsPrefix: string): MonitorInput {
  const { endpoint, batchTransform } = props;
  const input = endpoint && endpointInputOf(endpoint, props);
  const problems = [
    ...validatePrefix('reportsPrefix', reportsPrefix),
    ...sourceProblems(props),
    ...(endpoint ? environmentProblems(monitor, endpoint) : []),
    ...(Array.isArray(input) ? input : []),
  ];
  if (problems.length > 0 || Array.isArray(input)) throw new ValidationError('InvalidMonitorInput', problems, monitor);
  return { endpointInput: input, batchTransformInput: batchTransform };
}

/** The endpoint's name and captured data, or what is missing of them. */
function endpointInputOf(endpoint: IEndpointRef, props: MonitorPlacement): EndpointInput | Problem[] {
  const endpointName = props.endpointName ?? endpointNameOf(endpoint);
  const capturedData = props.capturedData ?? capturedDataOf(endpoint);
  if (endpointName !== undefined && capturedData !== undefined) return { endpoint, endpointName, capturedData };
  const name = missing('endpointName', 'the name of the endpoint, as it was created');
  const data = missing('capturedData', "CapturedData.at(bucket, prefix), or a 'dataCapture' of the endpoint");
  return [...(endpointName === undefined ? [name] : []), ...(capturedData === undefined ? [data] : [])];
}

function sourceProblems({ endpoint, endpointName, capturedData, batchTransform }: MonitorPlacement): Problem[] {
  if (!endpoint && !batchTransform) return [missing('endpoint', "an endpoint, or 'batchTransform' in its place")];
  if (!batchTransform) return [];
  const given = Object.entries({ endpoint, endpointName, capturedData }).filter(([, value]) => value !== undefined);
  const allowed = "nothing beside 'batchTransform'";
  const advice = 'a monitor watches one of them; make another monitor for the other';
  return given.map(([prop]) => ({ prop, got: 'given', allowed, advice }));
}

function missing(prop: string, allowed: string): Problem {
  return { prop, got: undefined, allowed };
}

/** Where our own endpoints capture to; of others nothing is known. */
function capturedDataOf(endpoint: IEndpointRef): CapturedData | undefined {
  return endpoint instanceof Endpoint ? endpoint.capturedData : undefined;
}

/** Model Monitor, captured data and metrics exist per account and region. */
function environmentProblems(monitor: Construct, endpoint: IEndpointRef): Problem[] {
  const stack = Stack.of(monitor);
  const both = [
    { prop: 'endpoint.env.account', got: endpoint.env.account, here: stack.account },
    { prop: 'endpoint.env.region', got: endpoint.env.region, here: stack.region },
  ];
  return both
    .filter(({ got, here }) => !Token.isUnresolved(got) && !Token.isUnresolved(here) && got !== here)
    .map(({ prop, got, here }) => ({ prop, got, allowed: `that of the monitor's stack: ${here}` }));
}
