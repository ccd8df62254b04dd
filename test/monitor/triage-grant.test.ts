import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor, newStack } from './fixtures';

const EVENTS = ['Model Monitoring Exception Changed', 'Model Monitoring Back-Fill Started'];

/** A monitor whose exceptions a role may change, and the statements of that role. */
function granted(stack: Stack, options: { readonly reportsBucket?: s3.IBucket; readonly eventBus?: events.IEventBus }) {
  const monitor = newMonitor(stack, {
    ...{ data: MonitoredData.endpoint(newEndpoint(stack)), baseline: givenBaseline(stack) },
    ...{ engine: MonitoringEngine.serverless(), ...options },
  });
  const role = new iam.Role(stack, 'OnCall', { assumedBy: new iam.AccountRootPrincipal() });
  monitor.grantTriage(role);
  const [policy] = Object.values(
    Template.fromStack(stack).findResources('AWS::IAM::Policy', {
      Properties: { Roles: [stack.resolve(role.roleName)] },
    }),
  );
  return policy.Properties.PolicyDocument.Statement;
}

const warnings = (stack: Stack) =>
  Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('who accepts, snoozes or pauses')).length;

test('who is on call may read the reports of the monitor, change its exceptions, leave a record of that, and put events of it, and nothing else', () => {
  const stack = newStack();
  const reportsBucket = s3.Bucket.fromBucketName(stack, 'Given', 'reports');
  const own = (name: string) => ({
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, `:s3:::reports${name && `/model-monitoring/Stack/DataQuality/${name}`}`],
    ],
  });
  const allow = (Action: unknown, Resource: unknown, Condition?: object) =>
    Condition ? { Effect: 'Allow', Action, Resource, Condition } : { Effect: 'Allow', Action, Resource };
  const bus = {
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:eu-west-1:111122223333:event-bus/default']],
  };
  const statements = [
    allow('s3:ListBucket', own(''), { StringLike: { 's3:prefix': ['model-monitoring/Stack/DataQuality/*'] } }),
    allow('s3:GetObject', own('*')),
    allow('s3:PutObject', own('exceptions.json')),
    allow(['s3:PutObject', 's3:PutObjectTagging'], own('audit/*')),
    allow('events:PutEvents', bus, {
      StringEquals: { 'events:source': 'cdk-sagemaker-monitoring', 'events:detail-type': EVENTS },
    }),
  ];
  const found = granted(stack, { reportsBucket });
  expect(found).toEqual(expect.arrayContaining(statements));
  expect(found).toHaveLength(statements.length);
});

test('a bus of the monitor and a key of the bucket are granted as well', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  const reportsBucket = new s3.Bucket(stack, 'Given', { encryptionKey });
  const eventBus = events.EventBus.fromEventBusName(stack, 'Bus', 'models');
  const text = JSON.stringify(granted(stack, { reportsBucket, eventBus }));
  expect(text).toContain('event-bus/models');
  expect(text).not.toContain('event-bus/default');
  expect(text).toContain('"kms:Decrypt"');
  expect(text).toContain('"kms:GenerateDataKey*"');
});

test('a bucket without a rule for records of what was done is warned of, where somebody may leave some', () => {
  const stack = newStack();
  granted(stack, { reportsBucket: new s3.Bucket(stack, 'Given') });
  expect(warnings(stack)).toBe(1);
});

test('neither the bucket of the library nor one with such a rule is', () => {
  const [own, given] = [newStack(), newStack()];
  granted(own, {});
  const lifecycleRules = [{ tagFilters: { 'cdk-sagemaker-monitoring': 'audit' }, expiration: Duration.days(365) }];
  granted(given, { reportsBucket: new s3.Bucket(given, 'Given', { lifecycleRules }) });
  expect([own, given].map(warnings)).toEqual([0, 0]);
});
