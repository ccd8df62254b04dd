import type { Authorizer } from '../account/authorizer';
import type { EventBus } from '../account/event-bus';
import { isMembers, type Members, objectList, optionalText, textList, textMember } from '../members';
import { type Caller, jsonService, refuseUnknown, type Service, ServiceError } from './service';

interface Props {
  readonly bus: EventBus;
  readonly authorizer: Authorizer;
}

const ENTRY = ['Source', 'DetailType', 'Detail', 'EventBusName', 'Resources', 'Time'];

/**
 * EventBridge: PutEvents, of no source that begins with `aws.`.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function eventBridge(bus: EventBus, authorizer: Authorizer): Service {
  const put = (input: Members, caller: Caller): Members => {
    const entries = objectList(input, 'Entries', 'PutEvents');
    const answers = entries.map((entry) => ({ EventId: putEntry(entry, caller, { bus, authorizer }) }));
    return { FailedEntryCount: 0, Entries: answers };
  };
  return jsonService(
    { name: 'EventBridge', version: '1.1', model: 'events' },
    { PutEvents: { members: ['Entries'], run: put } },
  );
}

/** Returns the event's id. */
function putEntry(entry: Members, caller: Caller, { bus, authorizer }: Props): string {
  refuseUnknown(entry, ENTRY, 'an entry of PutEvents');
  const source = textMember(entry, 'Source', 'PutEvents');
  const detailType = textMember(entry, 'DetailType', 'PutEvents');
  const busArn = bus.arnOf(optionalText(entry, 'EventBusName', 'PutEvents') ?? 'default');
  authorizer.require(caller, {
    action: 'events:PutEvents',
    resource: busArn,
    context: { 'events:source': source, 'events:detail-type': detailType },
  });
  if (source.startsWith('aws.')) {
    throw new ServiceError('NotAuthorizedForSourceException', `not authorized for the source ${source}`);
  }
  const detail: unknown = JSON.parse(textMember(entry, 'Detail', 'PutEvents'));
  if (!isMembers(detail)) {
    throw new ServiceError('MalformedDetail', 'Detail is malformed: a JSON object is required');
  }
  return bus.put({ source, detailType, detail, resources: textList(entry, 'Resources', 'PutEvents') }, busArn);
}
