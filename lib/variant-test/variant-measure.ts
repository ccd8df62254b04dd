import type { Duration } from 'aws-cdk-lib';
import { DURATION } from '../core/cdk-shapes';
import { NUMBER, requireProps } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import type { MeasureSettings } from './contract';
import { aboveZeroProblems } from './test-problems';

/**
 * What a test of two variants asks beside the quality of predictions. The candidate is worse where it is worse by one measure; `falseDecisionRate` is of all measures together, so that each
 * further one takes every other a little longer.
 *
 * @example
 * VariantMeasure.serverErrors(0.001); // one request in a thousand
 */
export class VariantMeasure {
  /**
   * The share of requests that end with an HTTP status of 500 to 599, by the metrics `Invocations` and `Invocation5XXErrors` that SageMaker publishes of each variant: captured records
   * have no status. Fewer are better.
   *
   * @param leastEffect the least difference of the shares that matters, above 0, at most 1: 0.001 for one request in a thousand
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public static serverErrors(leastEffect: number): VariantMeasure {
    requireProps({ leastEffect }, { leastEffect: NUMBER });
    throwIfAny('InvalidVariantTest', aboveZeroProblems('leastEffect', leastEffect, 1));
    return new VariantMeasure({ metric: 'serverErrors', leastEffect });
  }

  /**
   * The mean time that a container takes to answer, minute by minute, by the metric `ModelLatency`: captured records have no times. Less is better.
   *
   * @param leastEffect the least difference that matters, a microsecond or more
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public static modelLatency(leastEffect: Duration): VariantMeasure {
    requireProps({ leastEffect }, { leastEffect: DURATION });
    const unknown = leastEffect.isUnresolved() ? 'a token' : undefined;
    const milliseconds = unknown ? Number.NaN : leastEffect.toMilliseconds({ integral: false });
    const allowed = 'a time above 0, known when the app is synthesized';
    const got = unknown ?? leastEffect.toHumanString();
    throwIfAny('InvalidVariantTest', milliseconds > 0 ? [] : [{ prop: 'leastEffect', got, allowed }]);
    return new VariantMeasure({ metric: 'modelLatency', leastEffect: milliseconds });
  }

  /**
   * What is predicted, whatever turns out: the share of the positive label of a binary classification, the mean of a regression. Neither more nor less is better: a candidate that is known to
   * predict otherwise by more than matters is worse.
   *
   * @param leastEffect the least difference that matters, above 0; of a regression in the unit of what is predicted
   */
  public static predictions(leastEffect: number): VariantMeasure {
    requireProps({ leastEffect }, { leastEffect: NUMBER });
    throwIfAny('InvalidVariantTest', aboveZeroProblems('leastEffect', leastEffect));
    return new VariantMeasure({ metric: 'predictions', leastEffect });
  }

  /**
   * How far answers to the same request are apart: the share of other labels, or of a regression the mean distance. For a `ShadowTest`, whose variants answer the same requests. A
   * candidate that is known to be farther off than matters is worse.
   *
   * @param leastEffect the least that matters, above 0; of a regression in the unit of what is predicted
   */
  public static disagreement(leastEffect: number): VariantMeasure {
    requireProps({ leastEffect }, { leastEffect: NUMBER });
    throwIfAny('InvalidVariantTest', aboveZeroProblems('leastEffect', leastEffect));
    return new VariantMeasure({ metric: 'disagreement', leastEffect });
  }

  private constructor(
    /** @internal */
    public readonly _settings: MeasureSettings,
  ) {}
}
