import type { Cloud } from '../../../lib/cloud/deployment/cloud';
import { assembly, openCloud, removeFolders, type TestStack } from './stack';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud();
});

afterEach(() => cloud.close());
afterAll(removeFolders);

const CLUSTER = { ClusterConfig: { InstanceCount: '1', InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } };
const ROLE = 'arn:aws:iam::123456789012:role/job';

/** A job definition of a kind, as a template has it. */
function definition(kind: string, changes: object = {}, input: object = {}): object {
  const EndpointInput = { EndpointName: 'churn', LocalPath: '/opt/ml/processing/input' };
  const S3Output = { S3Uri: 's3://bucket/reports', LocalPath: '/opt/ml/processing/output' };
  return {
    [`${kind}AppSpecification`]: {
      ImageUri: 'image',
      ...(kind === 'ModelQuality' && { ProblemType: 'Regression' }),
      ...(/Bias|Expl/.test(kind) && { ConfigUri: 's3://bucket/config' }),
    },
    [`${kind}JobInput`]: {
      EndpointInput,
      ...(/ModelQuality|Bias/.test(kind) && { GroundTruthS3Input: { S3Uri: 's3://bucket/labels' } }),
      ...input,
    },
    [`${kind}JobOutputConfig`]: { MonitoringOutputs: [{ S3Output }] },
    JobResources: CLUSTER,
    RoleArn: ROLE,
    EndpointName: 'churn',
    ...changes,
  };
}

function schedule(stack: TestStack, definitionName: string, changes: object = {}) {
  return stack.add('Schedule', 'AWS::SageMaker::MonitoringSchedule', {
    MonitoringScheduleName: 'hourly',
    MonitoringScheduleConfig: {
      MonitoringJobDefinitionName: definitionName,
      MonitoringType: 'DataQuality',
      ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
    },
    ...changes,
  });
}

/** A definition without a name of its own, and a schedule that takes its name from it. */
function monitored(definitionChanges: object = {}, scheduleChanges: object = {}) {
  return (stack: TestStack): void => {
    const quality = stack.add(
      'Quality',
      'AWS::SageMaker::DataQualityJobDefinition',
      definition('DataQuality', definitionChanges),
    );
    schedule(stack, quality.getAtt('JobDefinitionName').toString(), scheduleChanges);
  };
}

const deploy = (build: (stack: TestStack) => void) => cloud.deploy(assembly(build));
const definitions = () => [...cloud.account.sageMaker.inventory.jobDefinitions.keys()];

test.each(['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'])(
  'a definition of %s gets a name, and its ARN is what Ref gives',
  async (kind) => {
    const outcome = await deploy(
      (stack) => void stack.add('Definition', `AWS::SageMaker::${kind}JobDefinition`, definition(kind)),
    );
    expect(outcome).toMatchObject({ status: 'CREATE_COMPLETE' });
    const { ref, attributes } = cloud.resource({ name: 'Definition', type: `AWS::SageMaker::${kind}JobDefinition` });
    expect(attributes.JobDefinitionName).toMatch(/^CFN-Definition-[0-9a-f]{12}$/);
    expect(ref).toBe(attributes.JobDefinitionArn);
    expect(ref.endsWith(`-job-definition/${attributes.JobDefinitionName}`)).toBe(true);
  },
);

test('a changed definition is a new one: the schedule is updated, then the old one is deleted', async () => {
  await deploy(monitored());
  const [before] = definitions();
  const outcome = await deploy(monitored({ Tags: [{ Key: 'a', Value: 'b' }] }));
  expect(outcome.events.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
    'Quality UPDATE_COMPLETE',
    'Schedule UPDATE_COMPLETE',
    'Quality DELETE_COMPLETE',
    'Test UPDATE_COMPLETE',
  ]);
  const [after, ...others] = definitions();
  expect([after === before, others]).toEqual([false, []]);
  expect(cloud.schedules.get('hourly').config.MonitoringJobDefinitionName).toBe(after);
});

test('a changed definition with a name of its own already exists, and everything stays', async () => {
  await deploy(monitored({ JobDefinitionName: 'fixed' }));
  const outcome = await deploy(monitored({ JobDefinitionName: 'fixed', Tags: [{ Key: 'a', Value: 'b' }] }));
  expect(outcome).toMatchObject({
    status: 'UPDATE_ROLLBACK_COMPLETE',
    reason: expect.stringMatching(/^Quality: AlreadyExists: .*already exists/),
  });
  expect(definitions()).toEqual(['fixed']);
});

test('a deployment waits until the schedule is Scheduled', async () => {
  await deploy(monitored());
  expect(cloud.schedules.get('hourly').status).toBe('Scheduled');
  const { ref, attributes } = cloud.resource({ type: 'AWS::SageMaker::MonitoringSchedule' });
  expect(ref).toBe('arn:aws:sagemaker:us-east-1:123456789012:monitoring-schedule/hourly');
  expect(attributes).toMatchObject({ MonitoringScheduleArn: ref, MonitoringScheduleName: 'hourly' });
});

test('a schedule with an execution in progress is not deleted, nor what it needs', async () => {
  await deploy(monitored());
  cloud.schedules.execute('hourly', { outcome: 'InProgress' });
  const outcome = await cloud.destroy('Test');
  expect(outcome).toMatchObject({
    status: 'DELETE_FAILED',
    reason: expect.stringContaining("can't delete schedule as it has in-progress executions"),
  });
  expect(definitions()).toHaveLength(1);
});

