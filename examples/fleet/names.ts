import { Arn, type Stack } from 'aws-cdk-lib';
import type { Place } from './inventory';

/** The bus of the centre: its name is known before it is there, so that an account's stack needs nothing of the centre's. */
export const CENTRAL_BUS = 'model-monitoring-fleet';

/** The one dashboard of each account, and that of the centre, which shows all of them. */
export const DASHBOARD = 'models';

/** What accounts share with the centre. */
export const SHARED = ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup'];

/** Buckets' names are unique in the world, so the account is in it. */
export function centralBucketName({ account, region }: Place): string {
  return `model-monitoring-reports-${account}-${region}`;
}

/** ARN of the bus of the centre. */
export function centralBusArn({ account, region }: Place, stack: Stack): string {
  return Arn.format({ service: 'events', resource: 'event-bus', resourceName: CENTRAL_BUS, account, region }, stack);
}

/** Where an account's reports lie, at home and in the centre: stacks of the same name do not meet there. */
export function reportsPrefixOf({ account }: Place): string {
  return `model-monitoring/${account}`;
}
