import type { Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  BatchTransformData,
  CapturedData,
  DataCapture,
  DatasetFormat,
  Endpoint,
  InstanceType,
  Model,
  ModelData,
  ModelImage,
  MonitoredData,
  type MonitoredRecordsOptions,
  type MonitoredRowsOptions,
  ProductionVariant,
  WrittenData,
} from '../../lib';
import { type ExistingEndpointParts, existingEndpoint } from '../../test/endpoint/existing-endpoint';

/** Something that a monitor may be asked to watch. */
export interface Input {
  /** As the page calls it. */
  readonly name: string;
  readonly make: (stack: Stack, bucket: s3.IBucket) => MonitoredData;
}

const IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/model:1';

/** Captures requests and answers as text. */
export const CAPTURE: sagemaker.CfnEndpointConfig.DataCaptureConfigProperty = {
  enableCapture: true,
  captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
  destinationS3Uri: 's3://data/captured',
  initialSamplingPercentage: 100,
  captureContentTypeHeader: { csvContentTypes: ['text/csv'] },
};

/** By a name for each, which evidence refers to. */
export const INPUTS = {
  instances: { name: 'endpoint on instances, one model, made by `Endpoint`', make: onInstances },
  elsewhere: {
    name: 'endpoint on instances, made elsewhere: by L1, `@aws-cdk/aws-sagemaker-alpha`, by name, ARN or attributes',
    make: recordsRead({}),
  },
  variants: {
    name: 'several production [variants](captured-data.md#variants)',
    make: byHand(({ config, model }) => {
      config.productionVariants = ['blue', 'green'].map((name) => variant(name, model));
    }),
  },
  apart: {
    name: '[each variant apart](captured-data.md#each-variant-apart): `perVariant`',
    make: recordsRead({ variants: ['blue', 'green'], perVariant: true }),
  },
  series: {
    name: 'several containers in series',
    make: byHand(({ model }) => {
      model.primaryContainer = undefined;
      model.containers = [{ image: IMAGE }, { image: IMAGE }];
    }),
  },
  manyModels: { name: 'a container of many models', make: byHand(undefined, { container: { mode: 'MultiModel' } }) },
  serverlessVariants: {
    name: 'serverless variants',
    make: byHand(undefined, { variant: { serverlessConfig: { maxConcurrency: 1, memorySizeInMb: 1024 } } }),
  },
  asynchronous: {
    name: 'asynchronous endpoint',
    make: byHand(({ config }) => {
      config.asyncInferenceConfig = { outputConfig: { s3OutputPath: 's3://data/answers' } };
    }),
  },
  shadow: {
    name: 'with shadow variants',
    make: byHand(({ config, model }) => {
      config.shadowProductionVariants = [variant('shadow', model)];
    }),
  },
  components: {
    name: 'with inference components',
    make: byHand(({ config, role }) => {
      config.executionRoleArn = role.roleArn;
      config.productionVariants = [{ variantName: 'live', instanceType: 'ml.g5.xlarge', initialInstanceCount: 1 }];
    }),
  },
  transforms: {
    name: '[batch transform jobs](captured-data.md#batch-transform)',
    make: transformsRead(DatasetFormat.csv({ header: false })),
  },
  written: {
    name: '[records that you write](written-data.md): of a serverless endpoint, a Lambda function, a container',
    make: (_, bucket) => MonitoredData.written(new WrittenData({ name: 'churn', bucket, prefix: 'written' })),
  },
} satisfies { readonly [name: string]: Input };

/** Names of the inputs. */
export type InputName = keyof typeof INPUTS;

type Existing = ReturnType<typeof existingEndpoint>;

/** An endpoint that is written by hand, with what is different about it. */
export function byHand(
  change: (existing: Existing) => void = () => {},
  parts: ExistingEndpointParts = {},
): Input['make'] {
  return (stack, bucket) => {
    const existing = existingEndpoint(stack, { ...parts, config: { dataCaptureConfig: CAPTURE } });
    change(existing);
    return captured(existing.endpoint, bucket);
  };
}

function variant(variantName: string, model: sagemaker.CfnModel) {
  const modelName = model.attrModelName;
  return { variantName, modelName, instanceType: 'ml.m5.large', initialInstanceCount: 1, initialVariantWeight: 1 };
}

function captured(endpoint: sagemaker.IEndpointRef, bucket: s3.IBucket, options?: MonitoredRecordsOptions) {
  const name = endpoint instanceof sagemaker.CfnEndpoint ? { endpointName: endpoint.attrEndpointName } : {};
  return MonitoredData.endpoint(endpoint, { capturedData: CapturedData.at(bucket, 'captured'), ...name, ...options });
}

/** An endpoint made elsewhere, whose records are read in this way. */
export function recordsRead(options: MonitoredRecordsOptions): Input['make'] {
  return (stack, bucket) => captured(Endpoint.fromEndpointName(stack, 'Endpoint', 'Live'), bucket, options);
}

function onInstances(stack: Stack, bucket: s3.IBucket): MonitoredData {
  const model = new Model(stack, 'Model', {
    image: ModelImage.fromUri(IMAGE),
    modelData: ModelData.fromBucket(bucket, 'model.tar.gz'),
  });
  const variants = [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })];
  const dataCapture = DataCapture.toBucket(bucket, { prefix: 'captured' });
  return MonitoredData.endpoint(new Endpoint(stack, 'Endpoint', { variants, dataCapture }));
}

/** Transform jobs whose rows are read in this way. */
export function transformsRead(format: DatasetFormat, options?: MonitoredRowsOptions): Input['make'] {
  return (_, bucket) => {
    const at = (prefix: string) => ({ bucket, prefix });
    const places = { captured: at('captured'), transformInput: at('loans'), transformOutput: at('scores') };
    const data = new BatchTransformData({ ...places, format, generateInferenceId: true });
    return MonitoredData.batchTransform(data, options);
  };
}
