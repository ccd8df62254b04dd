import { type App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { Monitor, type MonitorAttributes } from '../../lib/monitor/monitor';
import type { IMonitorGroup } from '../../lib/monitor/monitor-group';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { ViolationDigest } from '../../lib/notification/violation-digest';
import { type ReportsPlace, reportsPlace } from '../../lib/outcome/reports-place';
import {
  believingEvents,
  ENV,
  givenBaseline,
  givenReports,
  groupOf,
  newEndpoint,
  newMonitor,
  newStack,
} from './fixtures';
import { ruleOf, statementsOfRole } from './readable-template';

/** What the rule of a digest tells of where reports lie. */
const toldOf = (stack: Stack) => {
  const { InputTemplate } = ruleOf(stack).Properties.Targets[0].InputTransformer;
  return JSON.parse(String(InputTemplate).replace(/<\w+>/g, '0')).reports;
};
const digestOf = (stack: Stack, monitors: IMonitorGroup, id = 'Digest') =>
  new ViolationDigest(stack, id, { monitors, topic: new sns.Topic(stack, `Topic${id}`) });
const s3StatementsOf = (stack: Stack) =>
  statementsOfRole(stack, 'DigestFunctionRole').filter(({ Action }) => /s3:|kms:/.test(String(Action)));
const BELIEVED = 'cdk-sagemaker-monitoring:believedEvents';
const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('believed'));
const imported = (stack: Stack, attributes: Partial<MonitorAttributes> = {}) =>
  Monitor.fromMonitorAttributes(stack, 'Theirs', {
    monitorId: 'Churn/DataQuality',
    monitorKind: MonitorKind.DATA_QUALITY,
    ...attributes,
  });

/** A front door whose messages are told, and whose monitors join it later. */
function frontDoor(stack: Stack, reportsBucket?: s3.IBucket): ModelMonitoring {
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    notificationTopic: new sns.Topic(stack, 'Topic'),
    reportsBucket,
  });
  for (const id of ['Two', 'One']) monitoring.addDataQualityMonitor(id, { baseline: givenBaseline(stack, id) });
  return monitoring;
}

describe('of monitors of a stack', () => {
  test('the rule says where reports lie, those of monitors included that joined later, and nothing is believed', () => {
    const stack = newStack();
    frontDoor(stack);
    const monitorIds = ['Stack/Monitoring/One', 'Stack/Monitoring/Two'];
    expect(toldOf(stack)).toEqual([{ bucket: `\${Reports}`, prefix: 'model-monitoring', monitorIds }]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('the function may read the reports of the stack and nothing else, look whether one is there, and note its messages', () => {
    const stack = newStack();
    frontDoor(stack, new s3.Bucket(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'Key') }));
    const [reports, notes] = ['model-monitoring/Stack/*/report.json', 'model-monitoring/Stack/*.message'];
    const [bucket, key] = [`\${Encrypted.Arn}`, `\${Key.Arn}`];
    expect(s3StatementsOf(stack)).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: `${bucket}/${reports}` },
      { Action: 'kms:Decrypt', Effect: 'Allow', Resource: key },
      {
        Action: 's3:ListBucket',
        Effect: 'Allow',
        Resource: bucket,
        Condition: { StringLike: { 's3:prefix': reports } },
      },
      { Action: ['s3:GetObject', 's3:PutObject'], Effect: 'Allow', Resource: `${bucket}/${notes}` },
      {
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        Effect: 'Allow',
        Resource: key,
      },
    ]);
  });

  test('a further digest adds no statement', () => {
    const stack = newStack();
    digestOf(stack, frontDoor(stack), 'Further');
    expect(s3StatementsOf(stack)).toHaveLength(3);
  });

  test('places that differ are told apart, each with its monitors', () => {
    const stack = newStack();
    const data = MonitoredData.endpoint(newEndpoint(stack));
    const monitors = ['One', 'Two'].map((id) =>
      newMonitor(stack, { data, reportsPrefix: id, baseline: givenBaseline(stack, `${id}Baseline`) }, id),
    );
    const reportsPlaces = Object.assign({}, ...monitors.map((monitor) => monitor.reportsPlaces));
    believingEvents(digestOf(stack, groupOf(['Stack/One', 'Stack/Two', 'Stack/Three'], undefined, reportsPlaces)));
    expect(toldOf(stack)).toEqual([
      { bucket: `\${Reports}`, prefix: 'One', monitorIds: ['Stack/One'] },
      { monitorIds: ['Stack/Three'] },
      { bucket: `\${Reports}`, prefix: 'Two', monitorIds: ['Stack/Two'] },
    ]);
    expect(s3StatementsOf(stack).map(({ Resource }) => Resource)).toEqual([
      ['One', 'Two'].map((prefix) => `\${Reports.Arn}/${prefix}/Stack/*/report.json`),
      `\${Reports.Arn}`,
      ['One', 'Two'].map((prefix) => `\${Reports.Arn}/${prefix}/Stack/*.message`),
    ]);
  });
});

