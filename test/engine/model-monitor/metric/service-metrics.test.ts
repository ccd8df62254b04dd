import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { DatasetFormat } from '../../../../lib/core/dataset-format';
import { BatchTransformData } from '../../../../lib/endpoint/batch-transform-data';
import { MonitorServiceMetrics } from '../../../../lib/engine/model-monitor/metric/monitor-service-metrics';
import { ServiceMetric } from '../../../../lib/engine/model-monitor/metric/service-metric';
import { ServiceMetrics } from '../../../../lib/engine/model-monitor/metric/service-metrics';
import { MonitoringEngine } from '../../../../lib/engine/monitoring-engine';
import { MonitorKind } from '../../../../lib/kind/monitor-kind';
import { BiasAnalysis } from '../../../../lib/monitor/bias-analysis';
import { BiasMetric } from '../../../../lib/monitor/bias-metric';
import { DataQualityMonitor } from '../../../../lib/monitor/data-quality-monitor';
import { Facet } from '../../../../lib/monitor/facet';
import { FeatureMetrics } from '../../../../lib/monitor/feature-metrics';
import { GroundTruth } from '../../../../lib/monitor/ground-truth';
import { ModelBiasMonitor } from '../../../../lib/monitor/model-bias-monitor';
import { ModelExplainabilityMonitor } from '../../../../lib/monitor/model-explainability-monitor';
import { ModelProblem } from '../../../../lib/monitor/model-problem';
import { ModelQualityMetric } from '../../../../lib/monitor/model-quality-metric';
import { ModelQualityMonitor } from '../../../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../../../lib/monitor/monitored-data';
import type { EngineBinding, IMonitoringEngine } from '../../../../lib/monitor/monitoring-engine';
import { MonitoringFrequency } from '../../../../lib/monitor/monitoring-frequency';
import { PositiveOutcome } from '../../../../lib/monitor/positive-outcome';
import { Predictor } from '../../../../lib/monitor/predictor';
import { ShapAnalysis } from '../../../../lib/monitor/shap-analysis';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../../monitor/fixtures';
import { resourceOf } from '../../../monitor/readable-template';

const SOURCE = { monitoringScheduleName: 'schedule', endpointName: 'churn' };
const PUBLISHED = ServiceMetrics.published();

/** An engine that creates nothing: its monitors have these metrics of the service. */
function engineWith(serviceMetrics: ServiceMetrics): IMonitoringEngine {
  return {
    bind: (scope, { kind, frequency, modelQuality }): EngineBinding => {
      const problem = modelQuality?.problem;
      const metrics = new MonitorServiceMetrics(scope, { serviceMetrics, kind, source: SOURCE, frequency, problem });
      return { reconcilerId: 'Stack', metrics };
    },
  };
}

function placed(serviceMetrics = PUBLISHED, scope: Construct = newStack()) {
  const baseline = givenBaseline(scope);
  const data = MonitoredData.endpoint(newEndpoint(scope));
  return { scope, props: { data, engine: engineWith(serviceMetrics), baseline } };
}

const groundTruth = (scope: Construct) =>
  GroundTruth.fromBucket(s3.Bucket.fromBucketName(scope, 'Labels', 'labels'), 'labels');

function qualityMonitor(problem: ModelProblem, serviceMetrics = PUBLISHED): ModelQualityMonitor {
  const { scope, props } = placed(serviceMetrics);
  return new ModelQualityMonitor(scope, 'Quality', { ...props, problem, groundTruth: groundTruth(scope) });
}

function biasMonitor(groupVariable?: string, serviceMetrics = PUBLISHED): ModelBiasMonitor {
  const { scope, props } = placed(serviceMetrics);
  const analysis = BiasAnalysis.of({
    label: 'Target',
    positiveOutcome: PositiveOutcome.ofValues([1]),
    facets: [Facet.categorical('Sex', [0])],
    groupVariable,
  });
  return new ModelBiasMonitor(scope, 'Bias', { ...props, analysis, groundTruth: groundTruth(scope) });
}

const BINARY = ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 });
const BIAS = { facet: 'Sex', facetValue: '0', label: 'Target', labelValue: '1' };
const ENDPOINT = { Endpoint: 'churn', MonitoringSchedule: 'schedule' };

