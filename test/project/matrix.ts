import { App, type AppProps, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  Baseline,
  BatchTransformData,
  BiasAnalysis,
  CapturedData,
  type ConstraintOverrides,
  Dataset,
  DatasetFormat,
  Endpoint,
  Facet,
  GroundTruth,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
  MonitorKind,
  type MonitorOptions,
  PositiveOutcome,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
} from '../../lib';

const FEATURES = ['amount', 'term_months', 'income'];
const COLUMNS = { label: 'paid', prediction: 'predicted', probability: 'probability' };
const PACKAGE = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/credit/3';

/** Which overrides a kind takes: no kind of Clarify has any. */
const OVERRIDES: Record<MonitorKind, ConstraintOverrides> = {
  [MonitorKind.DATA_QUALITY]: { domainContentThreshold: 0.9 },
  [MonitorKind.MODEL_QUALITY]: { metricThresholds: { auc: 0.7 } },
  [MonitorKind.MODEL_BIAS]: { comparisonThreshold: 0.2 },
  [MonitorKind.MODEL_EXPLAINABILITY]: { comparisonThreshold: 0.2 },
};

/** Every way to have a baseline. */
export const BASELINES = {
  'given files': (bucket: s3.IBucket) => givenFiles(bucket),
  'given files with overrides': (bucket: s3.IBucket, kind: MonitorKind) =>
    givenFiles(bucket).withOverrides(OVERRIDES[kind]),
  'a dataset': (bucket: s3.IBucket, kind: MonitorKind) => Baseline.fromDataset(datasetFor(bucket, kind)),
  'a dataset that takes hours': (bucket: s3.IBucket, kind: MonitorKind) =>
    Baseline.fromDataset(datasetFor(bucket, kind), { timeout: Duration.hours(3) }),
  'a model package': (bucket: s3.IBucket) => Baseline.fromModelPackage(PACKAGE, { bucket, prefix: 'registered' }),
} as const;

/** Everything that a monitor may watch. */
export const INPUTS = { 'an endpoint': watchedEndpoint, 'batch transform jobs': watchedTransforms } as const;

/** Adds a monitor of each kind. */
const ADD: Record<MonitorKind, (monitoring: ModelMonitoring, bucket: s3.IBucket, options: MonitorOptions) => void> = {
  [MonitorKind.DATA_QUALITY]: (monitoring, _, options) => monitoring.addDataQualityMonitor('Monitor', options),
  [MonitorKind.MODEL_QUALITY]: (monitoring, bucket, options) =>
    monitoring.addModelQualityMonitor('Monitor', {
      ...options,
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
    }),
  [MonitorKind.MODEL_BIAS]: (monitoring, bucket, options) =>
    monitoring.addModelBiasMonitor('Monitor', {
      ...options,
      analysis: BiasAnalysis.of({
        headers: [...FEATURES, COLUMNS.label],
        label: COLUMNS.label,
        positiveOutcome: PositiveOutcome.ofValues([1]),
        facets: [Facet.continuous('income', 20_000)],
        probability: '0',
        threshold: 0.5,
      }),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
    }),
  [MonitorKind.MODEL_EXPLAINABILITY]: (monitoring, _, options) =>
    monitoring.addModelExplainabilityMonitor('Monitor', {
      ...options,
      analysis: ShapAnalysis.of({
        headers: FEATURES,
        predictor: Predictor.fromModelName('credit'),
        baseline: ShapBaseline.rows([[5000, 36, 42_000]]),
      }),
    }),
};

/** Adds a monitor of a kind. */
export function addMonitor(
  monitoring: ModelMonitoring,
  kind: MonitorKind,
  { bucket, options }: { readonly bucket: s3.IBucket; readonly options: MonitorOptions },
): void {
  ADD[kind](monitoring, bucket, options);
}

/** A kind of monitor, what it watches, and what it compares with. */
export interface MatrixCase {
  readonly kind: MonitorKind;
  readonly input: keyof typeof INPUTS;
  readonly baseline: keyof typeof BASELINES;
}

