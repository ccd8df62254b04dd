import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { ModelMonitorEngineOptions } from '../../../lib';
import { DatasetFormat } from '../../../lib/core/dataset-format';
import { BatchTransformData, type BatchTransformDataProps } from '../../../lib/endpoint/batch-transform-data';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { GroundTruth } from '../../../lib/monitor/ground-truth';
import { ModelProblem } from '../../../lib/monitor/model-problem';
import { ModelQualityMonitor, type ModelQualityMonitorProps } from '../../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newStack } from '../../monitor/fixtures';
import { type ReadableResource, resourceOf } from '../../monitor/readable-template';

export const JOB_DEFINITION = 'AWS::SageMaker::ModelQualityJobDefinition';

/** Labels in the bucket `labels` below `truth`. */
export function givenLabels(stack: Stack): GroundTruth {
  const known = stack.node.tryFindChild('Labels') as s3.IBucket | undefined;
  return GroundTruth.fromBucket(known ?? s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'truth');
}

/** Transform jobs of CSV that capture to the bucket `transforms`, read and write there. */
export function givenTransforms(
  stack: Stack,
  format: DatasetFormat = DatasetFormat.csv(),
  options: Pick<BatchTransformDataProps, 'generateInferenceId' | 'rows'> = {},
): BatchTransformData {
  const bucket = s3.Bucket.fromBucketName(stack, 'Transforms', 'transforms');
  return new BatchTransformData({
    captured: { bucket, prefix: 'jobs/captured' },
    transformInput: { bucket, prefix: 'jobs/in' },
    transformOutput: { bucket, prefix: 'jobs/out' },
    format,
    ...options,
  });
}

/** A stack with a monitor `ModelQuality` of a regression, on Model Monitor. */
export function qualityStackWith(
  options: ModelMonitorEngineOptions = {},
  props: Partial<ModelQualityMonitorProps> = {},
  stack: Stack = newStack(),
): Stack {
  new ModelQualityMonitor(stack, 'ModelQuality', {
    data: props.data ?? MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.modelMonitor(options),
    baseline: givenBaseline(stack),
    problem: ModelProblem.regression({ prediction: '0' }),
    groundTruth: givenLabels(stack),
    ...props,
  });
  return stack;
}

/** The properties of the job definition of a monitor with these options. */
export function qualityJobOf(
  options: ModelMonitorEngineOptions = {},
  props: Partial<ModelQualityMonitorProps> = {},
): ReadableResource['Properties'] {
  return resourceOf(qualityStackWith(options, props), JOB_DEFINITION).Properties;
}
