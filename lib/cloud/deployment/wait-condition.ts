import { isMembers, type Members, optionalNumber, textMember } from '../members';
import { SIGNAL_PATH } from '../stand-in/server';
import { ServiceError } from '../stand-in/service';
import { type Creator, type Resource, type ResourceType, UpdateRefusal } from './resource';

/** A URL that takes signals; a replaced handle has another one. */
const handle: Creator = ({ stackName, logicalId, generation = 0 }, { workshop }) => ({
  ref: `${workshop.endpoint}${SIGNAL_PATH}${stackName}-${logicalId}-${generation}`,
  attributes: {},
});

/**
 * Waits until `Count` signals (one, unless it says more) of success with different ids have arrived at the handle; one of failure, and
 * `Timeout` seconds of virtual time without them, fail the resource.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-waitcondition.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html
 */
const condition: Creator = async ({ logicalId, stackName, properties }, { account }) => {
  const url = textMember(properties, 'Handle', logicalId);
  const token = url.slice(url.indexOf(SIGNAL_PATH) + SIGNAL_PATH.length);
  const count = optionalNumber(properties, 'Count', logicalId) ?? 1;
  const timeout = optionalNumber(properties, 'Timeout', logicalId) ?? 0;
  if (timeout < 1 || timeout > 43_200) {
    throw new ServiceError('ValidationError', `${logicalId}: Timeout is ${timeout} seconds, 1 to 43200 are allowed`);
  }
  const received = () => (account.signals.get(token) ?? []).map(signalOf);
  const failed = () => received().find(({ Status }) => Status !== 'SUCCESS');
  const succeeded = () => new Map(received().map(({ UniqueId, Data }) => [String(UniqueId), Data]));
  const end = account.simulation.now.getTime() + timeout * 1000;
  await account.simulation.runUntil(() => failed() !== undefined || succeeded().size >= count, end);
  const failure = failed();
  if (failure !== undefined) {
    throw new ServiceError(
      'WaitConditionFailed',
      `${logicalId}: WaitCondition received failed message: '${failure.Reason}' for uniqueId: ${failure.UniqueId}`,
    );
  }
  if (succeeded().size < count) {
    await account.simulation.run(end);
    throw new ServiceError(
      'WaitConditionTimedOut',
      `${logicalId}: WaitCondition timed out. Received ${succeeded().size} conditions when expecting ${count}`,
    );
  }
  return { ref: `${stackName}-${logicalId}`, attributes: { Data: JSON.stringify(Object.fromEntries(succeeded())) } };
};

function signalOf(body: string): Members {
  const signal: unknown = JSON.parse(body);
  return isMembers(signal) ? signal : {};
}

/** CloudFormation does not update these types: a changed one is refused. */
const refused = ({ type }: Resource): never => {
  throw new UpdateRefusal(`updates of ${type} are not supported: give it another logical id`);
};

/** Wait conditions and their handles. */
export const WAIT_RESOURCES: Readonly<Record<string, ResourceType>> = {
  'AWS::CloudFormation::WaitCondition': { create: condition, update: refused },
  'AWS::CloudFormation::WaitConditionHandle': { create: handle, update: refused },
};
