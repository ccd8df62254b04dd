import { inputTransformer } from '../account/input-transformer';
import { type EventTarget, serviceOf, TARGET_SERVICES } from '../account/targets';
import { CloudError } from '../cloud-error';
import { isMembers, type Members, objectList, objectMember, optionalText, textMember } from '../members';
import { createRequest } from './create-request';
import { anew, type Creator, physicalName, type ResourceType } from './resource';

const rule: Creator = (resource, { account }) => {
  const { properties, logicalId } = resource;
  const name = physicalName(resource, 'Name');
  const busArn = account.bus.arnOf(optionalText(properties, 'EventBusName', logicalId) ?? 'default');
  const busName = busArn.slice(busArn.lastIndexOf('/') + 1);
  const arn = account.arn('events', busName === 'default' ? `rule/${name}` : `rule/${busName}/${name}`);
  if (properties.ScheduleExpression !== undefined) {
    account.recorder.happened(
      'deployment',
      `rule ${name} runs on a schedule`,
      'the rehearsal runs schedules of EventBridge Scheduler only',
    );
  }
  const EventPattern = properties.EventPattern && JSON.stringify(properties.EventPattern);
  createRequest('events PutRule', { ...properties, Name: name, EventPattern });
  const Targets = objectList(properties, 'Targets', logicalId);
  if (Targets.length > 0) createRequest('events PutTargets', { Rule: name, Targets });
  account.bus.addRule({
    arn,
    name,
    busArn,
    pattern: isMembers(properties.EventPattern) ? properties.EventPattern : undefined,
    enabled: (properties.State ?? 'ENABLED') !== 'DISABLED',
    targets: Targets.map((target) => targetOf(target, logicalId)),
  });
  return { ref: name, attributes: { Arn: arn }, undo: () => account.bus.removeRule(arn) };
};

/** Dead-letter queues and retries of a target play no part: a delivery that is refused is a problem at once. */
const TARGET_MEMBERS = [
  'Id',
  'Arn',
  'RoleArn',
  'Input',
  'InputTransformer',
  'DeadLetterConfig',
  'RetryPolicy',
  'SageMakerPipelineParameters',
];

function targetOf(target: Members, logicalId: string): EventTarget {
  const arn = textMember(target, 'Arn', logicalId);
  const unknown = Object.keys(target).find((name) => !TARGET_MEMBERS.includes(name));
  if (unknown !== undefined || !TARGET_SERVICES.includes(serviceOf(arn))) {
    throw new CloudError(
      'NotRehearsed',
      `${logicalId}: the rehearsal does not know ${unknown === undefined ? `targets such as ${arn}` : `'${unknown}' of a target`}` +
        ` (known: ${TARGET_SERVICES.join(', ')} with ${TARGET_MEMBERS.join(', ')})`,
    );
  }
  const roleArn = optionalText(target, 'RoleArn', logicalId);
  const input = optionalText(target, 'Input', logicalId);
  const id = textMember(target, 'Id', logicalId);
  const { InputTransformer: transformer } = target;
  return {
    id,
    arn,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(input === undefined ? {} : { input }),
    ...(isMembers(transformer) ? { transformer: inputTransformer(transformer, logicalId) } : {}),
  };
}

const eventBus: Creator = (resource, { account }) => {
  const name = physicalName(resource, 'Name');
  return { ref: name, attributes: { Arn: account.bus.arnOf(name), Name: name } };
};

const schedule: Creator = (resource, { account }) => {
  const { properties, logicalId } = resource;
  const name = physicalName(resource, 'Name');
  createRequest('scheduler CreateSchedule', { ...properties, Name: name });
  const group = optionalText(properties, 'GroupName', logicalId) ?? 'default';
  const arn = account.arn('scheduler', `schedule/${group}/${name}`);
  const timeZone = optionalText(properties, 'ScheduleExpressionTimezone', logicalId) ?? 'UTC';
  const target = objectMember(properties, 'Target', logicalId);
  const targetArn = textMember(target, 'Arn', logicalId);
  if (!['states', 'lambda'].includes(serviceOf(targetArn))) {
    throw new CloudError(
      'NotRehearsed',
      `${logicalId}: the rehearsal knows schedules with a state machine or a function, not ${targetArn}`,
    );
  }
  account.schedules.add({
    arn,
    groupArn: account.arn('scheduler', `schedule-group/${group}`),
    name,
    expression: textMember(properties, 'ScheduleExpression', logicalId),
    timeZone,
    enabled: (properties.State ?? 'ENABLED') !== 'DISABLED',
    target: {
      arn: targetArn,
      roleArn: textMember(target, 'RoleArn', logicalId),
      input: optionalText(target, 'Input', logicalId) ?? '{}',
    },
  });
  return { ref: name, attributes: { Arn: arn }, undo: () => account.schedules.remove(arn) };
};