describe('the metrics of the service', () => {
  it.each([
    [MonitorKind.DATA_QUALITY, 'data-metrics'],
    [MonitorKind.MODEL_QUALITY, 'model-metrics'],
    [MonitorKind.MODEL_BIAS, 'bias-metrics'],
    [MonitorKind.MODEL_EXPLAINABILITY, 'explainability-metrics'],
  ])(
    '[defect 13] of %s are by endpoint and schedule, for batch transform by schedule alone and elsewhere',
    (kind, name) => {
      expect(PUBLISHED._bindingOf(kind, SOURCE)).toEqual({
        metricNamespace: `aws/sagemaker/Endpoints/${name}`,
        dimensions: ENDPOINT,
      });
      expect(PUBLISHED._bindingOf(kind, { monitoringScheduleName: 'schedule' })).toEqual({
        metricNamespace: `aws/sagemaker/ModelMonitoring/${name}`,
        dimensions: { MonitoringSchedule: 'schedule' },
      });
      expect(ServiceMetrics.none()._bindingOf(kind, SOURCE)).toBeUndefined();
    },
  );

  it('can be elsewhere than believed: each namespace and dimension is replaced in one place', () => {
    const metrics = ServiceMetrics.published({
      endpointNamespaces: { dataQuality: '/aws/sagemaker/Endpoints/data-metric' },
      batchNamespaces: { dataQuality: '/aws/sagemaker/ModelMonitoring/data-metric' },
      endpointDimension: 'EndpointName',
      scheduleDimension: 'ScheduleName',
    });
    expect(metrics._bindingOf(MonitorKind.DATA_QUALITY, SOURCE)).toEqual({
      metricNamespace: '/aws/sagemaker/Endpoints/data-metric',
      dimensions: { EndpointName: 'churn', ScheduleName: 'schedule' },
    });
    expect(metrics._bindingOf(MonitorKind.DATA_QUALITY, { monitoringScheduleName: 's' })).toEqual({
      metricNamespace: '/aws/sagemaker/ModelMonitoring/data-metric',
      dimensions: { ScheduleName: 's' },
    });
    expect(metrics._bindingOf(MonitorKind.MODEL_BIAS, SOURCE)?.metricNamespace).toBe(
      'aws/sagemaker/Endpoints/bias-metrics',
    );
  });

  it.each([
    [{ endpointNamespaces: { modelBias: 'Mine' } }, '\'endpointNamespaces.modelBias\' is "Mine"'],
    [{ batchNamespaces: { dataQuality: 'aws/sagemaker/' } }, '\'batchNamespaces.dataQuality\' is "aws/sagemaker/"'],
    [{ endpointDimension: '' }, '\'endpointDimension\' is ""'],
    [{ scheduleDimension: 'x'.repeat(256) }, "'scheduleDimension' is"],
  ])(
    '[E8] is nowhere that the role of the jobs may not publish, nor under a name that CloudWatch refuses: %j',
    (options, words) => {
      expect(() => ServiceMetrics.published(options)).toThrow(words);
      expect(() => ServiceMetrics.published(options)).toThrow('InvalidServiceMetrics');
    },
  );

  it('of a schedule that was made elsewhere are at hand, unless they are said to be off', () => {
    const metric = PUBLISHED.metricOf(SOURCE, ServiceMetric.featureBaselineDrift('tenure'), {
      period: Duration.hours(4),
    });
    expect(metric).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/data-metrics',
      metricName: 'feature_baseline_drift_tenure',
      statistic: 'Maximum',
      dimensions: ENDPOINT,
      period: Duration.hours(4),
    });
    const none = () => ServiceMetrics.none().metricOf(SOURCE, ServiceMetric.featureData('tenure'));
    expect(none).toThrow('ServiceMetricNotPublished');
  });
});

