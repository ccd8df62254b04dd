import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../lib/baseline/baseline';
import { type CsvDatasetOptions, Dataset } from '../../../lib/baseline/dataset';
import { InlineRole } from '../../../lib/core/inline-role';
import type { JobBlueprint } from '../../../lib/engine/model-monitor/kinds/blueprint';
import { modelBiasBlueprint } from '../../../lib/engine/model-monitor/kinds/model-bias';
import { modelExplainabilityBlueprint } from '../../../lib/engine/model-monitor/kinds/model-explainability';
import type { ModelMonitorEngineOptions } from '../../../lib/engine/model-monitor/model-monitor-engine-options';
import { MonitorKind } from '../../../lib/kind/monitor-kind';
import { AnalysisWindow } from '../../../lib/monitor/analysis-window';
import type { BiasAnalysis } from '../../../lib/monitor/bias-analysis';
import { Facet } from '../../../lib/monitor/facet';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { Predictor } from '../../../lib/monitor/predictor';
import { PredictorRequest } from '../../../lib/monitor/predictor-request';
import type { ShapAnalysis } from '../../../lib/monitor/shap-analysis';
import { ShapBaseline } from '../../../lib/monitor/shap-baseline';
import { givenBaseline, givenReports, newStack } from '../../monitor/fixtures';
import { readable, resourcesOf, statementsOfRole } from '../../monitor/readable-template';
import {
  biasAnalysis,
  biasStackWith,
  CONFIG,
  configsIn,
  datasets,
  explainabilityStackWith,
  FEATURES,
  shapAnalysis,
} from './clarify';
import { schemaFaults } from './clarify-schema';
import { givenLabels } from './quality';

const PREDICTED: CsvDatasetOptions = { columns: { label: 'income', prediction: 'predicted' } };

/** A stack with a role, and the specification of a monitor in it. */
function newSpec() {
  const stack = newStack();
  const role = new InlineRole(stack, 'Jobs', { assumedBy: 'sagemaker.amazonaws.com', description: '' });
  const spec = {
    monitorId: 'Stack/Monitor',
    monitoringId: 'Stack/Monitor',
    baseline: givenBaseline(stack),
    frequency: MonitoringFrequency.hourly(),
    reports: givenReports(stack),
  };
  return { stack, role, spec };
}

type Format = (bucket: s3.IBucket) => Dataset;

const csv =
  (options?: CsvDatasetOptions): Format =>
  (bucket) =>
    Dataset.csv(bucket, 'train.csv', options);

/** The job that computes the baseline of a monitor of one kind, and what its role may do with SageMaker. */
function jobOf(make: (parts: ReturnType<typeof newSpec>) => JobBlueprint, format: Format) {
  const parts = newSpec();
  const { stack, role } = parts;
  const job = make(parts).baselineJob(format(datasets(stack))._bind(stack), role);
  const allowed = statementsOfRole(stack, 'Jobs').flatMap(({ Action }) => Action);
  return { stack, job: readable(stack.resolve(job)), allowed: allowed.filter((action) => /^sagemaker:/.test(action)) };
}

const biasJobOf = (analysis: BiasAnalysis, format: Format, options: ModelMonitorEngineOptions = {}) =>
  jobOf(({ stack, spec }) => {
    const labels = { groundTruth: givenLabels(stack), window: AnalysisWindow.sinceLastRun() };
    const kind = MonitorKind.MODEL_BIAS;
    return modelBiasBlueprint(stack, { ...spec, kind, modelBias: { ...labels, analysis } }, options);
  }, format);

const shapJobOf = (analysis: ShapAnalysis, format: Format, options: ModelMonitorEngineOptions = {}) =>
  jobOf(({ stack, spec }) => {
    const kind = MonitorKind.MODEL_EXPLAINABILITY;
    return modelExplainabilityBlueprint(stack, { ...spec, kind, modelExplainability: { analysis } }, options);
  }, format);

const ENDPOINT_ACTIONS = [
  'sagemaker:DescribeModel',
  'sagemaker:CreateEndpointConfig',
  'sagemaker:DescribeEndpointConfig',
  'sagemaker:DeleteEndpointConfig',
  'sagemaker:CreateEndpoint',
  'sagemaker:DescribeEndpoint',
  'sagemaker:DeleteEndpoint',
  'sagemaker:InvokeEndpoint',
];

/** As the SageMaker Python SDK sends it. */
const JOB = {
  imageUri: '131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0',
  datasetInput: { name: 'dataset', localPath: '/opt/ml/processing/input/data' },
  furtherInputs: [
    {
      name: 'analysis_config',
      localPath: '/opt/ml/processing/input/config',
      s3Uri: `s3://reports/\${BaselineAnalysisConfig.Key}`,
    },
  ],
  outputName: 'analysis_result',
  constraintsFile: 'analysis.json',
};

