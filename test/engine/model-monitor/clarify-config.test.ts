import type { IRole } from 'aws-cdk-lib/aws-iam';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Dataset, type DatasetOptions } from '../../../lib/baseline/dataset';
import { InstanceType } from '../../../lib/endpoint/instance-type';
import { biasBaselineConfig, biasMonitorConfig } from '../../../lib/engine/model-monitor/clarify/bias-config';
import {
  explainabilityBaselineConfig,
  explainabilityMonitorConfig,
} from '../../../lib/engine/model-monitor/clarify/explainability-config';
import type { BiasAnalysis } from '../../../lib/monitor/bias-analysis';
import { Facet } from '../../../lib/monitor/facet';
import { PositiveOutcome } from '../../../lib/monitor/positive-outcome';
import { Predictor, PredictorResponse } from '../../../lib/monitor/predictor';
import { PredictorRequest } from '../../../lib/monitor/predictor-request';
import { ShapAggregation, type ShapAnalysis } from '../../../lib/monitor/shap-analysis';
import { ShapBaseline } from '../../../lib/monitor/shap-baseline';
import { newStack } from '../../monitor/fixtures';
import { biasAnalysis, datasets, FEATURES, HEADERS, shapAnalysis } from './clarify';
import { biasMonitorFaults, explainabilityMonitorFaults, schemaFaults } from './clarify-schema';

type Make = 'csv' | 'headless' | 'json' | 'jsonLines' | 'parquet';

const stack = newStack();
const bucket = datasets(stack);
const role: IRole = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/jobs', { mutable: false });

/** A dataset of a format, with these special columns. */
function datasetOf(make: Make, columns?: DatasetOptions['columns']) {
  if (make === 'csv') return Dataset.csv(bucket, 'train', { columns })._bind(stack);
  if (make === 'headless') return Dataset.csv(bucket, 'train', { columns, header: false })._bind(stack);
  return Dataset[make](bucket, 'train', { columns })._bind(stack);
}

/** As it is written: without what is undefined. */
function written(config: object): { readonly [key: string]: unknown } {
  return JSON.parse(JSON.stringify(config));
}

const biasBaseline = (analysis: BiasAnalysis, ...dataset: Parameters<typeof datasetOf>) =>
  written(biasBaselineConfig(analysis, datasetOf(...dataset)));
const shapBaseline = (analysis: ShapAnalysis, ...dataset: Parameters<typeof datasetOf>) =>
  written(explainabilityBaselineConfig(analysis, datasetOf(...dataset), role));
const shapMonitor = (analysis: ShapAnalysis) => written(explainabilityMonitorConfig(analysis, role));

const PREDICTOR = Predictor.fromModelName('churn', {
  instanceType: InstanceType.of('ml.c5.xlarge'),
  instanceCount: 2,
  request: PredictorRequest.json('{"instances":$records}', '{"features":$features}'),
  response: PredictorResponse.JSON,
  labelHeaders: ['stays', 'leaves'],
  customAttributes: 'trace 7',
});
const GROUPS = {
  label_values_or_threshold: [1],
  facet: [
    { name_or_index: 'sex', value_or_threshold: [0] },
    { name_or_index: 'age', value_or_threshold: [40] },
  ],
  group_variable: 'job',
};
const BIAS_METHODS = {
  report: { name: 'report', title: 'Analysis Report' },
  pre_training_bias: { methods: 'all' },
  post_training_bias: { methods: 'all' },
};

describe('what runs of a bias monitor are told', () => {
  test('[A3] groups, label and names, and nothing of a model', () => {
    const config = written(biasMonitorConfig(biasAnalysis({ predictor: PREDICTOR })));
    expect(config).toEqual({ headers: HEADERS, label: 'income', ...GROUPS });
    expect(biasMonitorFaults(config)).toEqual([]);
  });

  test('[A3] columns without names by their indices, and categories without values', () => {
    const facets = [Facet.categorical('1'), Facet.continuous('_c0', 40)];
    const analysis = biasAnalysis({ headers: undefined, label: '3', facets, groupVariable: '2' });
    const config = written(biasMonitorConfig(analysis));
    expect(config).toEqual({
      label: 3,
      label_values_or_threshold: [1],
      facet: [{ name_or_index: 1 }, { name_or_index: 0, value_or_threshold: [40] }],
      group_variable: 2,
    });
    expect(biasMonitorFaults(config)).toEqual([]);
  });

  test('[A3] a list with one threshold, for a label that is a number', () => {
    const analysis = biasAnalysis({ positiveOutcome: PositiveOutcome.above(50_000.5), groupVariable: undefined });
    const config = written(biasMonitorConfig(analysis));
    expect(config).toMatchObject({ label_values_or_threshold: [50_000.5] });
    expect(config).not.toHaveProperty('group_variable');
  });

  test('names that look like indices stay names where headers give them', () => {
    const headers = ['1', 'income'];
    const analysis = biasAnalysis({ headers, facets: [Facet.categorical('1')], groupVariable: undefined });
    expect(written(biasMonitorConfig(analysis)).facet).toEqual([{ name_or_index: '1' }]);
  });
});

