import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { InlineRole } from '../../../lib/core/inline-role';
import { analyzerImageUri } from '../../../lib/engine/model-monitor/analyzer-image';
import { ANALYZER_REGISTRIES } from '../../../lib/engine/model-monitor/analyzer-registries';
import { readable, statementsOfRole } from '../../monitor/readable-template';

function make(region?: string, context = {}) {
  const stack = new Stack(new App({ context }), 'Stack', { env: { region } });
  const assumedBy = new iam.ServicePrincipal('sagemaker.amazonaws.com');
  const role = new InlineRole(stack, 'Role', { assumedBy, description: '' });
  return { stack, uri: readable(stack.resolve(analyzerImageUri(role, role))) };
}

describe("SageMaker's analyzer image", () => {
  test.each([
    ['eu-west-1', '468650794304'],
    ['us-east-1', '156813124566'],
    ['cn-north-1', '453000072557'],
    ['us-gov-west-1', '362178532790'],
  ])('in %s comes from the account %s, without a tag', (region, account) => {
    expect(make(region).uri).toBe(`${account}.dkr.ecr.${region}.\${AWS::URLSuffix}/sagemaker-model-monitor-analyzer`);
  });

  test.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('in %s lies in the partition %s', (region, partition) => {
    const { stack } = make(region, { '@aws-cdk/core:enablePartitionLiterals': true });
    expect(statementsOfRole(stack, 'Role')[0].Resource).toBe(
      `arn:${partition}:ecr:${region}:${ANALYZER_REGISTRIES[region]}:repository/sagemaker-model-monitor-analyzer`,
    );
  });

  test('may be pulled: this repository, with a token that knows none', () => {
    expect(statementsOfRole(make('eu-west-1').stack, 'Role')).toEqual([
      {
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
        Effect: 'Allow',
        Resource: `arn:\${AWS::Partition}:ecr:eu-west-1:468650794304:repository/sagemaker-model-monitor-analyzer`,
      },
      { Action: 'ecr:GetAuthorizationToken', Effect: 'Allow', Resource: '*' },
    ]);
  });

  test('is found by one mapping where the region is known at deployment only', () => {
    const { stack, uri } = make();
    analyzerImageUri(stack, stack.node.findChild('Role') as InlineRole);
    expect(uri).toBe(
      `{"Fn::FindInMap":["SageMakerMonitoringAnalyzerRegistries","\${AWS::Region}","account"]}` +
        `.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/sagemaker-model-monitor-analyzer`,
    );
    const { Mappings } = Template.fromStack(stack).toJSON();
    expect(Mappings).toEqual({
      SageMakerMonitoringAnalyzerRegistries: Object.fromEntries(
        Object.entries(ANALYZER_REGISTRIES).map(([region, account]) => [region, { account }]),
      ),
    });
  });

  test('fails for a region without it, with what to do', () => {
    expect(() => make('us-gov-east-1')).toThrow(
      /^UnknownAnalyzerImage at Stack\/Role: 'region' is "us-gov-east-1", allowed is one of af-south-1, .* \(known in 2026-08\) \(name the image with 'analyzerImageUri', or use MonitoringEngine\.serverless\(\)\)$/,
    );
  });

  test('has accounts of twelve digits', () => {
    expect(Object.values(ANALYZER_REGISTRIES).filter((account) => !/^\d{12}$/.test(account))).toEqual([]);
  });
});