describe('a monitor on Model Monitor', () => {
  const environmentOf = (serviceMetrics?: ServiceMetrics) => {
    const stack = newStack();
    const monitor = newMonitor(stack, { engine: MonitoringEngine.modelMonitor({ serviceMetrics }) });
    const { Properties } = resourceOf(stack, 'AWS::SageMaker::DataQualityJobDefinition');
    return { stack, monitor, environment: Properties.DataQualityAppSpecification.Environment };
  };

  it('[G7] has none of the metrics of the service by default, because each is billed, and asking for one throws', () => {
    const { monitor, environment } = environmentOf();
    expect(environment).toEqual({ publish_cloudwatch_metrics: 'Disabled' });
    expect(() => monitor.metricFeatureDrift('tenure')).toThrow(
      'ServiceMetricNotPublished at Stack/DataQuality: \'metric\' is "feature_baseline_drift_tenure", allowed is a metric that SageMaker publishes of this monitor (an alarm on it would never fire: make the engine with MonitoringEngine.modelMonitor({ serviceMetrics: ServiceMetrics.published() }))',
    );
  });

  it('[G7] has them when they are published, under the names of its endpoint and its schedule', () => {
    const { stack, monitor, environment } = environmentOf(PUBLISHED);
    expect(environment).toEqual({ publish_cloudwatch_metrics: 'Enabled' });
    const metric = monitor.metricFeatureDrift('tenure');
    expect(stack.resolve(metric.dimensions)).toEqual(
      stack.resolve({
        Endpoint: monitor.endpointName,
        MonitoringSchedule: monitor.engineBinding.monitoringScheduleName,
      }),
    );
  });

  it('[B2] has them by schedule alone where it watches batch transform jobs', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Data', 'data');
    const monitor = new DataQualityMonitor(stack, 'Batch', {
      data: MonitoredData.batchTransform(
        new BatchTransformData({
          captured: { bucket, prefix: 'captured' },
          transformInput: { bucket, prefix: 'in' },
          transformOutput: { bucket, prefix: 'out' },
          format: DatasetFormat.csv(),
        }),
      ),
      engine: MonitoringEngine.modelMonitor({ serviceMetrics: PUBLISHED }),
      baseline: givenBaseline(stack),
    });
    const { namespace, dimensions } = monitor.metricFeatureData('tenure');
    expect(namespace).toBe('aws/sagemaker/ModelMonitoring/data-metrics');
    expect(Object.keys(dimensions ?? {})).toEqual(['MonitoringSchedule']);
  });

  it('refuses metrics per feature of this library, and names those of the service', () => {
    const engine = MonitoringEngine.modelMonitor();
    expect(() => newMonitor(newStack(), { engine, featureMetrics: FeatureMetrics.of('tenure') })).toThrow(
      'serviceMetrics: ServiceMetrics.published()',
    );
  });
});

it.each([
  ['drift of features', (monitor: ModelBiasMonitor) => monitor.metricFeatureDrift('tenure')],
  ['what another kind has', ({ engineBinding }: ModelBiasMonitor) => engineBinding.metrics.featureData('tenure')],
])('a monitor of bias has no metric of %s', (_, ask) => {
  expect(() => ask(biasMonitor())).toThrow('ServiceMetricNotPublished at Stack/Bias');
});

describe('[A1] the metrics of data quality', () => {
  it.each([
    ['metricFeatureDrift', 'feature_baseline_drift_tenure', 'Maximum'],
    ['metricFeatureNonNull', 'feature_non_null_tenure', 'Sum'],
    ['metricFeatureData', 'feature_data_tenure', 'Average'],
  ] as const)('%s is %s, over the time between two runs', (method, metricName, statistic) => {
    const { scope, props } = placed();
    const monitor = newMonitor(scope, { ...props, frequency: MonitoringFrequency.dailyAt(3) });
    expect(monitor[method]('tenure')).toMatchObject({ metricName, statistic, dimensions: ENDPOINT });
    expect(monitor[method]('tenure').period.toHours()).toBe(24);
    expect(monitor[method]('tenure', { statistic: 'p90' }).statistic).toBe('p90');
  });
});

