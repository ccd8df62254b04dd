import { Duration, Size } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SERVICE_MODELS } from '../../lib/cloud/service-model/figures';
import { CapacitySize } from '../../lib/endpoint/capacity-size';
import { CaptureMode, DataCapture } from '../../lib/endpoint/data-capture';
import type { EndpointProps } from '../../lib/endpoint/endpoint';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import { Rollout } from '../../lib/endpoint/rollout';
import { Pieces, SCALING } from './endpoint-pieces';

// Ranges and enumerations of endpoints' props, beside those of the published service model.

const { shapes } = SERVICE_MODELS.sagemaker;
const TEN = CapacitySize.percent(10);

/** A prop, the shape of the model that it becomes, and endpoints by its value. */
interface Ranged {
  readonly shape: string;
  readonly props: (p: Pieces, value: number) => Partial<EndpointProps>;
  /** steps of the prop in the unit of the model; 1 where absent */
  readonly step?: number;
  /** the least that the library takes, where it is more than the model's, and why */
  readonly own?: { readonly least: number; readonly because: string };
}

const instances = (p: Pieces, more: object) => ({
  variants: [
    ProductionVariant.instances('live', { model: p.model(), instanceType: InstanceType.of('ml.m5.large'), ...more }),
  ],
});
const serverless = (p: Pieces, more: object) => ({
  variants: [
    ProductionVariant.serverless('live', {
      model: p.model(),
      memorySize: Size.gibibytes(2),
      maxConcurrency: 200,
      ...more,
    }),
  ],
});
const captured = (p: Pieces, more: object) => ({
  dataCapture: DataCapture.toBucket(s3.Bucket.fromBucketName(p.stack, 'Captured', 'captured'), more),
});
const types = (count: number, kind: string) => Array.from({ length: count }, (_, index) => `${kind}${index}`);

const RANGED: { readonly [prop: string]: Ranged } = {
  initialInstanceCount: {
    shape: 'InitialTaskCount',
    props: (p, initialInstanceCount) => instances(p, { initialInstanceCount }),
  },
  initialVariantWeight: {
    shape: 'VariantWeight',
    props: (p, initialVariantWeight) => ({
      variants: [p.onInstances('other'), ...instances(p, { initialVariantWeight }).variants],
    }),
  },
  maxConcurrency: {
    shape: 'ServerlessMaxConcurrency',
    props: (p, maxConcurrency) => serverless(p, { maxConcurrency }),
  },
  provisionedConcurrency: {
    shape: 'ServerlessProvisionedConcurrency',
    props: (p, provisionedConcurrency) => serverless(p, { provisionedConcurrency }),
  },
  memorySize: {
    shape: 'ServerlessMemorySizeInMB',
    props: (p, mebibytes) => serverless(p, { memorySize: Size.mebibytes(mebibytes) }),
    step: 1024,
  },
  maxConcurrentInvocationsPerInstance: {
    shape: 'MaxConcurrentInvocationsPerInstance',
    props: (p, count) => ({ asyncInference: p.asynchronous({ maxConcurrentInvocationsPerInstance: count }) }),
  },
  samplingPercentage: {
    shape: 'SamplingPercentage',
    props: (p, samplingPercentage) => captured(p, { samplingPercentage }),
  },
  csvContentTypes: {
    shape: 'CsvContentTypes',
    props: (p, count) => captured(p, { csvContentTypes: types(count, 'text/csv') }),
  },
  jsonContentTypes: {
    shape: 'JsonContentTypes',
    props: (p, count) => captured(p, { jsonContentTypes: types(count, 'application/json') }),
  },
  baking: {
    shape: 'TerminationWaitInSeconds',
    props: (_, seconds) => ({
      rollout: Rollout.allAtOnce({ baking: Duration.seconds(seconds), alarms: [], leastRequests: 0 }),
    }),
    step: 60,
    own: { least: 60, because: 'a rollout that watches nothing is none: leave it out' },
  },
  maxExecutionTimeout: {
    shape: 'MaximumExecutionTimeoutInSeconds',
    props: (_, seconds) => ({
      rollout: Rollout.allAtOnce({
        baking: Duration.minutes(1),
        alarms: [],
        leastRequests: 0,
        maxExecutionTimeout: Duration.seconds(seconds),
      }),
    }),
    step: 60,
  },
  variants: {
    shape: 'ProductionVariantList',
    props: (p, count) => ({ variants: Array.from({ length: count }, (_, index) => p.onInstances(`v${index}`)) }),
  },
};

function templateOf({ props }: Ranged, value: number): string {
  const p = new Pieces();
  p.endpoint({ variants: [p.onInstances()], endpointName: 'churn', ...props(p, value) });
  return JSON.stringify(Template.fromStack(p.stack).toJSON());
}

describe.each(Object.entries(RANGED))('%s', (_, ranged) => {
  const { min, max } = shapes[ranged.shape];
  const { step = 1, own } = ranged;
  const least = own?.least ?? min;

  test('may be as little and as much as the model allows', () => {
    expect(min).toBeDefined();
    for (const value of [least, max]) if (value !== undefined) expect(() => templateOf(ranged, value)).not.toThrow();
  });

  test('and neither less nor more', () => {
    for (const value of [(least ?? 0) - step, ...(max === undefined ? [] : [max + step])]) {
      expect(() => templateOf(ranged, value)).toThrow(/allowed is/);
    }
  });
});

test('modes of capture are those of the model', () => {
  expect(Object.values(CaptureMode).sort()).toEqual([...(shapes.CaptureMode.enum ?? [])].sort());
});

test('how traffic moves, and by what sizes, is as the model calls it', () => {
  const policies = [
    Rollout.allAtOnce(),
    Rollout.canary(TEN),
    Rollout.linear(TEN),
    Rollout.canary(CapacitySize.instances(1)),
  ];
  const written = policies.map((rollout) => {
    const p = new Pieces();
    p.endpoint({ variants: [p.onInstances('live', 'ml.m5.large', SCALING)], endpointName: 'churn', rollout });
    return JSON.stringify(Template.fromStack(p.stack).findResources('AWS::SageMaker::Endpoint'));
  });
  const said = (name: string) =>
    written.flatMap((text) => [...text.matchAll(new RegExp(`"(${name})"`, 'g'))].map(([, one]) => one));
  for (const { enum: names = [] } of [shapes.TrafficRoutingConfigType, shapes.CapacitySizeType])
    expect([...new Set(said(names.join('|')))].sort()).toEqual([...names].sort());
});
