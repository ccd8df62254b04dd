import { Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { InlineRole } from '../../lib/core/inline-role';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { Predictor, type PredictorOptions, PredictorResponse } from '../../lib/monitor/predictor';
import { PredictorRequest } from '../../lib/monitor/predictor-request';
import { ShapAggregation, ShapAnalysis, type ShapAnalysisOptions } from '../../lib/monitor/shap-analysis';
import { ShapBaseline } from '../../lib/monitor/shap-baseline';
import { newModel } from '../endpoint/fixtures';
import { newStack } from './fixtures';
import { statementsOfRole } from './readable-template';

const PREDICTOR = Predictor.fromModelName('churn');
const analysisWith = (options: Partial<ShapAnalysisOptions>) => ShapAnalysis.of({ predictor: PREDICTOR, ...options });

function newRole(stack = newStack()) {
  return { stack, role: new InlineRole(stack, 'Role', { assumedBy: 'sagemaker.amazonaws.com', description: '' }) };
}

describe('an analysis of attributions', () => {
  test('[A4] needs no more than a model, and says what it does without more', () => {
    expect({ ...ShapAnalysis.of({ predictor: PREDICTOR }) }).toEqual({
      predictor: PREDICTOR,
      aggregation: 'mean_abs',
      useLogit: false,
      saveLocalValues: false,
    });
  });

  test('[A4] holds what it was made of, and a copy of its list', () => {
    const headers = ['age', 'sex'];
    const options = {
      baseline: ShapBaseline.clusters(1),
      sampleCount: 100,
      aggregation: ShapAggregation.MEAN_SQ,
      useLogit: true,
      seed: 0,
      saveLocalValues: true,
      headers,
      prediction: '0',
      probability: '1',
    };
    const analysis = analysisWith(options);
    expect(analysis).toMatchObject({ ...options, predictor: PREDICTOR });
    headers.pop();
    analysis.headers?.pop();
    expect(analysis.headers).toEqual(['age', 'sex']);
  });

  test('its aggregations are those of the service', () => {
    expect(Object.values(ShapAggregation)).toEqual(['mean_abs', 'median', 'mean_sq']);
  });

  test.each<[string, Partial<ShapAnalysisOptions>, string]>([
    ['no sample', { sampleCount: 0 }, `'sampleCount' is 0, allowed is a whole number, 1 or more`],
    ['half a sample', { sampleCount: 1.5 }, `'sampleCount' is 1.5`],
    ['a negative seed', { seed: -1 }, `'seed' is -1, allowed is a whole number, 0 or more`],
    ['no header', { headers: [] }, `'headers' is []`],
    ['an empty path', { features: '' }, `'predictor.request' is undefined`],
    ['an empty place of predictions', { prediction: '' }, `'prediction' is ""`],
    ['a place of 257 characters', { probability: 'x'.repeat(257) }, `'probability' is "xxx`],
    ['a model that is asked in JSON, nobody knows how', { features: 'features' }, `'predictor.request' is undefined`],
  ])('[B13] fails for %s', (_, options, message) => {
    expect(() => analysisWith(options)).toThrow(`InvalidShapAnalysis: ${message}`);
  });
});

describe('headers and the SHAP baseline', () => {
  const headers = ['age', 'sex', 'hours'];
  const request = PredictorRequest.json('{"instances":$records}', '{"features":$features}');
  const predictor = Predictor.fromModelName('churn', { request });
  const inJson = (text: string, features: string) => ({ baseline: ShapBaseline.json(text), features, predictor });

  test.each<[string, Partial<ShapAnalysisOptions>]>([
    ['rows as wide as the headers', { baseline: ShapBaseline.rows([[37, 1, 40]]) }],
    ['lines as wide', inJson('[{"features":[37,1,40]},{"features":[1,2,3]}]', 'features')],
    ['records as wide', inJson('{"instances":[{"features":[37,1,40]}]}', 'instances[*].features')],
    ['a list of records as wide', inJson('[{"features":[37,1,40]}]', '[*].features')],
    ['features that stand deeper', inJson('[{"user":{"features":[37,1,40]}}]', 'user.features')],
    ['features that are not there', inJson('[{"values":[37]}]', 'features')],
    ['features that are no list', inJson('[{"features":{"age":37}}]', 'features')],
    ['features at a path that only JMESPath can follow', inJson('[{"features":[37]}]', 'features[?@ > `1`]')],
    ['an object in S3', { baseline: ShapBaseline.fromBucket(bucketOf(), 'churn/baseline.csv') }],
    ['clusters', { baseline: ShapBaseline.clusters(2) }],
  ])('may be %s', (_, options) => {
    expect(() => analysisWith({ headers, ...options })).not.toThrow();
  });

  test.each<[string, Partial<ShapAnalysisOptions>, number]>([
    ['wider rows', { baseline: ShapBaseline.rows([[37, 1, 40, 0]]) }, 4],
    ['narrower rows', { baseline: ShapBaseline.rows([[37, 1]]) }, 2],
    ['a wider line', inJson('[{"features":[37,1,40]},{"features":[1,2,3,4]}]', 'features'), 4],
    ['a narrower record', inJson('{"instances":[{"features":[37,1]}]}', 'instances[*].features'), 2],
    ['a narrower record of a list', inJson('[{"features":[]}]', '[*].features'), 0],
    ['a wider record where features stand deeper', inJson('[{"user":{"features":[1,2,3,4]}}]', 'user.features'), 4],
  ])('fails for %s', (_, options, width) => {
    expect(() => analysisWith({ headers, ...options })).toThrow(
      `InvalidShapAnalysis: 'baseline' is "a record of ${width} features", allowed is records of 3 features, as 'headers' has`,
    );
  });

  test('rows of any width do without headers, and with those that only the deployment knows', () => {
    const unknown = Token.asList({ Ref: 'Headers' });
    const baseline = ShapBaseline.rows([[37, 1, 40]]);
    expect(() => analysisWith({ baseline })).not.toThrow();
    expect(() => analysisWith({ baseline, headers: unknown })).not.toThrow();
  });
});

describe('a SHAP baseline', () => {
  const { role } = newRole();

  test.each<[string, ShapBaseline, object]>([
    ['rows', ShapBaseline.rows([[37, 'yes', 0.5]]), { inlineJson: '[[37,"yes",0.5]]' }],
    ['records', ShapBaseline.json('[{"features":[1]}]'), { inlineJson: '[{"features":[1]}]' }],
    ['one record', ShapBaseline.json('{"instances":[]}'), { inlineJson: '{"instances":[]}' }],
    ['clusters', ShapBaseline.clusters(5), { clusterCount: 5 }],
  ])('is %s', (_, baseline, expected) => {
    expect(baseline._bind(role)).toEqual(expected);
  });

  test('may lie in S3, where the job may read this object and use the key of the bucket', () => {
    const { stack, role } = newRole();
    const encryptionKey = new kms.Key(stack, 'Key');
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'shap', encryptionKey });
    expect(ShapBaseline.fromBucket(bucket, 'churn/baseline.csv')._bind(role)).toEqual({
      s3Uri: 's3://shap/churn/baseline.csv',
      place: { bucket, objectKey: 'churn/baseline.csv' },
    });
    expect(statementsOfRole(stack, 'Role')).toEqual([
      {
        Action: 's3:GetObject',
        Effect: 'Allow',
        Resource: `arn:\${AWS::Partition}:s3:::shap/churn/baseline.csv`,
      },
      { Action: 'kms:Decrypt', Effect: 'Allow', Resource: `\${Key.Arn}` },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': ['churn/baseline.csv'] } },
        Effect: 'Allow',
        Resource: `arn:\${AWS::Partition}:s3:::shap`,
      },
    ]);
  });

  test.each<[string, () => ShapBaseline, string]>([
    ['no row', () => ShapBaseline.rows([]), `'rows' is [], allowed is at least one row, all of one length`],
    ['a row without values', () => ShapBaseline.rows([[]]), `'rows' is [[]]`],
    ['rows of two lengths', () => ShapBaseline.rows([[1], [1, 2]]), `'rows' is [[1],[1,2]]`],
    ['a value that JSON cannot write', () => ShapBaseline.rows([[Number.NaN]]), `'rows' is [[null]]`],
    ['a text that is no JSON', () => ShapBaseline.json('{'), `'text' is "{", allowed is JSON`],
    ['JSON without records', () => ShapBaseline.json('[]'), `'text' is "[]", allowed is JSON, an array of objects`],
    ['rows as records', () => ShapBaseline.json('[[1]]'), `'text' is "[[1]]"`],
    ['null', () => ShapBaseline.json('null'), `'text' is "null"`],
    ['no cluster', () => ShapBaseline.clusters(0), `'count' is 0`],
    ['a pattern', () => ShapBaseline.fromBucket(bucketOf(), 'churn/*'), `'objectKey' is "churn/*"`],
  ])('fails for %s', (_, make, message) => {
    expect(make).toThrow(`InvalidShapAnalysis: ${message}`);
  });

  test('fails for values that are neither text nor number, with the place of each', () => {
    const rows = [true, null].map((value) => [1, value]);
    expect(() => ShapBaseline.rows(rows)).toThrow(
      "InvalidProps: 'rows[0][1]' is true, allowed is a text or a number; 'rows[1][1]' is null, allowed is a text or a number",
    );
  });
});

