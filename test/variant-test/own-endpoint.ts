import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint, type EndpointProps } from '../../lib/endpoint/endpoint';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import { ShadowVariant } from '../../lib/endpoint/shadow-variant';
import type { InstanceVariantOptions } from '../../lib/endpoint/variant-options';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { newModel } from '../endpoint/fixtures';

const SCALING = { minCapacity: 2, maxCapacity: 6, invocationsPerInstance: 600 };

/** What a variant runs on, with a model of its own. */
export function onInstances(stack: Stack, id: string, isScaled = false): InstanceVariantOptions {
  const scaling = isScaled ? SCALING : undefined;
  return { model: newModel(stack, `Model-${id}`), instanceType: InstanceType.of('ml.m5.large'), scaling };
}

/** A variant of an endpoint of this library. */
export function variant(stack: Stack, name: string, own: Partial<InstanceVariantOptions> = {}): ProductionVariant {
  return ProductionVariant.instances(name, { ...onInstances(stack, name), ...own });
}

/** Data of an endpoint of this library. */
export function ownData(stack: Stack, props: Omit<EndpointProps, 'dataCapture'>) {
  const bucket = s3.Bucket.fromBucketName(stack, 'Captured', 'captured');
  const endpoint = new Endpoint(stack, 'Endpoint', { ...props, dataCapture: DataCapture.toBucket(bucket) });
  const variants = [...endpoint.variantNames, ...(props.shadowVariant ? [props.shadowVariant.variantName] : [])];
  return { endpoint, data: MonitoredData.endpoint(endpoint, { variants, perVariant: true }) };
}

/** Of `blue` and its shadow `green`. */
export function shadowedData(stack: Stack, isScaled = false) {
  const shadowVariant = ShadowVariant.instances('green', onInstances(stack, 'green', isScaled));
  return ownData(stack, { variants: [variant(stack, 'blue')], shadowVariant }).data;
}
