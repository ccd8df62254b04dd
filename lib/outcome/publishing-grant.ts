import { Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { allow } from '../core/allow';
import type { HandlerFunction } from '../core/handler-function';
import { localArn } from '../core/local-arn';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE, METRIC_NAMESPACE } from './contract';

/**
 * Allows publishing the library's own metrics, and no others.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 * @internal
 */
export function allowMetrics(handler: HandlerFunction): void {
  allow(handler, {
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': METRIC_NAMESPACE } },
    because: 'cloudwatch:PutMetricData knows no resource, so its namespace is limited',
  });
}

/**
 * Allows putting the library's own events of one type on a bus, and no others; by default on that of the account.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 * @internal
 */
export function allowEvents(handler: HandlerFunction, eventBus?: IEventBus, detailType = EVENT_DETAIL_TYPE): void {
  const busArn = eventBus?.eventBusArn ?? localArn(Stack.of(handler), 'events', 'event-bus/default');
  handler.addStatement(['events:PutEvents'], [busArn], {
    StringEquals: { 'events:source': EVENT_SOURCE, 'events:detail-type': detailType },
  });
}
