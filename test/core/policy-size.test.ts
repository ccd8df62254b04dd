import { App, Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { deployedLengths, estimatedCharacters } from '../../lib/core/deployed-size';
import { InlinePolicy } from '../../lib/core/inline-policy';
import { InlineRole } from '../../lib/core/inline-role';
import { deployedCharacters, INLINE_POLICY_CHARACTERS, remedy } from '../../lib/core/policy-size';

const arn = (index: number) => `arn:aws:s3:::bucket/folder-${String(index).padStart(4, '0')}/*`;

function roleWith(resources: string[]) {
  const stack = new Stack(new App(), 'Stack');
  const role = new InlineRole(stack, 'Role', {
    assumedBy: 'lambda.amazonaws.com',
    description: 'Reads',
  });
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources }));
  return { stack, synth: () => (stack.node.root as App).synth() };
}

describe('the length of a policy', () => {
  test.each([
    ['a text', 'abc', 5],
    ['a text with white space, which IAM does not count', 'a b c', 5],
    ['a list', ['a', 'b'], 2 + 2 * 4],
    ['an object', { Effect: 'Allow' }, 2 + 'Effect'.length + 4 + '"Allow"'.length],
    ['a region', { Ref: 'AWS::Region' }, 14],
    ['an ARN of the deployment', { 'Fn::GetAtt': ['Role', 'Arn'] }, 100],
    ['parts that are joined', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3']] }, 2 + 4 + 10 + 3],
    ['a list that only the deployment knows', { 'Fn::Join': ['-', { Ref: 'List' }] }, 100],
    ['nothing', undefined, 0],
  ])('of %s', (_, policy, characters) => {
    expect(deployedCharacters(policy)).toBe(characters);
  });

  test('of names of buckets and endpoints is the longest that they may have', () => {
    const stack = new Stack(new App(), 'Stack');
    const bucket = new s3.CfnBucket(stack, 'Bucket');
    const endpoint = new sagemaker.CfnEndpoint(stack, 'Endpoint', { endpointConfigName: 'config' });
    const charactersOf = (value: string) => deployedCharacters(stack.resolve(value), deployedLengths(stack));
    expect([bucket.ref, bucket.attrArn, endpoint.attrEndpointName, endpoint.ref].map(charactersOf)).toEqual([
      63, 83, 63, 100,
    ]);
  });

  test.each([3, 4])('that lists %d buckets is mended by sharing them only where they are many', (count) => {
    const buckets = Array.from({ length: count }, (_, index) => `arn:aws:s3:::${index}`);
    const listing = (Resource: unknown) => ({ Action: 's3:ListBucket', Resource });
    const Statement = [listing(buckets.slice(1)), listing(buckets[0]), listing(buckets[1]), { Action: 's3:GetObject' }];
    const advice = remedy({ Statement });
    expect(advice.includes('it lists 4 buckets: let endpoints capture to one and monitors report to one')).toBe(
      count === 4,
    );
    expect(advice).toContain('put some of the endpoints, with their monitors, into another stack');
  });

  test('of plain texts is what JSON has, but for one comma at the end of each list and object', () => {
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: '*' }] };
    const json = JSON.stringify(policy).length;
    expect(deployedCharacters(policy)).toBeGreaterThanOrEqual(json);
    expect(deployedCharacters(policy)).toBeLessThanOrEqual(json + 6);
  });

  test('is estimated to be no less than it is', () => {
    const stack = new Stack(new App(), 'Stack');
    const bucket = new s3.Bucket(stack, 'Bucket');
    const statements = [
      new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [bucket.arnForObjects('a/*')] }),
      new iam.PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn, `arn:${Aws.PARTITION}:s3:::b`, Fn.importValue('Other')],
        conditions: { StringLike: { 's3:prefix': ['a/*', Token.asString({ Ref: 'Prefix' })] } },
      }),
    ];
    const policy = new InlinePolicy();
    policy.addStatements(...statements);
    const estimated = estimatedCharacters(policy.outline());
    expect(estimated).toBeGreaterThanOrEqual(deployedCharacters(stack.resolve(policy)));
    expect(estimated).toBeLessThan(2 * deployedCharacters(stack.resolve(policy)));
  });
});

describe('a role whose policy', () => {
  const frame = deployedCharacters({
    Statement: [{ Action: 's3:GetObject', Effect: 'Allow', Resource: [] }],
    Version: '2012-10-17',
  });
  const fitting = Math.floor((INLINE_POLICY_CHARACTERS - frame) / (arn(0).length + 3));
  const arns = (count: number) => Array.from({ length: count }, (_, index) => arn(index));

  test('fits is synthesized', () => {
    expect(roleWith(arns(fitting)).synth).not.toThrow();
  });

  test('is too long fails the synthesis, and says what to do', () => {
    expect(roleWith(arns(fitting + 1)).synth).toThrow(
      /PolicyTooLarge at Stack\/Role: 'policy' is "about 10\d{3} characters in 1 statements", allowed is at most 10240 characters in a role \(put some of the endpoints, with their monitors, into another stack\)/,
    );
  });

  test('is short is not resolved for it: that would take as long as synthesis itself', () => {
    const { stack, synth } = roleWith(arns(20));
    const resolved = jest.spyOn(stack, 'resolve');
    synth();
    const documents = resolved.mock.calls.filter(([value]) => value instanceof iam.PolicyDocument);
    expect(documents).toEqual([]);
  });
});
