import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Pieces, SCALING } from './endpoint-pieces';
import { existingEndpoint } from './existing-endpoint';
import { ENV } from './fixtures';

const newStack = () => new Stack(new App(), 'Stack', { env: ENV });

/** Scales a variant by a target of the CDK. */
function scale(stack: Stack, endpointName: string): void {
  const target = new autoscaling.ScalableTarget(stack, 'Scaled', {
    serviceNamespace: autoscaling.ServiceNamespace.SAGEMAKER,
    resourceId: `endpoint/${endpointName}/variant/live`,
    scalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    ...{ minCapacity: 1, maxCapacity: 4 },
    role: iam.Role.fromRoleArn(stack, 'ScalingRole', 'arn:aws:iam::111122223333:role/scaling'),
  });
  target.node.addDependency(stack.node.findChild('Endpoint'));
}

function captured(stack: Stack, config: sagemaker.CfnEndpointConfig, role: iam.IRole): void {
  DataCapture.toBucket(s3.Bucket.fromBucketName(stack, 'Captured', 'captured')).applyTo(config, { grantee: role });
}

/** An endpoint made by hand, whose data are captured. */
function byHand(props: Partial<sagemaker.CfnEndpointProps> = {}) {
  const stack = newStack();
  const { config, endpoint, role } = existingEndpoint(stack);
  Object.assign(endpoint, props);
  captured(stack, config, role);
  return { stack, endpoint };
}

const warnings = (stack: Stack) =>
  Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('countsNotRetained'))
    .map(({ id }) => id);
const EXCLUDED = (variantPropertyType: string) => ({ excludeRetainedVariantProperties: [{ variantPropertyType }] });

test.each<[string, Partial<sagemaker.CfnEndpointProps>]>([
  ['says nothing of it', {}],
  ['keeps nothing', { retainAllVariantProperties: false }],
  ['keeps all but counts', { retainAllVariantProperties: true, ...EXCLUDED('DesiredInstanceCount') }],
])('a scaled endpoint whose update %s is warned of, where capture is turned on', (_, props) => {
  const { stack, endpoint } = byHand(props);
  scale(stack, endpoint.attrEndpointName);
  expect(warnings(stack)).toEqual(['/Stack/Endpoint']);
});

test.each<[string, Partial<sagemaker.CfnEndpointProps>]>([
  ['keeps all', { retainAllVariantProperties: true }],
  ['keeps all but weights', { retainAllVariantProperties: true, ...EXCLUDED('DesiredWeight') }],
])('one whose update %s is not', (_, props) => {
  const { stack, endpoint } = byHand(props);
  scale(stack, endpoint.attrEndpointName);
  expect(warnings(stack)).toEqual([]);
});

test('one is found by its own name as well, and not by that of another one', () => {
  for (const [name, found] of [
    ['churn', ['/Stack/Endpoint']],
    ['churn-2', []],
  ] as const) {
    const { stack } = byHand({ endpointName: 'churn' });
    scale(stack, name);
    expect(warnings(stack)).toEqual(found);
  }
});

test('one that is not scaled, or whose data nobody captures by this library, is not', () => {
  expect(warnings(byHand().stack)).toEqual([]);
  const stack = newStack();
  scale(stack, existingEndpoint(stack).endpoint.attrEndpointName);
  expect(warnings(stack)).toEqual([]);
});

test('an endpoint of this library keeps the counts that its own scaling reaches; of another target it is warned of', () => {
  const own = new Pieces(newStack());
  own.endpoint({ variants: [own.onInstances('live', 'ml.m5.large', SCALING)] });
  expect(warnings(own.stack)).toEqual([]);
  const other = new Pieces(newStack());
  scale(other.stack, other.endpoint({ variants: [other.onInstances()] }).endpointName);
  expect(warnings(other.stack)).toEqual(['/Stack/Endpoint/Resource']);
});
