import { Size, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AsyncInference, type AsyncInferenceOptions } from '../../lib/endpoint/async-inference';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint, type EndpointProps } from '../../lib/endpoint/endpoint';
import type { InstanceScaling } from '../../lib/endpoint/instance-scaling';
import { InstanceType } from '../../lib/endpoint/instance-type';
import type { IModel } from '../../lib/endpoint/model';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import { ShadowVariant } from '../../lib/endpoint/shadow-variant';
import { newModel, newStack } from './fixtures';

const CONFIG = 'AWS::SageMaker::EndpointConfig';
export const SCALING: InstanceScaling = { minCapacity: 2, maxCapacity: 6, invocationsPerInstance: 600 };

/** The pieces of endpoints, each made when it is asked for. */
export class Pieces {
  private models = 0;

  constructor(public readonly stack: Stack = newStack()) {}

  public model(): IModel {
    this.models += 1;
    return newModel(this.stack, `Model${this.models}`);
  }

  public onInstances(name = 'live', type = 'ml.m5.large', scaling?: InstanceScaling): ProductionVariant {
    return ProductionVariant.instances(name, { model: this.model(), instanceType: InstanceType.of(type), scaling });
  }

  public serverless(model = this.model()): ProductionVariant {
    return ProductionVariant.serverless('live', { model, memorySize: Size.gibibytes(2), maxConcurrency: 5 });
  }

  public shadow(initialVariantWeight?: number, type = 'ml.m5.large', scaling?: InstanceScaling): ShadowVariant {
    const capacity = { instanceType: InstanceType.of(type), initialVariantWeight, scaling };
    return ShadowVariant.instances('candidate', { model: this.model(), ...capacity });
  }

  public asynchronous(options?: AsyncInferenceOptions): AsyncInference {
    return AsyncInference.toBucket(s3.Bucket.fromBucketName(this.stack, `Answers${this.models}`, 'answers'), options);
  }

  public capture(): DataCapture {
    return DataCapture.toBucket(s3.Bucket.fromBucketName(this.stack, 'Captured', 'captured'));
  }

  public endpoint(props: EndpointProps): Endpoint {
    return new Endpoint(this.stack, 'Endpoint', props);
  }

  public config() {
    return Object.values(Template.fromStack(this.stack).findResources(CONFIG))[0].Properties;
  }
}
