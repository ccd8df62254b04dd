import { CfnResource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { BASELINE_RESOURCE_TYPE, CONSTRAINTS_CHECK_TYPE } from '../../lib/baseline/contract';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { biasStackWith, explainabilityStackWith } from '../engine/model-monitor/clarify';
import { qualityStackWith } from '../engine/model-monitor/quality';
import { newEndpoint, newStack } from '../monitor/fixtures';
import { awaitedBy, resourceOf, resourcesOf, statementsOfRole } from '../monitor/readable-template';

interface Given {
  readonly id: string;
  readonly checkedAtDeployment?: boolean;
  readonly account?: string;
}

function given(stack: Stack, { id, checkedAtDeployment, account }: Given): Baseline {
  const bucket = s3.Bucket.fromBucketAttributes(stack, `Given${id}`, { bucketName: 'given', account });
  return Baseline.fromFiles({ bucket, constraintsKey: `${id}.json`, checkedAtDeployment });
}

/** A monitor of each kind that has no statistics, last things first. */
function all(options: Omit<Given, 'id'> = {}): Stack {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack));
  explainabilityStackWith({}, { data, baseline: given(stack, { id: 'shap', ...options }) }, stack);
  qualityStackWith({}, { data, baseline: given(stack, { id: 'quality', ...options }) }, stack);
  biasStackWith({}, { data, baseline: given(stack, { id: 'bias', ...options }) }, stack);
  return stack;
}

const filesOf = (stack: Stack) => resourceOf(stack, CONSTRAINTS_CHECK_TYPE).Properties.Files;

test('given constraints of kinds without statistics are judged by one resource of the stack', () => {
  const stack = all();
  expect(resourcesOf(stack, CONSTRAINTS_CHECK_TYPE)).toHaveLength(1);
  expect(resourcesOf(stack, BASELINE_RESOURCE_TYPE)).toEqual([]);
  expect(filesOf(stack)).toEqual([
    { Monitor: 'Stack/Bias', Kind: 'ModelBias', Bucket: 'given', Key: 'bias.json' },
    { Monitor: 'Stack/Explainability', Kind: 'ModelExplainability', Bucket: 'given', Key: 'shap.json' },
    { Monitor: 'Stack/ModelQuality', Kind: 'ModelQuality', Bucket: 'given', Key: 'quality.json' },
  ]);
  expect(JSON.stringify(statementsOfRole(stack, 'BaselinesRole'))).toContain(':s3:::given/bias.json');
});

test.each(['ModelQuality', 'ModelBias', 'ModelExplainability'])(
  'they are judged before there is a definition of %s',
  (kind) => {
    expect(awaitedBy(all(), `AWS::SageMaker::${kind}JobDefinition`)).toContain('Constraints');
  },
);

test('the account of their bucket is told where it is not that of the stack', () => {
  expect(filesOf(all({ account: '444455556666' }))[0].BucketOwner).toBe('444455556666');
});

test.each([
  ['that may come later', () => all({ checkedAtDeployment: false })],
  [
    "that an image of the user's reads",
    () => {
      const stack = newStack();
      const modelQuality = { imageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/own:1' };
      return qualityStackWith({ modelQuality }, { baseline: given(stack, { id: 'own' }) }, stack);
    },
  ],
])('those %s are not judged', (_, make) => {
  expect(resourcesOf(make(), CONSTRAINTS_CHECK_TYPE)).toEqual([]);
});

test('they are judged after what their monitors wait for, as what uploads them', () => {
  const stack = all();
  const uploads = ['One', 'Two'].map((id) => new CfnResource(stack, id, { type: 'Custom::Upload' }));
  stack.node.findChild('Bias').node.addDependency(uploads[0]);
  stack.node.findChild('ModelQuality').node.addDependency(uploads[1]);
  expect(() => Template.fromStack(stack)).not.toThrow();
  expect(resourceOf(stack, CONSTRAINTS_CHECK_TYPE).DependsOn).toEqual(['One', 'Two']);
});
