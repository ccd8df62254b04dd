import { replacementFigures } from '../../../lib/cloud/service-model/replacement';

test.each([
  ['AWS::SageMaker::MonitoringSchedule', ['MonitoringScheduleName'], 'MonitoringScheduleName'],
  ['AWS::SageMaker::Endpoint', ['EndpointName'], 'EndpointName'],
  ['AWS::SNS::Topic', ['FifoTopic', 'TopicName'], 'TopicName'],
  ['AWS::S3::BucketPolicy', ['Bucket'], 'Bucket'],
  ['AWS::SNS::TopicPolicy', [], undefined],
])('%s is replaced by %j and named by %s', (type, createOnly, name) => {
  expect(replacementFigures(type)).toEqual({ createOnly, ...(name && { name }) });
});

test('job definitions are replaced by everything, their tags included', () => {
  const { createOnly, name } = replacementFigures('AWS::SageMaker::DataQualityJobDefinition') ?? {};
  expect(createOnly).toEqual(expect.arrayContaining(['Tags', 'RoleArn', 'JobResources', 'DataQualityJobInput']));
  expect(name).toBe('JobDefinitionName');
});

test('of custom resources nothing is known', () => {
  expect(replacementFigures('Custom::Anything')).toBeUndefined();
});