function bucketOf(): s3.IBucket {
  return s3.Bucket.fromBucketName(newStack(), 'Bucket', 'shap');
}

describe('a predictor', () => {
  test('runs on one instance, and says nothing else, unless it is told', () => {
    const { instanceType, instanceCount, request, response, labelHeaders, customAttributes, modelArn } = PREDICTOR;
    expect([instanceType.name, instanceCount]).toEqual(['ml.m5.xlarge', 1]);
    expect([request, response, labelHeaders, customAttributes, modelArn]).toEqual(new Array(5).fill(undefined));
  });

  test('knows name and ARN of a model of the app', () => {
    const model = newModel(newStack());
    const { modelName, modelArn } = Predictor.fromModel(model);
    expect([modelName, modelArn]).toEqual([model.modelName, model.modelArn]);
  });

  test('holds what it was made of', () => {
    const options: PredictorOptions = {
      instanceType: InstanceType.of('ml.c5.xlarge'),
      instanceCount: 2,
      request: PredictorRequest.csv(),
      response: PredictorResponse.JSON,
      labelHeaders: ['stays', 'leaves'],
      customAttributes: 'trace 7',
    };
    expect(Predictor.fromModelName('churn', options)).toMatchObject({ modelName: 'churn', ...options });
  });

  test.each<[string, string, PredictorOptions, string]>([
    ['an ARN', 'arn:aws:sagemaker:eu-west-1:111122223333:model/churn', {}, `'modelName' is "arn:`],
    ['a name of 64 characters', 'x'.repeat(64), {}, `'modelName' is "xxx`],
    ['no instance', 'churn', { instanceCount: 0 }, `'instanceCount' is 0, allowed is a whole number, 1 or more`],
    ['no label', 'churn', { labelHeaders: [] }, `'labelHeaders' is []`],
    ['a label twice', 'churn', { labelHeaders: ['a', 'a'] }, `'labelHeaders' is ["a","a"]`],
    ['attributes with a line break', 'churn', { customAttributes: 'a\nb' }, `'customAttributes' is "a\\nb"`],
    ['1025 characters of attributes', 'churn', { customAttributes: 'a'.repeat(1025) }, `'customAttributes' is "aaa`],
  ])('fails for %s', (_, name, options, message) => {
    expect(() => Predictor.fromModelName(name, options)).toThrow(`InvalidPredictor: ${message}`);
  });
});

