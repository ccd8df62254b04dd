import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { type IMonitoringEngine, ModelMonitoring, MonitoredData } from '../../../lib';
import { ENV, newEndpoint } from '../../monitor/fixtures';

/** The front door of an app on either engine, with a bucket of the team's own. */
export function frontDoorOn(engine: IMonitoringEngine) {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const bucket = s3.Bucket.fromBucketName(stack, 'Own', 'own');
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    notificationTopic: new sns.Topic(stack, 'Alerts'),
    engine,
  });
  return { stack, bucket, monitoring };
}
