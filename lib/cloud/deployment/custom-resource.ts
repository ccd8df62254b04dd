import { createHash } from 'node:crypto';
import type { Account } from '../account/account';
import { CloudError } from '../cloud-error';
import { isMembers, type Members, optionalNumber, textMember } from '../members';
import { ANSWER_PATH } from '../stand-in/server';
import { type Created, type DeploymentContext, type Resource, type ResourceType, UpdateRefusal } from './resource';

/** Custom resources of aws-cdk-lib whose creation changes nothing that a rehearsal sees. */
export const IDLE_CUSTOM_RESOURCE_TYPES = [
  'Custom::S3AutoDeleteObjects',
  'Custom::LogRetention',
  'Custom::VpcRestrictDefaultSG',
];

/** A request that failed: with the id that the answer gave, CloudFormation deletes what a failed creation left. */
export class CustomResourceFailure extends CloudError {
  public constructor(
    code: string,
    message: string,
    /** of the answer, or made by CloudFormation where there was none */
    public readonly physicalResourceId: string,
  ) {
    super(code, message);
  }
}

/**
 * Minutes between the attempts of an asynchronous invocation that fails.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const RETRY_MINUTES = [1, 2];

/**
 * Seconds that CloudFormation waits for an answer where ServiceTimeout says nothing.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
const SERVICE_TIMEOUT = 3600;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const RESPONSE_BYTES = 4096;

/** Tells whether a type is answered by a function of the template. */
export function isCustomResource(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/**
 * A custom resource as CloudFormation treats it: it invokes the function behind ServiceToken with a request and lets virtual time pass
 * until the answer is at the request's ResponseURL; FAILED, a malformed answer, and none within ServiceTimeout fail the operation.
 * The function is invoked asynchronously: one that throws is tried twice again, after one and two minutes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export const CUSTOM_RESOURCE: ResourceType = {
  create: (resource, context) => send({ RequestType: 'Create' }, resource, context),
  update: (resource, { ref, properties }, context) => {
    if (resource.properties.ServiceToken !== properties.ServiceToken) {
      throw new UpdateRefusal('Modifying service token is not allowed.');
    }
    const OldResourceProperties = asTexts(properties);
    return send({ RequestType: 'Update', PhysicalResourceId: ref, OldResourceProperties }, resource, context);
  },
  remove: async (resource, context) => {
    await send({ RequestType: 'Delete', PhysicalResourceId: resource.ref }, resource, context);
  },
};

interface Kind {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly OldResourceProperties?: unknown;
}

async function send(kind: Kind, resource: Resource, context: DeploymentContext): Promise<Created> {
  const { account, workshop, stackId } = context;
  const { logicalId, properties, stackName, type } = resource;
  account.requestCount++;
  const token = `${stackName}-${logicalId}-${account.requestCount}`;
  const request = {
    ...kind,
    RequestId: requestId(token),
    ResponseURL: `${workshop.endpoint}${ANSWER_PATH}${token}?X-Amz-Date=${basicTime(account.simulation.now)}&X-Amz-Expires=7200`,
    StackId: stackId,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ResourceProperties: asTexts(properties),
  };
  const physicalId = kind.PhysicalResourceId ?? `${stackName}-${logicalId}-${requestId(token).slice(-12)}`;
  const failure = await invoke(textMember(properties, 'ServiceToken', logicalId), request, account);
  const seconds = optionalNumber(properties, 'ServiceTimeout', logicalId) ?? SERVICE_TIMEOUT;
  const end = account.simulation.now.getTime() + seconds * 1000;
  const detention = answerDetention(textMember(properties, 'ServiceToken', logicalId), account);
  const isHeard = () => detention === undefined && account.answers.has(token);
  if (!(await account.simulation.runUntil(isHeard, end))) {
    await account.simulation.run(end);
    const why = failure() ?? detention ?? silence(account, seconds);
    throw new CustomResourceFailure('CustomResourceFailed', `${logicalId}: ${why}`, physicalId);
  }
  return outcomeOf(account.answers.get(token) ?? '', request, physicalId);
}

/**
 * Why an answer does not leave the VPC that a function is in: it goes to a bucket of CloudFormation's, in whose name the region has no dashes. Whoever answers
 * for the function is taken to be in the same subnets.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html
 */
function answerDetention(functionArn: string, { functions, authorizer, region }: Account): string | undefined {
  const lambda = functions.find(functionArn);
  const bucket = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
  const reason =
    lambda && authorizer.detention(lambda, { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/answer` });
  return reason && `its answer does not reach CloudFormation: ${reason}`;
}

/** Begins the asynchronous invocation; returns what tells how its last attempt failed. */
async function invoke(functionArn: string, request: Members, account: Account): Promise<() => string | undefined> {
  let failure: string | undefined;
  const attempt = async (number: number): Promise<void> => {
    failure = undefined;
    await account.functions.invoke(functionArn, request, 'cloudformation').catch((error: Error) => {
      failure = `its function failed, CloudFormation would wait in vain: ${error.message}`;
      const minutes = RETRY_MINUTES[number];
      if (minutes !== undefined) {
        account.simulation.after(minutes * 60_000, () => attempt(number + 1));
      }
    });
  };
  await attempt(0);
  return () => failure;
}

interface Request {
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

function outcomeOf(answer: string, request: Request, madeId: string): Created {
  const { LogicalResourceId: logicalId } = request;
  const parsed: unknown = JSON.parse(answer);
  const body = isMembers(parsed) ? parsed : {};
  const given = body.PhysicalResourceId;
  const physicalId = typeof given === 'string' && given !== '' ? given : madeId;
  const fail = (words: string) =>
    new CustomResourceFailure('CustomResourceFailed', `${logicalId}: ${words}`, physicalId);
  if (body.Status !== 'SUCCESS') {
    throw fail(`${body.Status ?? 'no Status'}: ${body.Reason ?? 'no Reason'}`);
  }
  const wrong = (['StackId', 'RequestId', 'LogicalResourceId'] as const).find((name) => body[name] !== request[name]);
  if (wrong !== undefined || given !== physicalId || Buffer.byteLength(physicalId) > 1024) {
    throw fail(
      `the answer has a wrong ${wrong ?? 'PhysicalResourceId'}: ${JSON.stringify(body[wrong ?? 'PhysicalResourceId'])}`,
    );
  }
  if (Buffer.byteLength(answer) > RESPONSE_BYTES) {
    throw fail(`the answer has ${Buffer.byteLength(answer)} bytes, at most ${RESPONSE_BYTES} are allowed`);
  }
  const data = isMembers(body.Data) ? body.Data : {};
  return {
    ref: physicalId,
    attributes: Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)])),
  };
}

function silence({ recorder }: Account, seconds: number): string {
  const last = recorder.timeline.filter(({ problem }) => problem).at(-1);
  const why = last === undefined ? '' : `; the last problem was: ${last.title}: ${last.detail}`;
  return `nobody answered at the ResponseURL within ${seconds} seconds${why}`;
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

/** As pre-signed URLs have it: `20260304T101000Z`. */
function basicTime(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, '');
}

/** A request id of the usual form, the same in every rehearsal. */
function requestId(token: string): string {
  return `00000000-0000-4000-a000-${createHash('sha256').update(token).digest('hex').slice(0, 12)}`;
}
