import { baselineObstacle, definitionObstacle } from '../../lib/rehearsal/containers/obstacles';

// What a rehearsal does not do in place of SageMaker is said, by reason.

const ANALYZER = '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer';
const CLARIFY = '131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0';
const ENDPOINT = { EndpointInput: { EndpointName: 'churn' } };

const definition = (application: object, input: object = ENDPOINT) => ({
  DataQualityAppSpecification: application,
  DataQualityJobInput: input,
});

test("runs of SageMaker's analyzer on an endpoint are rehearsed, and baselines of either container", () => {
  expect(definitionObstacle(definition({ ImageUri: ANALYZER }))).toBeUndefined();
  expect(baselineObstacle({ AppSpecification: { ImageUri: ANALYZER } })).toBeUndefined();
  expect(baselineObstacle({ AppSpecification: { ImageUri: CLARIFY } })).toBeUndefined();
});

test.each<[string, object, object | undefined, string]>([
  ['labels', { ImageUri: ANALYZER }, { ...ENDPOINT, GroundTruthS3Input: { S3Uri: 's3://labels' } }, 'labels'],
  ['batch transform', { ImageUri: ANALYZER }, { BatchTransformInput: {} }, 'batch transform'],
  [
    'features that are left out',
    { ImageUri: ANALYZER },
    { EndpointInput: { EndpointName: 'churn', ExcludeFeaturesAttribute: 'a' } },
    'leaves features out',
  ],
  ['a model that is asked', { ImageUri: CLARIFY }, undefined, 'asks the model'],
  ['an image of the user', { ImageUri: '1.dkr.ecr/mine:1' }, undefined, 'your own (1.dkr.ecr/mine:1)'],
  ['an entry point', { ImageUri: ANALYZER, ContainerEntrypoint: ['sh'] }, undefined, 'your own'],
  ['a preprocessor', { ImageUri: ANALYZER, RecordPreprocessorSourceUri: 's3://a/b.py' }, undefined, 'script of yours'],
  ['a postprocessor', { ImageUri: ANALYZER, PostAnalyticsProcessorSourceUri: 's3://a/b.py' }, undefined, 'script'],
])('runs with %s are not', (_, application, input, reason) => {
  expect(definitionObstacle(definition(application, input))).toContain(reason);
});

test.each<[string, object, string]>([
  ['an image of the user', { AppSpecification: { ImageUri: 'mine' } }, 'your own (mine)'],
  [
    'a script',
    { AppSpecification: { ImageUri: ANALYZER }, Environment: { record_preprocessor_script: '/a.py' } },
    'script of yours',
  ],
])('baselines with %s are not', (_, request, reason) => {
  expect(baselineObstacle(request as never)).toContain(reason);
});
