import { Stack } from 'aws-cdk-lib';
import { allow } from '../core/allow';
import type { HandlerFunction } from '../core/handler-function';
import { localArn } from '../core/local-arn';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE, METRIC_NAMESPACE } from './contract';

/**
 * Allows publishing the library's own metrics and its own event, nothing else.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 * @internal
 */
export function allowPublishing(handler: HandlerFunction): void {
  allow(handler, {
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': METRIC_NAMESPACE } },
    because: 'cloudwatch:PutMetricData knows no resource, so its namespace is limited',
  });
  handler.addStatement(['events:PutEvents'], [localArn(Stack.of(handler), 'events', 'event-bus/default')], {
    StringEquals: { 'events:source': EVENT_SOURCE, 'events:detail-type': EVENT_DETAIL_TYPE },
  });
}