test('a schedule with an execution in progress is not changed either, and the new definition is deleted again', async () => {
  await deploy(monitored());
  const before = definitions();
  cloud.schedules.execute('hourly', { outcome: 'InProgress' });
  const outcome = await deploy(monitored({ Tags: [{ Key: 'a', Value: 'b' }] }));
  expect(outcome).toMatchObject({
    reason: expect.stringContaining("can't update schedule as it has in-progress executions"),
  });
  expect(definitions()).toEqual(before);
  expect(cloud.schedules.get('hourly').config.MonitoringJobDefinitionName).toBe(before[0]);
});

test('a stack without executions is deleted, the schedule first', async () => {
  await deploy(monitored());
  const { status, events } = await cloud.destroy('Test');
  expect(status).toBe('DELETE_COMPLETE');
  const order = events.map(({ logicalId }) => logicalId).filter((id) => ['Quality', 'Schedule'].includes(id));
  expect(order).toEqual(['Schedule', 'Quality']);
  expect([definitions(), cloud.schedules.all()]).toEqual([[], []]);
});

test('properties are held to the figures of the request that CloudFormation makes of them', async () => {
  const JobResources = { ClusterConfig: { ...CLUSTER.ClusterConfig, VolumeSizeInGB: 0 } };
  const outcome = await deploy(monitored({ JobResources, Environment: {} }));
  expect(outcome).toMatchObject({
    status: 'ROLLBACK_COMPLETE',
    reason: expect.stringMatching(
      /^Quality: ValidationException: CreateDataQualityJobDefinition: 1 validation error detected: Value '0' at 'JobResources.ClusterConfig.VolumeSizeInGB'/,
    ),
  });
});

test('a dataset format of Parquet, a boolean in templates, is a structure in requests', async () => {
  const BatchTransformInput = {
    DataCapturedDestinationS3Uri: 's3://bucket/in',
    LocalPath: '/opt/ml/in',
    DatasetFormat: { Parquet: true },
  };
  const DataQualityJobInput = { BatchTransformInput };
  const outcome = await deploy(
    (stack) =>
      void stack.add(
        'Quality',
        'AWS::SageMaker::DataQualityJobDefinition',
        definition('DataQuality', { DataQualityJobInput }),
      ),
  );
  expect(outcome.status).toBe('CREATE_COMPLETE');
  const [request] = cloud.account.sageMaker.inventory.jobDefinitions.values();
  expect(request).toMatchObject({ DataQualityJobInput: { BatchTransformInput: { DatasetFormat: { Parquet: {} } } } });
});

describe('an endpoint', () => {
  const endpoint =
    (config: object = {}, withCapture = true) =>
    (stack: TestStack) => {
      const model = stack.add('Model', 'AWS::SageMaker::Model', {
        ExecutionRoleArn: ROLE,
        PrimaryContainer: { Image: 'image' },
      });
      const variant = {
        VariantName: 'AllTraffic',
        ModelName: model.getAtt('ModelName'),
        InitialInstanceCount: 1,
        InstanceType: 'ml.m5.xlarge',
        InitialVariantWeight: 1,
      };
      const capture = {
        EnableCapture: true,
        InitialSamplingPercentage: 100,
        DestinationS3Uri: 's3://bucket/capture',
        CaptureOptions: [{ CaptureMode: 'Input' }],
      };
      const endpointConfig = stack.add('Config', 'AWS::SageMaker::EndpointConfig', {
        ProductionVariants: [variant],
        ...(withCapture && { DataCaptureConfig: capture }),
        ...config,
      });
      const own = stack.add('Endpoint', 'AWS::SageMaker::Endpoint', {
        EndpointConfigName: endpointConfig.getAtt('EndpointConfigName'),
      });
      const EndpointInput = { EndpointName: own.getAtt('EndpointName'), LocalPath: '/opt/ml/processing/input' };
      stack.add(
        'Quality',
        'AWS::SageMaker::DataQualityJobDefinition',
        definition('DataQuality', { DataQualityJobInput: { EndpointInput } }),
      );
    };

  test('is what a definition may monitor', async () => {
    expect((await deploy(endpoint())).status).toBe('CREATE_COMPLETE');
  });

  test('without capture is not', async () => {
    expect(await deploy(endpoint({}, false))).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      reason: expect.stringContaining('no data capture'),
    });
  });

  test('gets a new configuration in place, and the old one is deleted', async () => {
    await deploy(endpoint());
    const [before] = cloud.account.sageMaker.inventory.endpointConfigs.keys();
    const { ref } = cloud.resource({ type: 'AWS::SageMaker::Endpoint' });
    expect((await deploy(endpoint({ KmsKeyId: 'key' }))).status).toBe('UPDATE_COMPLETE');
    const [after, ...others] = cloud.account.sageMaker.inventory.endpointConfigs.keys();
    expect([before === after, others]).toEqual([false, []]);
    expect([...cloud.account.sageMaker.inventory.endpoints.values()]).toMatchObject([{ configName: after }]);
    expect(cloud.resource({ type: 'AWS::SageMaker::Endpoint' }).ref).toBe(ref);
  });

  test('that the cloud does not know cannot be monitored', async () => {
    const EndpointInput = { EndpointName: 'elsewhere', LocalPath: '/opt/ml/processing/input' };
    expect(await deploy(monitored({ DataQualityJobInput: { EndpointInput } }))).toMatchObject({
      reason: expect.stringContaining('Could not find endpoint "elsewhere"'),
    });
  });
});