describe('what the job of a bias baseline is told', () => {
  test('[D3] all of it, and how the model is asked', () => {
    const predictor = Predictor.fromModelName('churn');
    const config = biasBaseline(biasAnalysis({ predictor, probability: '1', threshold: 0.6 }), 'headless');
    expect(config).toEqual({
      dataset_type: 'text/csv',
      headers: HEADERS,
      label: 'income',
      ...GROUPS,
      probability_threshold: 0.6,
      methods: BIAS_METHODS,
      predictor: {
        model_name: 'churn',
        instance_type: 'ml.m5.xlarge',
        initial_instance_count: 1,
        label: 0,
        probability: 1,
      },
    });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[D3] no model where the dataset holds predictions', () => {
    const columns = { label: 'income', prediction: 'predicted' };
    const config = biasBaseline(biasAnalysis({ predictor: PREDICTOR }), 'csv', columns);
    expect(config).toMatchObject({ label: 'income', predicted_label: 'predicted' });
    expect(config).not.toHaveProperty('predictor');
    expect(schemaFaults(config)).toEqual([]);
  });

  test.each<Make>(['csv', 'parquet'])('[D3] no headers where the dataset (%s) has its own, which are names', (make) => {
    const facets = [Facet.categorical('1')];
    const analysis = biasAnalysis({ headers: undefined, facets, groupVariable: undefined, label: '7' });
    const config = biasBaseline(analysis, make, { prediction: '8' });
    expect(config).not.toHaveProperty('headers');
    expect(config).toMatchObject({ facet: [{ name_or_index: '1' }], label: '7', predicted_label: '8' });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[D3] columns of a dataset without a header by the names that the analysis gives them, or by their places', () => {
    const columns = { label: '_c3', prediction: '_c4' };
    expect(biasBaseline(biasAnalysis(), 'headless', columns)).toMatchObject({ label: 'income', predicted_label: 4 });
    const unnamed = biasAnalysis({ headers: undefined, facets: [Facet.categorical('1')], groupVariable: undefined });
    expect(biasBaseline(unnamed, 'headless', columns)).toMatchObject({ label: 3, predicted_label: 4 });
  });

  test.each<[Make, string]>([
    ['json', 'application/json'],
    ['jsonLines', 'application/jsonlines'],
  ])('[D3] the paths of %s', (make, type) => {
    const analysis = biasAnalysis({
      features: 'instances[*].features',
      label: 'instances[*].label',
      prediction: 'predictions[*].label',
      probability: 'predictions[*].score',
      predictor: PREDICTOR,
    });
    const config = biasBaseline(analysis, make);
    expect(config).toMatchObject({
      dataset_type: type,
      features: 'instances[*].features',
      headers: HEADERS,
      label: 'instances[*].label',
      predictor: {
        model_name: 'churn',
        instance_type: 'ml.c5.xlarge',
        initial_instance_count: 2,
        content_type: 'application/json',
        accept_type: 'application/json',
        content_template: '{"instances":$records}',
        record_template: '{"features":$features}',
        custom_attributes: 'trace 7',
        label_headers: ['stays', 'leaves'],
        label: 'predictions[*].label',
        probability: 'predictions[*].score',
      },
    });
    expect(schemaFaults(config)).toEqual([]);
  });
});

