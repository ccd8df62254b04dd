import { Annotations, App, Stack, type StackProps } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { Baseline } from '../../lib/baseline/baseline';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { DataQualityMonitor, type DataQualityMonitorProps } from '../../lib/monitor/data-quality-monitor';
import type { IMonitorGroup } from '../../lib/monitor/monitor-group';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { type ReportsPlace, reportsPlace } from '../../lib/outcome/reports-place';
import { newVariant } from '../endpoint/fixtures';

export const ENV = { account: '111122223333', region: 'eu-west-1' };

export function newStack(props: StackProps = { env: ENV }, id = 'Stack'): Stack {
  return new Stack(new App(), id, props);
}

/** An endpoint that captures to the bucket `Capture` below `data-capture`. */
export function newEndpoint(scope: Construct, id = 'Endpoint'): Endpoint {
  const bucket = new s3.Bucket(scope, `Capture${id === 'Endpoint' ? '' : id}`);
  return new Endpoint(scope, id, {
    variants: [newVariant(scope, id === 'Endpoint' ? 'live' : id)],
    dataCapture: DataCapture.toBucket(bucket),
  });
}

/** A baseline whose files lie in the bucket `baselines`. */
export function givenBaseline(scope: Construct, id = 'Baselines'): Baseline {
  return Baseline.fromFiles({
    bucket: s3.Bucket.fromBucketName(scope, id, 'baselines'),
    statisticsKey: 'churn/statistics.json',
    constraintsKey: 'churn/constraints.json',
  });
}

/** What lies where `givenBaseline` says, by address: a baseline without numbers, so that no run finds anything of them, and of every kind. */
export const GIVEN_FILES = Object.fromEntries(
  ['statistics', 'constraints'].map((name) => [
    `s3://baselines/churn/${name}.json`,
    JSON.stringify({
      version: 0,
      dataset: { item_count: 1 },
      features: [{ name: 'tenure', inferred_type: 'Unknown', completeness: 1 }],
      regression_constraints: {},
      post_training_bias_metrics: { label: 'churned', facets: {}, label_value_or_threshold: '1' },
      explanations: { kernel_shap: {} },
    }),
  ]),
);

/** A group that is neither a monitor nor a front door, with what rules read of it; where its monitors report is not known, unless it is said. */
export function groupOf(
  monitorIds: string[],
  eventBus?: IEventBus,
  reportsPlaces?: IMonitorGroup['reportsPlaces'],
): IMonitorGroup {
  const unused = () => {
    throw new Error('this group makes no rules');
  };
  return { monitorIds, eventBus, reportsPlaces, onViolations: unused, onOutcome: unused };
}

/** Says that events about monitors may be believed whose reports lie nobody knows where. */
export function believingEvents(scope: Construct): void {
  Annotations.of(scope).acknowledgeWarning('cdk-sagemaker-monitoring:believedEvents');
}

/** Reports of the monitor `Monitor` in a bucket that exists. */
export function givenReports(scope: Construct): ReportsPlace {
  const bucket = s3.Bucket.fromBucketName(scope, 'Reports', 'reports');
  return reportsPlace({ bucket, reportsPrefix: 'reports', monitorId: 'Stack/Monitor' });
}

/** A monitor on the serverless engine, of an endpoint of its own, with given files, unless told otherwise. */
export function newMonitor(
  scope: Construct,
  props: Partial<DataQualityMonitorProps> = {},
  id = 'DataQuality',
): DataQualityMonitor {
  return new DataQualityMonitor(scope, id, {
    data: props.data ?? MonitoredData.endpoint(newEndpoint(scope)),
    engine: MonitoringEngine.serverless(),
    baseline: props.baseline ?? givenBaseline(scope),
    ...props,
  });
}
