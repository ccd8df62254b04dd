import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { CapturedData } from '../../lib/endpoint/captured-data';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { GroundTruth } from '../../lib/monitor/ground-truth';
import { ModelProblem } from '../../lib/monitor/model-problem';
import { ModelQualityMonitor } from '../../lib/monitor/model-quality-monitor';
import { MonitoredData, type MonitoredEndpointOptions } from '../../lib/monitor/monitored-data';
import { resourceOf } from '../monitor/readable-template';

const BINARY = ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 });

/** A monitor of the variants `blue` and `green` of an endpoint elsewhere, by labels. */
export function judgingMonitor(stack: Stack, options: Partial<MonitoredEndpointOptions> = {}, id = 'Quality') {
  const bucket = s3.Bucket.fromBucketName(stack, `${id}Captured`, 'data');
  const endpoint = Endpoint.fromEndpointName(stack, `${id}Endpoint`, 'Churn-Live');
  const reading = { variants: ['blue', 'green'], perVariant: true, ...options };
  return monitorOf(
    stack,
    MonitoredData.endpoint(endpoint, { capturedData: CapturedData.at(bucket, 'captured'), ...reading }),
    { id },
  );
}

/** A monitor by labels. */
export function monitorOf(stack: Stack, data: MonitoredData, { id = 'Quality', problem = BINARY } = {}) {
  const bucket = s3.Bucket.fromBucketName(stack, `${id}Data`, 'data');
  return new ModelQualityMonitor(stack, id, {
    data,
    engine: MonitoringEngine.serverless(),
    reportsBucket: s3.Bucket.fromBucketName(stack, `${id}Reports`, 'reports'),
    baseline: Baseline.fromFiles({ bucket, constraintsKey: 'constraints.json' }),
    problem,
    groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
  });
}

/** What the monitor's runs are told of its variants. */
export function toldVariants(stack: Stack) {
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'ServerlessSchedule').Properties;
  return JSON.parse(Target.Input).variants;
}
