import { Token } from 'aws-cdk-lib';
import { BOOLEAN, instance, list, NUMBER, oneOf, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { attributeProblems, countProblems, headerProblems, rangeProblems, requestProblems } from './analysis-problems';
import { Predictor } from './predictor';
import { ShapBaseline } from './shap-baseline';

/**
 * How the attributions of single records become one of each feature.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-model-explainability-parameters.html
 */
export enum ShapAggregation {
  /** The mean of their absolute values. */
  MEAN_ABS = 'mean_abs',
  /** Their median, which may be negative: the score of a comparison is then not between 0 and 1. */
  MEDIAN = 'median',
  /** The mean of their squares. */
  MEAN_SQ = 'mean_sq',
}

/** How attributions are computed, and where features and predictions stand. */
export interface ShapAnalysisOptions {
  /**
   * The model that is asked for predictions: for a baseline, **and in each run of the monitor**. On Model Monitor each job starts an endpoint for it; on
   * `MonitoringEngine.serverless()` one serverless endpoint is made of it, or one is named.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribute-drift-schedule.html
   */
  readonly predictor: Predictor;

  /**
   * What features are compared with to find what they contribute.
   *
   * @default - Clarify finds clusters in the data, anew in each run; `MonitoringEngine.serverless()` has to be told
   */
  readonly baseline?: ShapBaseline;

  /**
   * How many records of a window, and of the dataset of a baseline, are explained on `MonitoringEngine.serverless()`, a whole number, 1 to 1000: a sample of
   * them, each as likely as every other. Clarify explains all records.
   *
   * @default 100
   */
  readonly recordCount?: number;

  /**
   * How many synthetic records explain one record, a whole number, 1 or more. More of them take longer, and vary less.
   *
   * @default - Clarify decides by the number of features; `MonitoringEngine.serverless()` takes all that there are of up to 11 features, else 2,048 and two for
   * each feature
   */
  readonly sampleCount?: number;

  /**
   * How the attributions of single records become one of each feature.
   *
   * @default ShapAggregation.MEAN_ABS
   */
  readonly aggregation?: ShapAggregation;

  /**
   * Whether attributions are in units of log-odds: predictions are probabilities, and the logit function is applied to them.
   *
   * @default false
   */
  readonly useLogit?: boolean;

  /**
   * Begins the random numbers, a whole number, 0 or more: the same data then give the same attributions.
   *
   * @default - runs differ by chance; 0 on `MonitoringEngine.serverless()`
   */
  readonly seed?: number;

  /**
   * Whether the attributions of each record are written as well: `explanations_shap/out.csv` beside the report. They hold one row for each
   * captured record. `MonitoringEngine.serverless()` writes nothing of single records.
   *
   * @default false
   */
  readonly saveLocalValues?: boolean;

  /**
   * Names of the features in their order, without the label. An endpoint captures values without names, and attributions are compared by name: name
   * them as the baseline does.
   *
   * @default - the names that the data bring; `MonitoringEngine.serverless()` has to be told
   */
  readonly headers?: string[];

  /**
   * Where the features stand in JSON: a JMESPath, 1 to 256 characters, as `features` or `instances[*].features`. It holds for what is captured and
   * for the dataset of a baseline alike. On `MonitoringEngine.serverless()`, data with a `format` or `transformations` have columns, as those of
   * batch transform do, which `headers` name, and no path leads into these.
   *
   * @default - none: the data are CSV or Parquet
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly features?: string;

  /**
   * Where the predicted label stands in what the model answers: the index of a column of CSV (`'0'` is the first one), or the JMESPath of a value of
   * JSON; 1 to 256 characters.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly prediction?: string;

  /**
   * Where the scores stand that are explained: written as `prediction` is.
   *
   * @default - none: the model answers with scores alone
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly probability?: string;
}

const OPTIONS: Shapes<ShapAnalysisOptions> = {
  predictor: instance(Predictor),
  baseline: optional(instance(ShapBaseline)),
  recordCount: optional(NUMBER),
  sampleCount: optional(NUMBER),
  aggregation: optional(oneOf(ShapAggregation)),
  useLogit: optional(BOOLEAN),
  seed: optional(NUMBER),
  saveLocalValues: optional(BOOLEAN),
  headers: optional(list(TEXT)),
  features: optional(TEXT),
  prediction: optional(TEXT),
  probability: optional(TEXT),
};

/**
 * How an explainability monitor computes feature attributions: by Kernel SHAP. Clarify's other methods, as partial dependence plots, are none of
 * Model Monitor.
 *
 * A run compares the order of its attributions with that of the baseline, and reports a score below 0.9 (normalized discounted cumulative gain). The
 * bound is fixed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const model: Model;
 * declare const bucket: s3.IBucket;
 * ShapAnalysis.of({
 *   predictor: Predictor.fromModel(model),
 *   baseline: ShapBaseline.fromBucket(bucket, 'churn/shap-baseline.csv'),
 *   headers: ['age', 'sex', 'hours'],
 *   sampleCount: 100,
 *   seed: 7,
 * });
 */
export class ShapAnalysis {
  /** Names the model, and how it is explained. */
  public static of(options: ShapAnalysisOptions): ShapAnalysis {
    return new ShapAnalysis(options);
  }

  /** The model that is asked. */
  public readonly predictor: Predictor;
  /** What features are compared with. */
  public readonly baseline?: ShapBaseline;
  /** How many records are explained. */
  public readonly recordCount?: number;
  /** How many synthetic records explain one. */
  public readonly sampleCount?: number;
  /** How attributions of single records become one. */
  public readonly aggregation: ShapAggregation;
  /** Whether attributions are in units of log-odds. */
  public readonly useLogit: boolean;
  /** Begins the random numbers. */
  public readonly seed?: number;
  /** Whether the attributions of each record are written. */
  public readonly saveLocalValues: boolean;
  /** Where the features stand in JSON. */
  public readonly features?: string;
  /** Where the predicted label stands. */
  public readonly prediction?: string;
  /** Where the scores stand. */
  public readonly probability?: string;
  private readonly givenHeaders?: string[];

  private constructor(options: ShapAnalysisOptions) {
    requireProps(options, OPTIONS);
    throwIfAny('InvalidShapAnalysis', problemsOf(options));
    this.predictor = options.predictor;
    this.baseline = options.baseline;
    this.recordCount = options.recordCount;
    this.sampleCount = options.sampleCount;
    this.aggregation = options.aggregation ?? ShapAggregation.MEAN_ABS;
    this.useLogit = options.useLogit ?? false;
    this.seed = options.seed;
    this.saveLocalValues = options.saveLocalValues ?? false;
    this.features = options.features;
    this.prediction = options.prediction;
    this.probability = options.probability;
    this.givenHeaders = options.headers && [...options.headers];
  }

  /** Names of the features; undefined where the data bring them, or have none. */
  public get headers(): string[] | undefined {
    return this.givenHeaders && [...this.givenHeaders];
  }
}

function problemsOf(options: ShapAnalysisOptions): Problem[] {
  const { recordCount, sampleCount, seed, headers, features, prediction, probability, predictor } = options;
  return [
    ...requestProblems(features, predictor),
    ...rangeProblems('recordCount', recordCount, 1000),
    ...countProblems('sampleCount', sampleCount, 1),
    ...countProblems('seed', seed, 0),
    ...headerProblems(headers),
    ...widthProblems(options),
    ...attributeProblems({ features, prediction, probability }),
  ];
}

/** What features are compared with has a value for each of them, and for nothing else. */
function widthProblems({ headers, baseline, features }: ShapAnalysisOptions): Problem[] {
  if (headers === undefined || baseline === undefined || Token.isUnresolved(headers)) return [];
  const other = baseline._widths(features).find((width) => width !== headers.length);
  if (other === undefined) return [];
  const allowed = `records of ${headers.length} features, as 'headers' has`;
  const advice = 'both have the features alone, in the order of the captured data: no label, no prediction';
  return [{ prop: 'baseline', got: `a record of ${other} features`, allowed, advice }];
}
