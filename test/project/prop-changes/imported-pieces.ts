import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  Baseline,
  CapturedData,
  DataCapture,
  DataQualityMonitor,
  Endpoint,
  InstanceType,
  Model,
  MonitoredData,
  MonitoringEngine,
  ProductionVariant,
} from '../../../lib';
import type { Settings } from './settings';

/** Endpoints beside the deployed ones. */
export const OUTSIDE_ENDPOINTS = ['Credit-Live', 'Credit-Next'];

/** An endpoint that is known by attributes, and one of this library that serves a model which is. */
export function imported(stack: Stack, settings: Settings, data: s3.IBucket): void {
  const [endpointName] = OUTSIDE_ENDPOINTS;
  const endpoint = Endpoint.fromEndpointAttributes(
    stack,
    'TheirEndpoint',
    settings.of('EndpointAttributes', { endpointName }),
  );
  new DataQualityMonitor(stack, 'OfTheirs', {
    data: MonitoredData.endpoint(endpoint, { capturedData: CapturedData.at(data, 'captured') }),
    reportsBucket: data,
    engine: MonitoringEngine.modelMonitor(),
    baseline: Baseline.fromFiles({
      bucket: data,
      statisticsKey: 'given/statistics.json',
      constraintsKey: 'given/constraints.json',
    }),
  });
  const role = iam.Role.fromRoleName(stack, 'TheirRole', 'theirs');
  const attributes = settings.of('ModelAttributes', { modelName: 'theirs', role });
  const model = Model.fromModelAttributes(stack, 'TheirModel', attributes);
  new Endpoint(stack, 'OfTheirModel', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toBucket(data, { prefix: 'theirs', samplingPercentage: 100 }),
  });
}

/** A configuration that was written by hand, and captures. */
export function handWritten(stack: Stack, settings: Settings, data: s3.IBucket): void {
  const role = new iam.Role(stack, 'HandRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  const config = new sagemaker.CfnEndpointConfig(stack, 'HandConfig', {
    productionVariants: [
      {
        variantName: 'live',
        modelName: 'by-hand',
        instanceType: 'ml.m5.large',
        initialInstanceCount: 1,
        initialVariantWeight: 1,
      },
    ],
  });
  DataCapture.toBucket(data, { prefix: 'hand', samplingPercentage: 100 }).applyTo(
    config,
    settings.of('ApplyDataCaptureOptions', { grantee: role as iam.IGrantable }),
  );
}
