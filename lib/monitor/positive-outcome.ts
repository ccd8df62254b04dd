import { list, NUMBER, requireProps, TEXT_OR_NUMBER } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import { distinctProblems } from './analysis-problems';

/**
 * Which labels are the outcome that people wish for: metrics of bias compare how often groups get it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-bias-parameters.html
 *
 * @example
 * PositiveOutcome.above(50_000);
 */
export class PositiveOutcome {
  /**
   * One value of a binary label; one or more, but not all, values of a label with more of them.
   *
   * @param values texts or numbers, as they stand in the data, at least one: `[1]`
   */
  public static ofValues(values: (string | number)[]): PositiveOutcome {
    requireProps({ values }, { values: list(TEXT_OR_NUMBER) });
    throwIfAny('InvalidBiasAnalysis', distinctProblems('values', values));
    return new PositiveOutcome(values);
  }

  /**
   * All values of a numeric label that are greater than a threshold.
   *
   * @param threshold does not belong to them itself
   */
  public static above(threshold: number): PositiveOutcome {
    requireProps({ threshold }, { threshold: NUMBER });
    throwIfAny('InvalidBiasAnalysis', distinctProblems('threshold', [threshold]));
    return new PositiveOutcome([threshold], threshold);
  }

  private readonly given: (string | number)[];

  private constructor(
    given: (string | number)[],
    /**
     * Above which labels are positive, where they are divided by a threshold.
     *
     * @internal
     */
    public readonly _threshold?: number,
  ) {
    this.given = [...given];
  }

  /** The values, or the one threshold. */
  public get valuesOrThreshold(): (string | number)[] {
    return [...this.given];
  }
}
