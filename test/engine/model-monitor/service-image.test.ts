import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InlineRole } from '../../../lib/core/inline-role';
import { analyzerImageUri } from '../../../lib/engine/model-monitor/analyzer/image';
import { clarifyImageUri } from '../../../lib/engine/model-monitor/clarify/image';
import { IMAGE_REGISTRIES } from '../../../lib/engine/model-monitor/job/image-registries';
import { readable, statementsOfRole } from '../../monitor/readable-template';
import published from './images/image-uris.json';

type Make = typeof analyzerImageUri;

const analyzer: Make = analyzerImageUri;
const clarify: Make = (scope, role) => clarifyImageUri(scope, role, 'modelBias');

function make(imageUri: Make, region?: string, context = {}) {
  const stack = new Stack(new App({ context }), 'Stack', { env: { region } });
  const role = new InlineRole(stack, 'Role', { assumedBy: 'sagemaker.amazonaws.com', description: '' });
  return { stack, role, uri: readable(stack.resolve(imageUri(role, role))) };
}

const LITERALS = { '@aws-cdk/core:enablePartitionLiterals': true };
const DOMAINS: { [partition: string]: string } = {
  aws: 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-us-gov': 'amazonaws.com',
};

describe('the images that SageMaker brings', () => {
  const images = Object.entries(published.images);

  test('[A8] are known for the regions that were published, and no other', () => {
    const regions = (image: 'analyzer' | 'clarify') =>
      images.filter(([, uris]) => uris[image] !== null).map(([region]) => region);
    const known = (image: 'analyzer' | 'clarify') =>
      Object.keys(IMAGE_REGISTRIES).filter((region) => IMAGE_REGISTRIES[region][image]);
    expect(known('analyzer')).toEqual(regions('analyzer'));
    expect(known('clarify')).toEqual(regions('clarify'));
    expect([known('analyzer').length, known('clarify').length]).toEqual([31, 28]);
  });

  test.each(images)('[A8][defect 14] are those that were published for %s', (region, uris) => {
    expect(make(analyzer, region).uri).toBe(uris.analyzer);
    if (uris.clarify) expect(make(clarify, region).uri).toBe(uris.clarify);
    else expect(() => make(clarify, region)).toThrow(/^UnknownClarifyImage/);
  });

  test.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('[E11] of %s lie in the partition %s and its domain', (region, partition) => {
    expect(DOMAINS[partition]).toBe(images.find(([name]) => name === region)?.[1].analyzer.split(/ecr\.[^.]+\.|\//)[1]);
    for (const imageUri of [analyzer, clarify]) {
      const { stack, uri } = make(imageUri, region, LITERALS);
      expect(statementsOfRole(stack, 'Role')[0].Resource).toMatch(
        new RegExp(`^arn:${partition}:ecr:${region}:\\d{12}:`),
      );
      expect(uri).toContain(`.dkr.ecr.${region}.${DOMAINS[partition]}/`);
    }
  });

  test('[A8] are found by one mapping where the region is known at deployment only', () => {
    const { stack, role, uri } = make(clarify);
    expect(uri).toBe(
      `{"Fn::FindInMap":["SageMakerMonitoringImageRegistries","\${AWS::Region}","clarify"]}` +
        `.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/sagemaker-clarify-processing:1.0`,
    );
    expect(readable(stack.resolve(analyzer(stack, role)))).toBe(
      `{"Fn::FindInMap":["SageMakerMonitoringImageRegistries","\${AWS::Region}","analyzer"]}` +
        `.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/sagemaker-model-monitor-analyzer`,
    );
    expect(Template.fromStack(stack).toJSON().Mappings).toEqual({
      SageMakerMonitoringImageRegistries: IMAGE_REGISTRIES,
    });
  });

  test.each<[string, Make, string]>([
    ['analyzer', analyzer, '468650794304:repository/sagemaker-model-monitor-analyzer'],
    ['Clarify', clarify, '131013547314:repository/sagemaker-clarify-processing'],
  ])('may be pulled: the repository of %s, with a token that knows none', (_, imageUri, repository) => {
    expect(statementsOfRole(make(imageUri, 'eu-west-1').stack, 'Role')).toEqual([
      {
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
        Effect: 'Allow',
        Resource: `arn:\${AWS::Partition}:ecr:eu-west-1:${repository}`,
      },
      { Action: 'ecr:GetAuthorizationToken', Effect: 'Allow', Resource: '*' },
    ]);
  });

  test('fail for a region without the analyzer, with what to do', () => {
    expect(() => make(analyzer, 'us-gov-east-1')).toThrow(
      /^UnknownAnalyzerImage at Stack\/Role: 'region' is "us-gov-east-1", allowed is one of af-south-1, .* \(known in 2026-08\) \(name the image with 'dataQuality\.imageUri' or 'modelQuality\.imageUri'; MonitoringEngine\.serverless\(\) needs none\) \(\S+\)$/,
    );
  });

  test.each(['us-gov-east-1', 'il-central-1'])('[A8] fail for %s, which has no Clarify, with what to do', (region) => {
    expect(() => make(clarify, region)).toThrow(
      new RegExp(
        `^UnknownClarifyImage at Stack/Role: 'region' is "${region}", allowed is one of af-south-1, .* \\(known in 2026-08\\) \\(name the image with 'modelBias\\.imageUri'\\) \\(\\S+\\)$`,
      ),
    );
  });
});