describe('the job of a bias baseline', () => {
  test('[D1][D3] runs Clarify on the dataset, told by the whole configuration; its analysis.json are the constraints', () => {
    const { stack, job } = biasJobOf(biasAnalysis(), csv(PREDICTED));
    expect(job).toEqual(JOB);
    const { BaselineAnalysisConfig: config } = configsIn(stack);
    expect(config).toMatchObject({ dataset_type: 'text/csv', label: 'income', predicted_label: 'predicted' });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[E7] starts no endpoint where the dataset holds predictions, even with a predictor', () => {
    const predictor = Predictor.fromModelName('churn');
    expect(biasJobOf(biasAnalysis({ predictor }), csv(PREDICTED)).allowed).toEqual([]);
  });

  test('[D3][E7] asks the model where it does not, and may start an endpoint for it', () => {
    const predictor = Predictor.fromModelName('churn');
    const { stack, allowed } = biasJobOf(biasAnalysis({ predictor }), csv({ columns: { label: 'income' } }));
    expect(new Set(allowed)).toEqual(new Set(ENDPOINT_ACTIONS));
    const { BaselineAnalysisConfig: config } = configsIn(stack);
    expect(config).toMatchObject({ predictor: { model_name: 'churn', label: 0 } });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[A6][A7] has image and variables of the kind', () => {
    const imageUri = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/bias:1';
    const modelBias = { imageUri, environment: { LOCALE: 'de' } };
    const { job } = biasJobOf(biasAnalysis(), csv(PREDICTED), { modelBias });
    expect(job).toMatchObject({ imageUri, environment: { LOCALE: 'de' } });
  });

  test.each<[string, BiasAnalysis, Format, string]>([
    [
      'a dataset without predictions, and no model',
      biasAnalysis(),
      csv(),
      "'columns.prediction' is undefined, allowed is the column of the dataset that holds the prediction " +
        "(say it with the dataset: { columns: { prediction: '...' } }; or name a 'predictor' in the analysis)",
    ],
    [
      'JSON without the path of features',
      biasAnalysis(),
      (bucket) => Dataset.jsonLines(bucket, 'train', PREDICTED),
      "'analysis.features' is undefined, allowed is where the features stand, as the dataset is JSON",
    ],
    [
      'names that captured data will not have',
      biasAnalysis({ headers: undefined, facets: [Facet.categorical('1')], groupVariable: undefined }),
      csv(PREDICTED),
      "'analysis.headers' is undefined, allowed is the names of the columns, as in the dataset",
    ],
    [
      'a column that a dataset without a header cannot have',
      biasAnalysis(),
      csv({ header: false, columns: { label: 'income', prediction: 'predicted' } }),
      `'columns.prediction' is "predicted", allowed is _c0, _c1 and so on, or one of age, sex, job, income`,
    ],
  ])('[D3] fails for %s', (_, analysis, format, message) => {
    expect(() => biasJobOf(analysis, format)).toThrow(`IncompleteDataset at Stack: ${message}`);
  });
});

describe('the job of an explainability baseline', () => {
  test('[D1][D3][E7] runs Clarify on the dataset, and may start an endpoint for the model', () => {
    const { stack, job, allowed } = shapJobOf(shapAnalysis(), csv({ columns: { label: 'income' } }));
    expect(job).toEqual(JOB);
    expect(new Set(allowed)).toEqual(new Set(ENDPOINT_ACTIONS));
    const { BaselineAnalysisConfig: config } = configsIn(stack);
    expect(config).toMatchObject({ label: 'income', methods: { shap: { num_samples: 100 } } });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[D3] takes JSON, told of its path and of how the model is asked', () => {
    const request = PredictorRequest.json('{"instances":$records}', '{"features":$features}');
    const analysis = shapAnalysis({
      features: 'instances[*].features',
      predictor: Predictor.fromModelName('churn', { request }),
      baseline: ShapBaseline.json('{"instances":[{"features":[37,1,4]}]}'),
    });
    const { stack } = shapJobOf(analysis, (bucket) => Dataset.json(bucket, 'train.json'));
    const { BaselineAnalysisConfig: config } = configsIn(stack);
    expect(config).toMatchObject({
      dataset_type: 'application/json',
      features: 'instances[*].features',
      headers: FEATURES,
      methods: { shap: { baseline: { instances: [{ features: [37, 1, 4] }] } } },
    });
    expect(schemaFaults(config)).toEqual([]);
  });

  test('[D3] fails for JSON without the path of features', () => {
    expect(() => shapJobOf(shapAnalysis(), (bucket) => Dataset.json(bucket, 'train.json'))).toThrow(
      "IncompleteDataset at Stack: 'analysis.features' is undefined",
    );
  });

  test('[D3] fails for names of a dataset that captured data will not have', () => {
    const analysis = shapAnalysis({ headers: undefined });
    expect(() => shapJobOf(analysis, (bucket) => Dataset.parquet(bucket, 'train.parquet'))).toThrow(
      "IncompleteDataset at Stack: 'analysis.headers' is undefined",
    );
  });
});

describe('a monitor whose baseline is computed from a dataset', () => {
  const idsOf = (stack: ReturnType<typeof newStack>) => resourcesOf(stack, CONFIG).map(({ id }) => id);

  test('[D3] of bias writes two configurations: the whole one for the job, and a subset for its runs', () => {
    const stack = newStack();
    biasStackWith({}, { baseline: Baseline.fromDataset(csv(PREDICTED)(datasets(stack))) }, stack);
    expect(idsOf(stack).sort()).toEqual(['BiasAnalysisConfig', 'BiasBaselineAnalysisConfig']);
    expect(JSON.stringify(resourcesOf(stack, 'Custom::SageMakerMonitoringBaseline'))).toContain(
      'BiasBaselineAnalysisConfig.Key',
    );
  });

  test('[D3] of attributions does, too', () => {
    const stack = newStack();
    explainabilityStackWith({}, { baseline: Baseline.fromDataset(csv()(datasets(stack))) }, stack);
    expect(idsOf(stack).sort()).toEqual(['ExplainabilityAnalysisConfig', 'ExplainabilityBaselineAnalysisConfig']);
  });
});