describe('[A2] the metrics of model quality', () => {
  it('have the names that the service was seen to publish', () => {
    const metric = qualityMonitor(BINARY).metricModelQuality(ModelQualityMetric.AUC);
    expect(metric).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/model-metrics',
      metricName: 'auc',
      statistic: 'Average',
      dimensions: ENDPOINT,
    });
  });

  it('are nineteen of a binary classification and four of a regression', () => {
    const all = Object.values(ModelQualityMetric).filter((value) => value instanceof ModelQualityMetric);
    const regression = ModelProblem.regression({ prediction: '0' });
    const publishedFor = (problem: ModelProblem) =>
      all.filter((metric) => metric.isPublishedFor(problem)).map(({ metricName }) => metricName);
    expect(publishedFor(regression)).toEqual(['mae', 'mse', 'rmse', 'r2']);
    expect(publishedFor(BINARY)).toHaveLength(19);
    expect(publishedFor(BINARY)).toContain('total_number_of_violations');
    const withoutProbability = publishedFor(ModelProblem.binaryClassification({ prediction: '0' }));
    expect(publishedFor(BINARY).filter((name) => !withoutProbability.includes(name))).toEqual(['auc', 'au_prc']);
  });

  it.each([
    ['of another problem', ModelProblem.regression({ prediction: '0' }), ModelQualityMetric.F1],
    ['of curves without a probability', ModelProblem.binaryClassification({ prediction: '0' }), ModelQualityMetric.AUC],
    ['that nobody saw', ModelProblem.multiclassClassification({ prediction: '0' }), ModelQualityMetric.ACCURACY],
  ])('throw for one %s, unless it is asked for by its mere name', (_, problem, metric) => {
    const monitor = qualityMonitor(problem);
    expect(() => monitor.metricModelQuality(metric)).toThrow('ServiceMetricNotPublished at Stack/Quality');
    const { metricName } = monitor.metricModelQuality(ModelQualityMetric.of('weighted_f1'));
    expect(metricName).toBe('weighted_f1');
  });

  it('throw where none are published, and for a name that CloudWatch refuses', () => {
    const monitor = qualityMonitor(BINARY, ServiceMetrics.none());
    expect(() => monitor.metricModelQuality(ModelQualityMetric.AUC)).toThrow('ServiceMetricNotPublished');
    expect(() => ModelQualityMetric.of('')).toThrow('InvalidServiceMetrics');
  });
});

describe('[A3] the metrics of bias', () => {
  it.each([
    [BiasMetric.CI, 'bias_metric_CI', 'Pre-training'],
    [BiasMetric.DPPL, 'bias_metric_DPPL', 'Post-Training'],
    [BiasMetric.DCA, 'bias_metric_DCA', 'Post-Training'],
  ])('%s is %s, of the stage %s, of one group', (metric, metricName, BiasStage) => {
    expect(biasMonitor().metricBias({ metric, ...BIAS })).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/bias-metrics',
      metricName,
      statistic: 'Average',
      dimensions: { ...ENDPOINT, BiasStage, Label: 'Target', LabelValue: '1', Facet: 'Sex', FacetValue: '0' },
    });
  });

  it('are eight before training and thirteen after it', () => {
    const stages = Object.values(BiasMetric).map(
      (metric) => ServiceMetric.bias({ metric, ...BIAS }).dimensions.BiasStage,
    );
    expect(stages.filter((stage) => stage === 'Pre-training')).toHaveLength(8);
    expect(stages.filter((stage) => stage === 'Post-Training')).toHaveLength(13);
  });

  it.each([
    [{ facet: 'Age' }, `'facet' is "Age", allowed is what the analysis has: Sex`],
    [{ label: 'Other' }, `'label' is "Other", allowed is what the analysis has: Target`],
    [{ metric: BiasMetric.CDDPL }, `'metric' is "CDDPL", allowed is a metric that needs no 'groupVariable'`],
  ])('throw for what the analysis does not compute: %j', (wrong, words) => {
    const ask = () => biasMonitor().metricBias({ metric: BiasMetric.CI, ...BIAS, ...wrong });
    expect(ask).toThrow('ServiceMetricNotPublished at Stack/Bias');
    expect(ask).toThrow(words);
  });

  it('include conditional disparity where there is a group variable', () => {
    expect(biasMonitor('occupation').metricBias({ metric: BiasMetric.CDDPL, ...BIAS }).metricName).toBe(
      'bias_metric_CDDPL',
    );
  });
});

describe('[A4] the metrics of feature attributions', () => {
  const attributions = (serviceMetrics = PUBLISHED) => {
    const { scope, props } = placed(serviceMetrics);
    return new ModelExplainabilityMonitor(scope, 'Attributions', {
      ...props,
      analysis: ShapAnalysis.of({ predictor: Predictor.fromModelName('churn') }),
    });
  };

  it.each([
    [undefined, 'label0'],
    ['churned', 'churned'],
  ])('are by feature and output: of %s', (label, Label) => {
    expect(attributions().metricFeatureAttribution('Age', label)).toMatchObject({
      namespace: 'aws/sagemaker/Endpoints/explainability-metrics',
      metricName: 'feature_Age',
      statistic: 'Average',
      dimensions: { ...ENDPOINT, ExplainabilityMethod: 'KernelShap', Label, ValueType: 'GlobalShapValues' },
    });
  });

  it('throw where none are published', () => {
    const ask = () => attributions(ServiceMetrics.none()).metricFeatureAttribution('Age');
    expect(ask).toThrow('ServiceMetricNotPublished at Stack/Attributions');
  });
});