describe('of monitors that run elsewhere', () => {
  test('a bucket of another stack, whose name the deployment chooses, is refused, and makes no reference where events may be believed', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    const digest = digestOf(other, newMonitor(stack));
    expect(() => toldOf(other)).toThrow('ReportsUnknown at Other/Digest: ');
    believingEvents(digest);
    expect(toldOf(other)).toEqual([{ monitorIds: ['Stack/DataQuality'] }]);
    expect(other.dependencies).toEqual([]);
  });

  test('a bucket of another stack that the monitors of this one report to is named', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    frontDoor(stack, new s3.Bucket(other, 'Shared'));
    expect(s3StatementsOf(stack)).toHaveLength(3);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('the reports of a monitor that is imported with its bucket are read, though that is another stack’s', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    const { monitorId, reports } = newMonitor(stack, {
      reportsBucket: new s3.Bucket(stack, 'Own', { encryptionKey: new kms.Key(stack, 'Key') }),
    });
    digestOf(other, imported(other, { monitorId, reportsBucket: reports.bucket }));
    const { InputTransformer } = ruleOf(other).Properties.Targets[0];
    expect(JSON.stringify(InputTransformer)).toMatch(/bucket.*ImportValue.*Own.*prefix.*Stack\/DataQuality/);
    expect(s3StatementsOf(other)).toHaveLength(5);
    expect(other.dependencies).toEqual([stack]);
  });

  test.each([
    ['account', { account: '444455556666', region: ENV.region }],
    ['region', { account: ENV.account, region: 'us-east-1' }],
  ])('a bucket of another %s, whose name the deployment chooses, cannot be named', (_, env) => {
    const stack = newStack({ env });
    const here = new Stack(stack.node.root as App, 'Here', { env: ENV });
    believingEvents(digestOf(here, newMonitor(stack)));
    expect(toldOf(here)).toEqual([{ monitorIds: ['Stack/DataQuality'] }]);
  });

  test('a bucket of another region, whose name is known, is none that a function reads', () => {
    const stack = newStack();
    const attributes = { bucketName: 'reports', region: 'us-east-1' };
    const reportsBucket = s3.Bucket.fromBucketAttributes(stack, 'There', attributes);
    believingEvents(digestOf(stack, imported(stack, { reportsBucket })));
    expect(toldOf(stack)).toEqual([{ monitorIds: ['Churn/DataQuality'] }]);
  });

  test('a stack of the same name in another account is not this one', () => {
    const stack = newStack({ env: { account: '444455556666', region: ENV.region } });
    const here = new Stack(stack.node.root as App, 'Here', { env: ENV, stackName: 'Stack' });
    believingEvents(digestOf(here, newMonitor(stack)));
    expect(toldOf(here)).toEqual([{ monitorIds: ['Stack/DataQuality'] }]);
  });

  test('an imported monitor whose bucket is given has its reports read, in a bucket of another account too', () => {
    const stack = newStack();
    const account = '444455556666';
    const reportsBucket = s3.Bucket.fromBucketAttributes(stack, 'Theirs2', { bucketName: 'reports', account });
    digestOf(stack, imported(stack, { account, reportsBucket, reportsPrefix: 'own' }));
    expect(toldOf(stack)).toEqual([
      { bucket: 'reports', bucketOwner: account, prefix: 'own', monitorIds: ['Churn/DataQuality'] },
    ]);
    expect(s3StatementsOf(stack)[0].Resource).toMatch(/:s3:::reports\/own\/Churn\/\*\/report\.json$/);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('below the prefix that all monitors have where none is given', () => {
    const stack = newStack();
    digestOf(stack, imported(stack, { reportsBucket: s3.Bucket.fromBucketName(stack, 'Given', 'reports') }));
    expect(toldOf(stack)).toMatchObject([{ prefix: 'model-monitoring' }]);
  });

  test('an imported monitor of which it is not known is refused', () => {
    const stack = newStack();
    digestOf(stack, imported(stack));
    expect(() => toldOf(stack)).toThrow(
      `ReportsUnknown at Stack/Digest: 'monitors' is ["Churn/DataQuality"], allowed is monitors of which it is known where their reports lie (import them by Monitor.fromMonitorAttributes with 'reportsBucket'; else events about them are believed: whoever may put events on the bus may send a message, which Annotations.of(...).acknowledgeWarning('${BELIEVED}') says is meant)`,
    );
  });

  test('a group without places that gets monitors later is refused with them', () => {
    const stack = newStack();
    const monitorIds: string[] = [];
    digestOf(stack, groupOf(monitorIds));
    monitorIds.push('Stack/Later');
    expect(() => toldOf(stack)).toThrow('ReportsUnknown at Stack/Digest: \'monitors\' is ["Stack/Later"]');
  });

  test.each([
    ['the digest', (digest: Construct) => digest],
    ['its stack', (digest: Construct) => Stack.of(digest)],
  ])(
    'an imported monitor of which it is not known is believed where %s is acknowledged to believe events, and nothing warns',
    (_, scopeOf) => {
      const stack = newStack();
      believingEvents(scopeOf(digestOf(stack, imported(stack))));
      expect(toldOf(stack)).toEqual([{ monitorIds: ['Churn/DataQuality'] }]);
      expect(s3StatementsOf(stack)).toEqual([]);
      expect(warningsOf(stack)).toEqual([]);
    },
  );
});

test('an engine of one’s own that leaves no report.json has its events believed', () => {
  const stack = newStack();
  const { metrics } = newMonitor(stack).engineBinding;
  const data = MonitoredData.endpoint(newEndpoint(stack, 'Own'));
  const baseline = givenBaseline(stack, 'Own2');
  const monitor = (reportsOutcome?: boolean) =>
    newMonitor(stack, { data, baseline, engine: { bind: () => ({ metrics, reportsOutcome }) } }, `Own${reportsOutcome}`)
      .reportsPlaces;
  expect(monitor()).toBeUndefined();
  expect(Object.keys(monitor(true) ?? {})).toEqual(['Stack/Owntrue']);
});

describe('of monitors that report to a bucket each, of a name as long as it may be,', () => {
  const synth = (count: number, make: (stack: Stack, monitors: IMonitorGroup) => unknown = digestOf) => {
    const stack = newStack();
    const place = (index: number): ReportsPlace => {
      const bucket = s3.Bucket.fromBucketName(stack, `Bucket${index}`, `bucket-${index}-`.padEnd(63, 'x'));
      return reportsPlace({ bucket, reportsPrefix: 'model-monitoring', monitorId: `Monitors/${index}` });
    };
    const places = Array.from({ length: count }, (_, index) => [`Monitors/${index}`, place(index)]);
    const reportsPlaces = Object.fromEntries(places);
    make(stack, groupOf(Object.keys(reportsPlaces), undefined, reportsPlaces));
    return { stack, told: () => toldOf(stack) };
  };

  test('as many are read as the role of digests has room for, and which may be listed is said once', () => {
    const { stack, told } = synth(28);
    expect(told).not.toThrow();
    const listing = s3StatementsOf(stack).filter(({ Action }) => Action === 's3:ListBucket');
    expect(listing.map(({ Resource }) => Resource.length)).toEqual([28]);
  });

  test('more are refused, with what to do', () => {
    expect(synth(40).told).toThrow(
      /PolicyTooLarge at Stack\/SageMakerMonitoringDigest\/FunctionRole: .*it lists 40 buckets: let endpoints capture to one and monitors report to one, or .* the messages about them/,
    );
  });

  test('places that the input of a rule has no room for are refused', () => {
    expect(synth(60).told).toThrow(/TooManyMonitors at Stack\/Digest: .*let them report to one bucket/);
  });
});

test('a place that is not the monitor’s is refused', () => {
  const stack = newStack();
  digestOf(stack, groupOf(['Stack/Other'], undefined, { 'Stack/Other': givenReports(stack) }));
  expect(() => toldOf(stack)).toThrow(
    "InvalidReportsPlace at Stack/Digest: 'reportsPlaces['Stack/Other'].prefix' is \"reports/Stack/Monitor\", allowed is one that ends with '/Stack/Other'",
  );
});

test('a prefix that no key can have is refused', () => {
  const stack = newStack();
  const reportsBucket = s3.Bucket.fromBucketName(stack, 'Given', 'reports');
  expect(() => imported(stack, { reportsBucket, reportsPrefix: '/a' })).toThrow('InvalidReportsPrefix at Stack: ');
});
