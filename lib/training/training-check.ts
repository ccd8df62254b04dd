import { Duration } from 'aws-cdk-lib';
import { DURATION } from '../core/cdk-shapes';
import { NUMBER, optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { wholeDurationProblems } from '../core/whole-duration';
import type { CheckSettings } from './contract';

/** Options of `TrainingCheck.falling`. */
export interface FallingCheckOptions {
  /**
   * How long the metric may go on without a new lowest value: whole minutes, 5 or more.
   *
   * @default Duration.hours(1)
   */
  readonly patience?: Duration;

  /**
   * By how much of itself the lowest value has to fall to be new: percent, 0 to 100.
   *
   * @default 0.1
   */
  readonly leastPercentage?: number;
}

/** Options of `TrainingCheck.together`. */
export interface TogetherCheckOptions {
  /**
   * Over how long both metrics are averaged: whole minutes, 5 or more. A training is judged when it has gone on for longer.
   *
   * @default Duration.minutes(30)
   */
  readonly patience?: Duration;

  /**
   * How far validation may be from training, of the metric of training: percent, above 0.
   *
   * @default 10
   */
  readonly largestPercentage?: number;
}

/**
 * What is looked at in the metrics that a training job publishes: those that its `MetricDefinitions` find in its log, in the namespace `/aws/sagemaker/TrainingJobs`.
 *
 * They are read every 15 minutes while the job is under way, and once when it has ended well.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/define-train-metrics.html
 */
export abstract class TrainingCheck {
  /**
   * A loss has to fall: one that rises, or stays, for longer than the patience is `NotFalling`.
   *
   * @param metric a name of the job's `MetricDefinitions`: `validation:loss`
   */
  public static falling(metric: string, options: FallingCheckOptions = {}): TrainingCheck {
    requireProps({ metric, options }, { metric: TEXT, options: FALLING });
    const { patience = Duration.hours(1), leastPercentage = 0.1 } = options;
    const isRight = leastPercentage >= 0 && leastPercentage <= 100;
    const wrong = isRight ? [] : [{ prop: 'leastPercentage', got: leastPercentage, allowed: '0 to 100' }];
    refuse([...nameProblems({ metric }), ...patienceProblems(patience), ...wrong]);
    return new MetricCheck({
      issue: 'NotFalling',
      metric,
      patienceMinutes: patience.toMinutes(),
      leastPercentage,
    });
  }

  /**
   * Validation has to stay near training: where it does not, the model learns by heart, and is `Apart`.
   *
   * @param trainingMetric a name of the job's `MetricDefinitions`: `train:loss`
   * @param validationMetric the same figure of data that are not trained with: `validation:loss`
   */
  public static together(
    trainingMetric: string,
    validationMetric: string,
    options: TogetherCheckOptions = {},
  ): TrainingCheck {
    requireProps(
      { trainingMetric, validationMetric, options },
      { trainingMetric: TEXT, validationMetric: TEXT, options: TOGETHER },
    );
    const { patience = Duration.minutes(30), largestPercentage = 10 } = options;
    const isRight = largestPercentage > 0 && Number.isFinite(largestPercentage);
    const wrong = isRight ? [] : [{ prop: 'largestPercentage', got: largestPercentage, allowed: 'a number above 0' }];
    refuse([...nameProblems({ trainingMetric, validationMetric }), ...patienceProblems(patience), ...wrong]);
    return new MetricCheck({
      issue: 'Apart',
      metric: validationMetric,
      trainingMetric,
      patienceMinutes: patience.toMinutes(),
      largestPercentage,
    });
  }

  /**
   * A job that has any value of this metric computes no numbers any more, and is `NotANumber`. CloudWatch takes no NaN, so that a loss that is NaN is missing from its metric: give the
   * job one more definition, whose expression finds the lines that say so and takes a number that stands beside, as the epoch of `epoch=12 loss=nan`:
   *
   * `{ "Name": "loss:nan", "Regex": "epoch=([0-9]+) loss=[-+]?(?:nan|inf)" }`
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
   * @param metric the name of that definition: `loss:nan`
   */
  public static finite(metric: string): TrainingCheck {
    requireProps({ metric }, { metric: TEXT });
    refuse(nameProblems({ metric }));
    return new MetricCheck({ issue: 'NotANumber', metric });
  }

  protected constructor() {}

  /** @internal */
  public abstract get _settings(): CheckSettings;
}

class MetricCheck extends TrainingCheck {
  constructor(
    /** @internal */
    public readonly _settings: CheckSettings,
  ) {
    super();
  }
}

const FALLING = struct<FallingCheckOptions>({ patience: optional(DURATION), leastPercentage: optional(NUMBER) });
const TOGETHER = struct<TogetherCheckOptions>({ patience: optional(DURATION), largestPercentage: optional(NUMBER) });
const LEAST_MINUTES = 5;

/** Printable, but for what an input template of EventBridge gives a meaning. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MetricDefinition.html */
const METRIC_NAME = /^[ !#-;=?-[\]-~]{1,255}$/;

function nameProblems(names: { readonly [prop: string]: string }): Problem[] {
  const allowed = 'a name of a metric definition: 1 to 255 printable ASCII characters, none of " < > \\';
  const wrong = Object.entries(names).filter(([, name]) => !METRIC_NAME.test(name));
  return wrong.map(([prop, got]) => ({ prop, got, allowed }));
}

function patienceProblems(patience: Duration): Problem[] {
  return wholeDurationProblems('patience', patience, { unit: 'minutes', least: LEAST_MINUTES });
}

const refuse = (problems: Problem[]): void => throwIfAny('InvalidTrainingWatch', problems);
