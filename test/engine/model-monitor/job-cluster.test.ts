import { Duration, Lazy, Size, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { InstanceType } from '../../../lib/endpoint/instance-type';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { newStack } from '../../monitor/fixtures';
import { addedStatements, jobOf, stackWith } from './job';

const TOKEN = Token.asNumber(Lazy.any({ produce: () => 7 }));

describe('the instances of a run', () => {
  test('are one ml.m5.xlarge with 30 GiB, for an hour, when nothing is said', () => {
    const { JobResources, StoppingCondition } = jobOf();
    expect(JobResources.ClusterConfig).toEqual({ InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 });
    expect(StoppingCondition).toEqual({ MaxRuntimeInSeconds: 3600 });
  });

  test('[B15] are what the options say', () => {
    const { JobResources, StoppingCondition } = jobOf({
      instanceType: InstanceType.of('ml.r5.4xlarge'),
      instanceCount: 3,
      volumeSize: Size.tebibytes(1),
      maxRuntime: Duration.minutes(20),
    });
    expect(JobResources.ClusterConfig).toEqual({
      InstanceCount: 3,
      InstanceType: 'ml.r5.4xlarge',
      VolumeSizeInGB: 1024,
    });
    expect(StoppingCondition).toEqual({ MaxRuntimeInSeconds: 1200 });
  });

  test('may be known at deployment only', () => {
    const { JobResources, StoppingCondition } = jobOf({
      instanceCount: TOKEN,
      volumeSize: Size.gibibytes(TOKEN),
      maxRuntime: Duration.seconds(TOKEN),
    });
    expect(JobResources.ClusterConfig).toMatchObject({ InstanceCount: 7, VolumeSizeInGB: 7 });
    expect(StoppingCondition).toEqual({ MaxRuntimeInSeconds: 7 });
  });

  test.each([1, 100])('may be %d', (instanceCount) => {
    expect(jobOf({ instanceCount }).JobResources.ClusterConfig.InstanceCount).toBe(instanceCount);
  });

  test.each([0, -1, 101, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('cannot be %d', (instanceCount) => {
    expect(() => stackWith({ instanceCount })).toThrow(
      `InvalidModelMonitorEngine at Stack/DataQuality: 'instanceCount' is ${instanceCount}, allowed is a whole number, 1 to 100`,
    );
  });
});

describe('the volume of an instance', () => {
  test.each([1, 16_384])('may have %d GiB', (gibibytes) => {
    const { JobResources } = jobOf({ volumeSize: Size.gibibytes(gibibytes) });
    expect(JobResources.ClusterConfig.VolumeSizeInGB).toBe(gibibytes);
  });

  test.each([
    [Size.gibibytes(0), '0 GiB'],
    [Size.mebibytes(512), '0.5 GiB'],
    [Size.mebibytes(1536), '1.5 GiB'],
    [Size.gibibytes(16_385), '16385 GiB'],
  ])('cannot have %s', (volumeSize, shown) => {
    expect(() => stackWith({ volumeSize })).toThrow(
      `'volumeSize' is "${shown}", allowed is a whole number, 1 to 16384 GiB`,
    );
  });

  test('has no key of the user when nothing is said', () => {
    expect(jobOf().JobResources.ClusterConfig.VolumeKmsKeyId).toBeUndefined();
  });

  test('[E1] may have a key, on which the job makes grants', () => {
    const stack = newStack();
    const { JobResources } = jobOf({ volumeEncryptionKey: new kms.Key(stack, 'Key') }, stack);
    expect(JobResources.ClusterConfig.VolumeKmsKeyId).toBe(`\${Key.Arn}`);
    expect(addedStatements(stack)).toEqual([
      { Action: ['kms:CreateGrant', 'kms:DescribeKey'], Effect: 'Allow', Resource: `\${Key.Arn}` },
    ]);
  });

  test.each(['ml.m5d.large', 'ml.g4dn.xlarge', 'ml.p4de.24xlarge', 'ml.c6gd.large', 'ml.r5dn.large'])(
    'cannot have a key on the local storage of %s',
    (name) => {
      const stack = newStack();
      const options = { instanceType: InstanceType.of(name), volumeEncryptionKey: new kms.Key(stack, 'Key') };
      expect(() => stackWith(options, {}, stack)).toThrow(
        `'volumeEncryptionKey' is "a key", allowed is none with ${name} (its local storage is encrypted by the hardware`,
      );
    },
  );

  test.each(['ml.m5.large', 'ml.d5.large', 'ml.m7i-flex.large', 'ml.g4n.xlarge', 'ml.p3.2xlarge'])(
    'may have a key on %s',
    (name) => {
      const stack = newStack();
      const options = { instanceType: InstanceType.of(name), volumeEncryptionKey: new kms.Key(stack, 'Key') };
      expect(() => stackWith(options, {}, stack)).not.toThrow();
    },
  );
});

describe('the time of a run', () => {
  const { hourly, everyHours, dailyAt } = MonitoringFrequency;

  test.each([
    ['hourly', hourly(), 1],
    ['hourly', hourly(), 3600],
    ['every two hours', everyHours(2), 7200],
    ['every twelve hours', everyHours(12), 43_200],
    ['daily', dailyAt(5), 86_400],
  ])('may be, %s, %j, %d s', (_, frequency, seconds) => {
    expect(() => stackWith({ maxRuntime: Duration.seconds(seconds) }, { frequency })).not.toThrow();
  });

  test.each([
    ['hourly', hourly(), 0, 3600, 1],
    ['hourly', hourly(), 3601, 3600, 1],
    ['hourly', hourly(), 1.5, 3600, 1],
    ['every two hours', everyHours(2), 7201, 7200, 2],
    ['daily', dailyAt(5), 86_401, 86_400, 24],
  ])('cannot be, %s, %j, %d s', (_, frequency, seconds, maximum, hours) => {
    expect(() => stackWith({ maxRuntime: Duration.seconds(seconds) }, { frequency })).toThrow(
      `'maxRuntime' is "${seconds} s", allowed is a whole number, 1 to ${maximum} s ` +
        `(a run ends before the next begins, which is after ${hours} h)`,
    );
  });
});

test('all that is wrong is said at once', () => {
  const stack = newStack();
  const wrong = {
    instanceCount: 0,
    volumeSize: Size.gibibytes(0),
    maxRuntime: Duration.days(2),
    dataQuality: { environment: { '1': '' } },
  };
  expect(() => stackWith({ ...wrong, tags: { '': '' } }, { excludedFeatures: [''] }, stack)).toThrow(
    /instanceCount.*volumeSize.*maxRuntime.*environment.*excludedFeatures.*tags/,
  );
  expect(stack.node.tryFindChild('DataQuality')?.node.tryFindChild('JobDefinition')).toBeUndefined();
});
