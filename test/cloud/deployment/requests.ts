import type { Cloud } from '../../../lib/cloud/deployment/cloud';

/** One request of a custom resource, as its function got it. */
export interface CustomRequest {
  readonly RequestType: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly RequestId: string;
  readonly StackId: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
  readonly OldResourceProperties?: Readonly<Record<string, unknown>>;
}

/** The requests that CloudFormation sent so far, in their order. */
export function customResources(cloud: Cloud): CustomRequest[] {
  return cloud.account.recorder.invocations
    .filter(({ invokedBy }) => invokedBy === 'cloudformation')
    .map(({ event }) => event as CustomRequest);
}
