import { Token } from 'aws-cdk-lib';
import { instance, list, NUMBER, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { attributeProblems, distinctProblems, headerProblems, requestProblems } from './analysis-problems';
import { Facet } from './facet';
import { PositiveOutcome } from './positive-outcome';
import { Predictor } from './predictor';

/** Which groups are compared, and where labels and predictions stand. */
export interface BiasAnalysisOptions {
  /**
   * The ground truth: its name in `headers`, or the JMESPath of a value of JSON. In a dataset, `columns.label` precedes it.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-bias-parameters.html
   */
  readonly label: string;

  /** Which labels are the outcome that people wish for. */
  readonly positiveOutcome: PositiveOutcome;

  /** The features by which groups are told apart, at least one, each once. */
  readonly facets: Facet[];

  /**
   * A feature within whose values the groups are compared: its name in `headers`, or its index from `'0'` on.
   *
   * @default - none: conditional demographic disparity (CDDL, CDDPL) is not computed
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-cddl.html
   */
  readonly groupVariable?: string;

  /**
   * Names of the features in their order, and of the label behind them. An endpoint captures values without names, so without headers facets and
   * group variable are indices there.
   *
   * @default - the names that the data bring
   */
  readonly headers?: string[];

  /**
   * Where the features stand in JSON: a JMESPath, 1 to 256 characters, as `features` or `instances[*].features`. It holds for what an endpoint
   * captures and for the dataset of a baseline alike. On `MonitoringEngine.serverless()`, keys with dots between them and `[*]` at most once; without it,
   * requests of JSON are objects with the names of the features. Data with a `format` or `transformations` have columns there, as those
   * of batch transform do, and no path leads into these.
   *
   * @default - none: the data are CSV or Parquet
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly features?: string;

  /**
   * Where the predicted label stands in what the model answers: the index of a column of CSV (`'0'` is the first one), or the JMESPath of a value
   * of JSON; 1 to 256 characters. `MonitoringEngine.serverless()` needs it, or `probability`; of JSON it takes keys with dots between them and `[*]` at most
   * once, as `predictions[*].label`; of data with a `format` or `transformations` and of batch transform, the name of a column of
   * their rows, or its place from `'0'` on.
   *
   * @default - none: `probability` decides, or else the model answers with one number, a score or probability
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly prediction?: string;

  /**
   * Where the probability stands, or one probability for each label, which `MonitoringEngine.serverless()` does not read: written as `prediction` is.
   *
   * @default - none: `prediction` decides, or else the model answers with one number, a score or probability
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly probability?: string;

  /**
   * The probability above which a binary classification predicts 1, 0 to 1.
   *
   * @default - 0.5, as SageMaker decides
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-bias-parameters.html
   */
  readonly threshold?: number;

  /**
   * The model that predicts for the dataset of a baseline, whose job starts an endpoint for it. Runs of the monitor do not ask the model: they read
   * what was captured. `MonitoringEngine.serverless()` starts none, and refuses it.
   *
   * @default - the dataset holds predictions (`columns.prediction`), or the files of a baseline are given
   */
  readonly predictor?: Predictor;
}

const OPTIONS: Shapes<BiasAnalysisOptions> = {
  label: TEXT,
  positiveOutcome: instance(PositiveOutcome),
  facets: list(instance(Facet)),
  groupVariable: optional(TEXT),
  headers: optional(list(TEXT)),
  features: optional(TEXT),
  prediction: optional(TEXT),
  probability: optional(TEXT),
  threshold: optional(NUMBER),
  predictor: optional(instance(Predictor)),
};

/**
 * Which groups of people a bias monitor compares.
 *
 * Every metric of bias before and after training is computed, but for the flip test on `MonitoringEngine.serverless()`; a run reports those that are
 * further from 0 than those of the baseline, there beside what chance does. SageMaker has no setting for other bounds.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-violations.html
 *
 * @example
 * BiasAnalysis.of({
 *   headers: ['age', 'sex', 'occupation', 'income'],
 *   label: 'income',
 *   positiveOutcome: PositiveOutcome.above(50_000),
 *   facets: [Facet.categorical('sex'), Facet.continuous('age', 40)],
 *   groupVariable: 'occupation',
 *   prediction: '0',
 * });
 */
export class BiasAnalysis {
  /** Names groups, labels, and where predictions stand. */
  public static of(options: BiasAnalysisOptions): BiasAnalysis {
    return new BiasAnalysis(options);
  }

  /** The ground truth. */
  public readonly label: string;
  /** Which labels are the outcome that people wish for. */
  public readonly positiveOutcome: PositiveOutcome;
  /** A feature within whose values groups are compared. */
  public readonly groupVariable?: string;
  /** Where the features stand in JSON. */
  public readonly features?: string;
  /** Where the predicted label stands. */
  public readonly prediction?: string;
  /** Where the probability stands. */
  public readonly probability?: string;
  /** The probability above which 1 is predicted, 0 to 1. */
  public readonly threshold?: number;
  /** The model that predicts for the dataset of a baseline. */
  public readonly predictor?: Predictor;
  private readonly lists: Pick<BiasAnalysisOptions, 'facets' | 'headers'>;

  private constructor(options: BiasAnalysisOptions) {
    requireProps(options, OPTIONS);
    throwIfAny('InvalidBiasAnalysis', problemsOf(options));
    this.label = options.label;
    this.positiveOutcome = options.positiveOutcome;
    this.groupVariable = options.groupVariable;
    this.features = options.features;
    this.prediction = options.prediction;
    this.probability = options.probability;
    this.threshold = options.threshold;
    this.predictor = options.predictor;
    this.lists = { facets: [...options.facets], headers: options.headers && [...options.headers] };
  }

  /** The features by which groups are told apart. */
  public get facets(): Facet[] {
    return [...this.lists.facets];
  }

  /** Names of the features and of the label; undefined where the data bring them, or have none. */
  public get headers(): string[] | undefined {
    return this.lists.headers && [...this.lists.headers];
  }
}

function problemsOf(options: BiasAnalysisOptions): Problem[] {
  const { label, facets, groupVariable, features, prediction, probability, threshold, headers } = options;
  const names = facets.map(({ name }) => name);
  return [
    ...attributeProblems({ label, groupVariable, features, prediction, probability }),
    ...distinctProblems('facets', names),
    ...headerProblems(headers),
    ...names.flatMap((name, index) => unknownColumn(`facets[${index}]`, name, headers)),
    ...(groupVariable === undefined ? [] : unknownColumn('groupVariable', groupVariable, headers)),
    ...thresholdProblems(threshold),
    ...requestProblems(features, options.predictor),
  ];
}

/** A column that the headers do not name, where there are any. */
function unknownColumn(prop: string, got: string, headers: readonly string[] | undefined): Problem[] {
  if (!headers || [headers, got, ...headers].some((text) => Token.isUnresolved(text)) || headers.includes(got))
    return [];
  return [{ prop, got, allowed: `one of 'headers': ${headers.join(', ')}` }];
}

function thresholdProblems(threshold: number | undefined): Problem[] {
  if (threshold === undefined || Token.isUnresolved(threshold) || (threshold >= 0 && threshold <= 1)) return [];
  return [{ prop: 'threshold', got: threshold, allowed: 'a number, 0 to 1' }];
}
