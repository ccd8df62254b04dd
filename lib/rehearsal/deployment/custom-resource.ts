import { isMembers, textMember } from '../members';
import { RehearsalError } from '../rehearsal-error';
import { ANSWER_PATH } from '../stand-in/server';
import type { Creator, Resource } from './resource';

/** The custom resources that are run through their own functions. */
export const CUSTOM_RESOURCE_TYPES = ['Custom::SageMakerMonitoringBaseline'];

/** Custom resources of aws-cdk-lib whose creation changes nothing that a rehearsal sees. */
export const IDLE_CUSTOM_RESOURCE_TYPES = ['Custom::S3AutoDeleteObjects', 'Custom::LogRetention'];

/**
 * Creates a custom resource as CloudFormation does: it invokes the function behind ServiceToken with a Create request and waits for the
 * answer at the request's ResponseURL; FAILED, and no answer when nothing is left to happen, fail the deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export const customResource: Creator = async (resource, { account, workshop }) => {
  const { logicalId, properties, stackName, type } = resource;
  const token = `${stackName}-${logicalId}`;
  const request = {
    RequestType: 'Create',
    RequestId: requestId(token),
    ResponseURL: `${workshop.endpoint}${ANSWER_PATH}${token}`,
    StackId: account.arn('cloudformation', `stack/${stackName}/rehearsal`),
    LogicalResourceId: logicalId,
    ResourceType: type,
    ResourceProperties: asTexts(properties),
  };
  const invoked = account.functions.invoke(
    textMember(properties, 'ServiceToken', logicalId),
    request,
    'cloudformation',
  );
  await invoked.catch((error: Error) => {
    throw new RehearsalError(
      'CustomResourceFailed',
      `${logicalId}: its function failed, CloudFormation would wait in vain: ${error.message}`,
    );
  });
  await account.simulation.run();
  const answer = account.answers.get(token);
  if (answer === undefined) {
    throw new RehearsalError(
      'CustomResourceFailed',
      `${logicalId}: nobody answered at the ResponseURL, and nothing is left that could${whyNot(account.recorder.timeline)}`,
    );
  }
  return outcomeOf(answer, resource);
};

function outcomeOf(answer: string, { logicalId }: Resource) {
  const parsed: unknown = JSON.parse(answer);
  const body = isMembers(parsed) ? parsed : {};
  if (body.Status !== 'SUCCESS') {
    throw new RehearsalError(
      'CustomResourceFailed',
      `${logicalId}: ${body.Status ?? 'no Status'}: ${body.Reason ?? 'no Reason'}`,
    );
  }
  const data = isMembers(body.Data) ? body.Data : {};
  const attributes = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
  return { ref: textMember(body, 'PhysicalResourceId', logicalId), attributes };
}

function whyNot(
  timeline: readonly { readonly problem?: boolean; readonly title: string; readonly detail?: string }[],
): string {
  const last = timeline.filter(({ problem }) => problem).at(-1);
  return last === undefined ? '' : `; the last problem was: ${last.title}: ${last.detail}`;
}

/** CloudFormation hands over numbers and booleans as texts. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asTexts);
  }
  if (isMembers(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]));
  }
  return String(value);
}

/** A request id of the usual form, the same in every rehearsal. */
function requestId(token: string): string {
  const digits = Buffer.from(token).toString('hex').padEnd(12, '0').slice(-12);
  return `00000000-0000-4000-a000-${digits}`;
}
