import { Annotations as CoreAnnotations, Duration } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../monitor/fixtures';
import { resourcesOf } from '../monitor/readable-template';

const ID = 'cdk-sagemaker-monitoring:intermediateObjects';

function warningsWith(makeBucket?: (stack: ReturnType<typeof newStack>) => s3.IBucket) {
  const stack = newStack();
  const reportsBucket = makeBucket?.(stack);
  const endpoint = newEndpoint(stack);
  const baseline = givenBaseline(stack);
  for (const id of ['One', 'Two'])
    newMonitor(stack, { data: MonitoredData.endpoint(endpoint), reportsBucket, baseline }, id);
  return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(ID));
}

describe('that stacks of the same name would share a place', () => {
  const infosAbout = (account?: string, reportsPrefix?: string) => {
    const stack = newStack();
    const reportsBucket = s3.Bucket.fromBucketAttributes(stack, 'Central', { bucketName: 'central', account });
    for (const id of ['One', 'Two']) {
      const data = MonitoredData.endpoint(newEndpoint(stack, id));
      newMonitor(stack, { data, reportsBucket, reportsPrefix, baseline: givenBaseline(stack, `Of${id}`) }, `Of-${id}`);
    }
    return Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('sharedReportsPlace'));
  };

  test('is said of a bucket of another account, once, with the prefix that tells them apart', () => {
    const infos = infosAbout('444455556666');
    expect(infos.map(({ id }) => id)).toEqual(['/Stack/Central']);
    expect(infos[0].entry.data).toContain("'reportsPrefix' with its account, as model-monitoring/{account}");
  });

  test('is not said where a prefix is given, nor of a bucket of the account', () => {
    expect(infosAbout('444455556666', 'model-monitoring/111122223333')).toEqual([]);
    expect(infosAbout()).toEqual([]);
  });
});

describe('that intermediate objects stay in a bucket', () => {
  test('is said of one of the app without a rule for them, once, with the rule', () => {
    const warnings = warningsWith(
      (stack) => new s3.Bucket(stack, 'Mine', { lifecycleRules: [{ expiration: Duration.days(900) }] }),
    );
    expect(warnings).toHaveLength(1);
    const { data } = warnings[0].entry;
    expect(warnings[0].id).toBe('/Stack/Mine');
    expect(JSON.parse(/\{.*\}/.exec(`${data}`)?.[0] ?? '')).toEqual({
      ID: 'IntermediateObjects',
      Status: 'Enabled',
      Filter: { Tag: { Key: 'cdk-sagemaker-monitoring', Value: 'intermediate' } },
      Expiration: { Days: 7 },
    });
  });

  test('is said of an imported one, whose rules are not known', () => {
    expect(warningsWith((stack) => s3.Bucket.fromBucketName(stack, 'Mine', 'mine'))).toHaveLength(1);
  });

  test('is not said of one that has the rule', () => {
    const tagFilters = { 'cdk-sagemaker-monitoring': 'intermediate' };
    const rule = { tagFilters, expiration: Duration.days(3) };
    expect(warningsWith((stack) => new s3.Bucket(stack, 'Mine', { lifecycleRules: [rule] }))).toEqual([]);
  });

  test('is not said of one that gets the rule behind the monitor, and the rule stays', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Mine', { lifecycleRules: [{ expiration: Duration.days(900) }] });
    newMonitor(stack, { reportsBucket: bucket });
    bucket.addLifecycleRule({
      tagFilters: { 'cdk-sagemaker-monitoring': 'intermediate' },
      expiration: Duration.days(3),
    });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(ID))).toEqual([]);
    const [{ Properties }] = resourcesOf(stack, 'AWS::S3::Bucket').filter(({ id }) => id.startsWith('Mine'));
    expect(Properties.LifecycleConfiguration.Rules).toHaveLength(2);
  });

  test("is not said of the library's own", () => {
    expect(warningsWith()).toEqual([]);
  });

  test('can be acknowledged', () => {
    const acknowledged = (stack: ReturnType<typeof newStack>) => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Mine', 'mine');
      CoreAnnotations.of(bucket).acknowledgeWarning(ID);
      return bucket;
    };
    expect(warningsWith(acknowledged)).toEqual([]);
  });
});
