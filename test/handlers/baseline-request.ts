import type { BaselineSpec } from '../../lib/baseline/contract';
import type { BaselineEvent } from '../../lib/baseline/handler/baseline-request';

/** What a test says of a request. */
interface RequestOptions {
  readonly signalUrl?: string;
  readonly oldSignalUrl?: string;
  readonly requestId?: string;
}

/** A request of CloudFormation for the baseline of a specification. */
export function baselineRequest(
  RequestType: 'Create' | 'Update' | 'Delete',
  spec: BaselineSpec,
  { signalUrl, oldSignalUrl, requestId = 'c0ffee' }: RequestOptions = {},
): BaselineEvent {
  return {
    RequestType,
    RequestId: requestId,
    StackId: 'stack',
    LogicalResourceId: 'Baseline',
    PhysicalResourceId: 's3://out/before',
    ResponseURL: 'https://cloudformation.example/answer?signature=secret',
    ResourceType: 'Custom::SageMakerMonitoringBaseline',
    ServiceToken: 't',
    ResourceProperties: { ServiceToken: 't', Spec: JSON.stringify(spec), SignalUrl: signalUrl },
    OldResourceProperties: { ServiceToken: 't', Spec: '{}', SignalUrl: oldSignalUrl },
  } as unknown as BaselineEvent;
}