describe('the request of a predictor', () => {
  const INSTANCES = '{"instances":$records}';

  test.each<[PredictorRequest, string[]]>([
    [PredictorRequest.csv(), ['text/csv']],
    [PredictorRequest.parquet(), ['application/x-parquet']],
    [PredictorRequest.jsonLines('{"f":$features}'), ['application/jsonlines', '{"f":$features}']],
    [PredictorRequest.json(INSTANCES, '$features'), ['application/json', INSTANCES, '$features']],
    [PredictorRequest.json('$record', '$features_kvp'), ['application/json', '$record', '$features_kvp']],
    [PredictorRequest.json('$record', `{"a":"$${'{a}'}"}`), ['application/json', '$record', `{"a":"$${'{a}'}"}`]],
  ])('is written as %j', ({ contentType, template, recordTemplate }, expected) => {
    expect([contentType, template, recordTemplate].filter((text) => text !== undefined)).toEqual(expected);
  });

  test.each<[string, () => PredictorRequest, string]>([
    [
      'a line without features',
      () => PredictorRequest.jsonLines('{}'),
      `'template' is "{}", allowed is a text with $features`,
    ],
    ['a request without records', () => PredictorRequest.json('{}', '$features'), `'template' is "{}"`],
    ['a record without features', () => PredictorRequest.json('$record', '{}'), `'recordTemplate' is "{}"`],
  ])('fails for %s', (_, make, message) => {
    expect(make).toThrow(`InvalidPredictor: ${message}`);
  });
});
