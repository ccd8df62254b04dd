import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline, ModelMonitoring, MonitoringEngine, type MonitorKind } from '../../lib';
import { ValidationError } from '../../lib/core/validation-error';
import type { EngineName } from '../../lib/kind/kind-sheet';
import { addMonitor } from '../../test/project/matrix';
import { INPUTS, type Input, type InputName } from './inputs';

/** A region of each partition. */
export const PARTITIONS = {
  aws: 'eu-west-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
} as const;

/** Names of partitions. */
export type PartitionName = keyof typeof PARTITIONS;

/** Where a monitor is tried. */
export interface Place {
  readonly engine: EngineName;
  readonly kind: MonitorKind;
  readonly partition: PartitionName;
}

/** What is tried. */
export interface Combination extends Place {
  readonly input: InputName;
}

const ENGINES = {
  serverless: () => MonitoringEngine.serverless(),
  'model-monitor': () => MonitoringEngine.modelMonitor(),
} satisfies { readonly [engine in EngineName]: () => MonitoringEngine };

/** Names of engines. */
export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];

/** The code of the error that refuses a monitor; undefined where nothing does. Each is tried once. */
export function refusalOf({ input, ...place }: Combination): string | undefined {
  const { engine, kind, partition } = place;
  const name = [engine, kind, partition, input].join();
  const refusal = TRIED.has(name) ? TRIED.get(name) : refusalOn(place, INPUTS[input].make);
  TRIED.set(name, refusal);
  return refusal;
}

const TRIED = new Map<string, string | undefined>();

/** Makes a monitor, in an app of its own, of what is made for it. */
export function refusalOn({ engine, kind, partition }: Place, make: Input['make']): string | undefined {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: PARTITIONS[partition] } });
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'data');
  const files = { bucket, statisticsKey: 'statistics.json', constraintsKey: 'constraints.json' };
  try {
    const monitoring = new ModelMonitoring(stack, 'Monitoring', {
      data: make(stack, bucket),
      engine: ENGINES[engine](),
      reportsBucket: bucket,
    });
    addMonitor(monitoring, kind, { bucket, options: { baseline: Baseline.fromFiles(files) } });
    return undefined;
  } catch (error) {
    if (error instanceof ValidationError) return error.code;
    throw error;
  }
}