/** Every combination. */
export const MATRIX: readonly MatrixCase[] = Object.values(MonitorKind).flatMap((kind) =>
  keysOf(INPUTS).flatMap((input) => keysOf(BASELINES).map((baseline) => ({ kind, input, baseline }))),
);

/** The combinations that no engine could run, with the code of the error. */
export const REFUSALS: ReadonlyMap<MatrixCase, string> = new Map(
  MATRIX.filter(
    ({ kind, baseline }) =>
      baseline === 'given files with overrides' &&
      [MonitorKind.MODEL_BIAS, MonitorKind.MODEL_EXPLAINABILITY].includes(kind),
  ).map((one) => [one, 'UnsupportedOverrides']),
);

/** The name of a case's stack. */
export function stackIdOf({ kind, input, baseline }: MatrixCase): string {
  return `${kind}-${input}-${baseline}`.replace(/\W+/g, '-');
}

/** A stack with nothing but what the monitor of one case makes. */
export function matrixStack(app: App, one: MatrixCase): Stack {
  const stack = new Stack(app, stackIdOf(one), { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'credit-data');
  const baseline = BASELINES[one.baseline](bucket, one.kind);
  ADD[one.kind](monitoringOf(stack, bucket, one.input), bucket, {
    baseline,
    frequency: MonitoringFrequency.dailyAt(4),
  });
  return stack;
}

/** One app for all cases that are not refused: what checks an app costs is paid once. */
export function matrixApp(props?: AppProps): App {
  const app = new App(props);
  for (const one of MATRIX) if (!REFUSALS.has(one)) matrixStack(app, one);
  return app;
}

/** All kinds on all inputs in one stack, wherever it may be. */
export function everywhere(app: App, id: string, env?: StackProps['env']): Stack {
  const stack = new Stack(app, id, { env });
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'credit-data');
  for (const input of keysOf(INPUTS)) {
    for (const kind of Object.values(MonitorKind)) {
      const monitoring = monitoringOf(stack, bucket, input, `${kind} of ${input}`.replace(/\W+/g, '-'));
      ADD[kind](monitoring, bucket, { baseline: BASELINES['a dataset'](bucket, kind) });
    }
  }
  return stack;
}

function monitoringOf(
  stack: Stack,
  bucket: s3.IBucket,
  input: keyof typeof INPUTS,
  id = 'Monitoring',
): ModelMonitoring {
  const engine = MonitoringEngine.modelMonitor();
  return new ModelMonitoring(stack, id, { data: INPUTS[input](stack, bucket, id), engine, reportsBucket: bucket });
}

function watchedEndpoint(stack: Stack, bucket: s3.IBucket, id: string): MonitoredData {
  const endpoint = Endpoint.fromEndpointName(stack, `Endpoint${id}`, 'Credit-Live');
  return MonitoredData.endpoint(endpoint, { capturedData: CapturedData.at(bucket, 'captured') });
}

function watchedTransforms(_: Stack, bucket: s3.IBucket): MonitoredData {
  return MonitoredData.batchTransform(
    new BatchTransformData({
      captured: { bucket, prefix: 'captured' },
      transformInput: { bucket, prefix: 'loans' },
      transformOutput: { bucket, prefix: 'scores' },
      format: DatasetFormat.csv({ header: false }),
    }),
  );
}

function givenFiles(bucket: s3.IBucket): Baseline {
  return Baseline.fromFiles({
    bucket,
    statisticsKey: 'baseline/statistics.json',
    constraintsKey: 'baseline/constraints.json',
  });
}

function datasetFor(bucket: s3.IBucket, kind: MonitorKind): Dataset {
  if (kind === MonitorKind.DATA_QUALITY) return Dataset.csv(bucket, 'training/captured.csv');
  return Dataset.csv(bucket, 'training/labelled.csv', { columns: COLUMNS });
}

function keysOf<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}
