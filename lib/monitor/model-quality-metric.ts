import { instance, requireProps, TEXT } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import { ModelProblem } from './model-problem';

const BINARY = 'BinaryClassification';

/**
 * The measures of a model's quality that SageMaker publishes, by its own names: those that were seen in CloudWatch for regressions and binary
 * classifications. Standard deviations, curves and confusion matrices are in `statistics.json` alone.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export class ModelQualityMetric {
  /** Mean absolute error of a regression; higher is worse. */
  public static readonly MAE = new ModelQualityMetric('mae', 'Regression');
  /** Mean squared error of a regression; higher is worse. */
  public static readonly MSE = new ModelQualityMetric('mse', 'Regression');
  /** Root of the mean squared error of a regression; higher is worse. */
  public static readonly RMSE = new ModelQualityMetric('rmse', 'Regression');
  /** Coefficient of determination of a regression; lower is worse. */
  public static readonly R2 = new ModelQualityMetric('r2', 'Regression');
  /** Share of right predictions. Binary classification. */
  public static readonly ACCURACY = new ModelQualityMetric('accuracy', BINARY);
  /** Share of the positive predictions that are right. Binary classification. */
  public static readonly PRECISION = new ModelQualityMetric('precision', BINARY);
  /** Share of the positive labels that are found. Binary classification. */
  public static readonly RECALL = new ModelQualityMetric('recall', BINARY);
  /** Area under the receiver operating characteristic; needs a probability. Binary classification. */
  public static readonly AUC = new ModelQualityMetric('auc', BINARY, true);
  /** Area under the curve of precision and recall; needs a probability. Binary classification. */
  public static readonly AU_PRC = new ModelQualityMetric('au_prc', BINARY, true);
  /** F-measure that weighs precision more. Binary classification. */
  public static readonly F0_5 = new ModelQualityMetric('f0_5', BINARY);
  /** F-measure of precision and recall. Binary classification. */
  public static readonly F1 = new ModelQualityMetric('f1', BINARY);
  /** F-measure that weighs recall more. Binary classification. */
  public static readonly F2 = new ModelQualityMetric('f2', BINARY);
  /** Share of the positive labels that are predicted as such. Binary classification. */
  public static readonly TRUE_POSITIVE_RATE = new ModelQualityMetric('true_positive_rate', BINARY);
  /** Share of the negative labels that are predicted as such. Binary classification. */
  public static readonly TRUE_NEGATIVE_RATE = new ModelQualityMetric('true_negative_rate', BINARY);
  /** Share of the negative labels that are predicted as positive; higher is worse. Binary classification. */
  public static readonly FALSE_POSITIVE_RATE = new ModelQualityMetric('false_positive_rate', BINARY);
  /** Share of the positive labels that are predicted as negative; higher is worse. Binary classification. */
  public static readonly FALSE_NEGATIVE_RATE = new ModelQualityMetric('false_negative_rate', BINARY);
  /** `accuracy` of a classifier that always predicts the most frequent label. Binary classification. */
  public static readonly ACCURACY_BEST_CONSTANT_CLASSIFIER = new ModelQualityMetric(
    'accuracy_best_constant_classifier',
    BINARY,
  );
  /** `precision` of a classifier that always predicts the most frequent label. Binary classification. */
  public static readonly PRECISION_BEST_CONSTANT_CLASSIFIER = new ModelQualityMetric(
    'precision_best_constant_classifier',
    BINARY,
  );
  /** `recall` of a classifier that always predicts the most frequent label. Binary classification. */
  public static readonly RECALL_BEST_CONSTANT_CLASSIFIER = new ModelQualityMetric(
    'recall_best_constant_classifier',
    BINARY,
  );
  /** `f0_5` of a classifier that always predicts the most frequent label. Binary classification. */
  public static readonly F0_5_BEST_CONSTANT_CLASSIFIER = new ModelQualityMetric(
    'f0_5_best_constant_classifier',
    BINARY,
  );
  /** `f1` of a classifier that always predicts the most frequent label. Binary classification. */
  public static readonly F1_BEST_CONSTANT_CLASSIFIER = new ModelQualityMetric('f1_best_constant_classifier', BINARY);
  /** `f2` of a classifier that always predicts the most frequent label. Binary classification. */
  public static readonly F2_BEST_CONSTANT_CLASSIFIER = new ModelQualityMetric('f2_best_constant_classifier', BINARY);
  /** How many constraints a run violates, 0 or more. Binary classification; images since 2024. It is not documented: `metricViolations()` counts on every engine, for every problem. */
  public static readonly TOTAL_NUMBER_OF_VIOLATIONS = new ModelQualityMetric('total_number_of_violations', BINARY);

  /**
   * A metric by its name, whatever it is: nothing checks that SageMaker publishes it.
   *
   * For classifications with several labels, `statistics.json` has `accuracy`, `weighted_recall`, `weighted_precision`, `weighted_f0_5`, `weighted_f1` and
   * `weighted_f2`; that CloudWatch has them under these names is likely, but was not seen.
   *
   * @param metricName 1 to 255 characters
   */
  public static of(metricName: string): ModelQualityMetric {
    requireProps({ metricName }, { metricName: TEXT });
    const isName = metricName.length > 0 && metricName.length <= 255;
    const problem = { prop: 'metricName', got: metricName, allowed: 'a name, 1 to 255 characters' };
    throwIfAny('InvalidServiceMetrics', isName ? [] : [problem]);
    return new ModelQualityMetric(metricName);
  }

  private constructor(
    /** As CloudWatch has it. */
    public readonly metricName: string,
    private readonly problemType?: string,
    private readonly needsProbability = false,
  ) {}

  /** Whether SageMaker publishes the metric for a problem, as far as is known. */
  public isPublishedFor(problem: ModelProblem): boolean {
    requireProps({ problem }, { problem: instance(ModelProblem) });
    if (this.problemType === undefined) return true;
    return this.problemType === problem.problemType && (!this.needsProbability || problem.probability !== undefined);
  }
}