const alarm =
  (composite: boolean): Creator =>
  (resource, { account }) => {
    const name = physicalName(resource, 'AlarmName', 255);
    const arn = account.arn('cloudwatch', `alarm:${name}`);
    const deployed = { arn, name, props: resource.properties };
    const operation = composite ? 'PutCompositeAlarm' : 'PutMetricAlarm';
    createRequest(`monitoring ${operation}`, { ...resource.properties, AlarmName: name });
    if (composite) {
      account.alarms.addComposite(deployed);
    } else {
      account.alarms.add(deployed);
    }
    return { ref: name, attributes: { Arn: arn }, undo: () => account.alarms.remove(arn) };
  };

const topic: Creator = (resource, { account }) => {
  const name = physicalName(resource, 'TopicName', 256);
  createRequest('sns CreateTopic', { Name: name });
  const arn = account.arn('sns', name);
  account.topics.add({ arn, name, policy: account.topics.get(arn)?.policy ?? [] });
  return { ref: arn, attributes: { TopicArn: arn, TopicName: name }, undo: () => account.topics.remove(arn) };
};

const queue: Creator = (resource, { account }) => {
  const name = physicalName(resource, 'QueueName', 80);
  const arn = account.arn('sqs', name);
  account.queues.set(arn, account.queues.get(arn) ?? { arn, name, policy: [], messages: [] });
  const url = `https://sqs.${account.region}.amazonaws.com/${account.id}/${name}`;
  const attributes = { Arn: arn, QueueName: name, QueueUrl: url };
  return { ref: url, attributes, undo: () => void account.queues.delete(arn) };
};

const bucket: Creator = (resource, { account }) => {
  const name = physicalName(resource, 'BucketName', 63).toLowerCase();
  if (!account.objects.hasBucket(name)) {
    account.objects.createBucket(name, account.id);
    for (const [key, content] of account.bucketContents) account.objects.put({ bucket: name, key }, content);
  }
  account.bucketPolicies.set(name, account.bucketPolicies.get(name) ?? []);
  const domain = `${name}.s3.amazonaws.com`;
  const regional = `${name}.s3.${account.region}.amazonaws.com`;
  return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: regional } };
};

const table: Creator = (resource, { account }) => {
  const { properties, logicalId } = resource;
  const name = physicalName(resource, 'TableName', 255);
  const arn = account.arn('dynamodb', `table/${name}`);
  const schema = objectList(properties, 'KeySchema', logicalId);
  const partitionKey = schema.find(({ KeyType }) => KeyType === 'HASH');
  if (partitionKey === undefined || schema.length !== 1) {
    throw new CloudError('NotRehearsed', `${logicalId}: the rehearsal knows tables with a partition key alone`);
  }
  const key = textMember(partitionKey, 'AttributeName', logicalId);
  const items = account.tables.get(name)?.items ?? new Map();
  account.tables.set(name, { arn, name, partitionKey: key, items });
  return { ref: name, attributes: { Arn: arn, TableId: name }, undo: () => void account.tables.delete(name) };
};

/** Creators of what hands on, notifies and stores. */
export const EVENT_RESOURCES: Readonly<Record<string, Creator | ResourceType>> = {
  'AWS::Events::Rule': anew(rule),
  'AWS::Events::EventBus': eventBus,
  'AWS::Scheduler::Schedule': anew(schedule),
  'AWS::CloudWatch::Alarm': anew(alarm(false)),
  'AWS::CloudWatch::CompositeAlarm': anew(alarm(true)),
  'AWS::SNS::Topic': topic,
  'AWS::SQS::Queue': queue,
  'AWS::S3::Bucket': bucket,
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
};
