import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { Failure } from './failure';

/** Milliseconds to wait for a connection: in a VPC there may be no way to the service, and a function has more to do than to wait. */
const CONNECTION = 5000;

const client = new EventBridgeClient({ requestHandler: { connectionTimeout: CONNECTION } });

/**
 * Puts one event on its bus, or on the default bus. A request can succeed though its entry failed; that throws `EventNotAccepted`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
export async function putEvent(entry: PutEventsRequestEntry): Promise<void> {
  const { FailedEntryCount: failed, Entries: entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  if (!failed) return;
  const { ErrorCode: code, ErrorMessage: message } = entries?.[0] ?? {};
  throw new Failure(
    'EventNotAccepted',
    `the bus ${entry.EventBusName ?? 'default'} refused the event: ${code ?? 'no code'}, ${message ?? 'no message'}; see that it is there, and that its policy takes events of this account`,
  );
}