describe('what runs of an explainability monitor are told', () => {
  test('[A4] names of features, SHAP and the model; where its scores stand is said with the captured data', () => {
    const config = shapMonitor(shapAnalysis());
    expect(config).toEqual({
      headers: FEATURES,
      methods: {
        shap: {
          baseline: [[37, 1, 4]],
          num_samples: 100,
          agg_method: 'mean_abs',
          use_logit: false,
          save_local_shap_values: false,
        },
      },
      predictor: { model_name: 'churn', instance_type: 'ml.m5.xlarge', initial_instance_count: 1 },
    });
    expect(explainabilityMonitorFaults(config)).toEqual([]);
  });

  test.each<[string, ShapBaseline, object]>([
    ['records', ShapBaseline.json('[{"features":[1]}]'), { baseline: [{ features: [1] }] }],
    [
      'a document',
      ShapBaseline.json('{"instances":[{"features":[1]}]}'),
      { baseline: { instances: [{ features: [1] }] } },
    ],
    ['an object', ShapBaseline.fromBucket(bucket, 'shap.csv'), { baseline: 's3://datasets/shap.csv' }],
    ['clusters', ShapBaseline.clusters(3), { num_clusters: 3 }],
  ])('[A4] may compare with %s', (_, baseline, expected) => {
    const options = { aggregation: ShapAggregation.MEDIAN, useLogit: true, seed: 0, saveLocalValues: true };
    const config = shapMonitor(shapAnalysis({ ...options, baseline, sampleCount: undefined }));
    expect(config.methods).toEqual({
      shap: { ...expected, agg_method: 'median', use_logit: true, seed: 0, save_local_shap_values: true },
    });
    expect(explainabilityMonitorFaults(config)).toEqual([]);
  });

  test('[A4] may leave it to Clarify what to compare with', () => {
    const { methods } = explainabilityMonitorConfig(shapAnalysis({ baseline: undefined }), role);
    expect([methods.shap.baseline, methods.shap.num_clusters]).toEqual([undefined, undefined]);
  });
});

describe('what the job of an explainability baseline is told', () => {
  test('[D3] the same, with the dataset and where scores stand', () => {
    const config = shapBaseline(shapAnalysis(), 'csv', { label: 'income' });
    expect(config).toEqual({
      dataset_type: 'text/csv',
      label: 'income',
      methods: { ...(shapMonitor(shapAnalysis()).methods as object), report: BIAS_METHODS.report },
      predictor: { model_name: 'churn', instance_type: 'ml.m5.xlarge', initial_instance_count: 1, probability: 1 },
    });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[D3] what is no feature', () => {
    const config = shapBaseline(shapAnalysis(), 'csv', { label: 'income', prediction: 'said', probability: 'score' });
    expect(config).toMatchObject({ label: 'income', predicted_label: 'said', excluded_columns: ['score'] });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[D3] of a dataset without a header, names for all columns in their places', () => {
    const columns = { probability: '_c0', label: '_c4', prediction: '_c2' };
    const config = shapBaseline(shapAnalysis(), 'headless', columns);
    expect(config).toMatchObject({
      headers: ['_c0', 'age', '_c2', 'sex', '_c4', 'job'],
      label: '_c4',
      predicted_label: '_c2',
      excluded_columns: ['_c0'],
    });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[D3] of a dataset without any names, places', () => {
    const config = shapBaseline(shapAnalysis({ headers: undefined }), 'headless', { label: '_c3' });
    expect(config).toMatchObject({ label: 3 });
    expect(config).not.toHaveProperty('headers');
  });

  test.each<[Make, object | undefined, string[]]>([
    ['json', { label: 'instances[*].label' }, [...FEATURES, 'label']],
    ['jsonLines', undefined, FEATURES],
  ])('[D3] of %s, the path of features, and a name for the label at the end', (make, columns, headers) => {
    const features = 'instances[*].features';
    const config = shapBaseline(shapAnalysis({ features, predictor: PREDICTOR }), make, columns);
    expect(config).toMatchObject({ features, headers, ...columns });
    expect(schemaFaults(config)).toEqual([]);
  });
});

describe('the schema', () => {
  const config = { dataset_type: 'text/csv', methods: {} };

  test.each<[string, object, string]>([
    ['an unknown key', { ...config, facets: [] }, 'facets: []'],
    ['a missing key', { dataset_type: 'text/csv' }, 'methods is missing'],
    ['a threshold that is no list', { ...config, label_values_or_threshold: 1 }, 'label_values_or_threshold: 1'],
    ['an unknown key of a predictor', { ...config, predictor: { model: 'x' } }, 'predictor: {"model":"x"}'],
    [
      'a facet without a name',
      { ...config, facet: [{ value_or_threshold: [1] }] },
      'facet: [{"value_or_threshold":[1]}]',
    ],
    ['another way to aggregate', { ...config, methods: { shap: { agg_method: 'mean' } } }, 'methods: {"shap"'],
  ])('fails for %s', (_, faulty, message) => {
    expect(schemaFaults(faulty).join()).toContain(message);
  });

  test('fails for what a monitor is not told', () => {
    expect(biasMonitorFaults({ facet: [], label_values_or_threshold: [], predictor: {} })).toEqual(['predictor: {}']);
    expect(explainabilityMonitorFaults({ methods: {}, predictor: {}, label: 'x' })).toEqual(['label: "x"']);
  });
});
