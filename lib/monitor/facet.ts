import { list, NUMBER, optional, requireProps, TEXT, TEXT_OR_NUMBER } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import { distinctProblems } from './analysis-problems';

/**
 * A feature by which groups of people are told apart, and the group whose treatment is watched.
 *
 * The dimension `FacetValue` of the service's metrics, and `facet_value` of its reports, is the group: its value, or its values with commas between
 * them. For a continuous facet it is an interval `(threshold, maximum]`, whose end is the greatest value that the analysed data hold: **it changes
 * with them**, so an alarm on one such metric may fall silent. Alarms on violations do not.
 *
 * On `MonitoringEngine.serverless()` a column is divided as the facet says, but by the container's rules (`Checks.MODEL_MONITOR`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-bias-parameters.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-cw.html
 *
 * @example
 * Facet.continuous('age', 40);
 */
export class Facet {
  /**
   * A feature with some values, one or more of which make the group.
   *
   * Numbers of which at least 5 % are different count as continuous, unless more than one value is named.
   *
   * @param name of the column, or its index from `'0'` on where the data have no names
   * @param values texts or numbers, as they stand in the data, but not all that occur, as `['female']`; without them, each value is a group of its own
   */
  public static categorical(name: string, values?: (string | number)[]): Facet {
    requireProps({ name, values }, { name: TEXT, values: optional(list(TEXT_OR_NUMBER)) });
    throwIfAny('InvalidBiasAnalysis', values ? distinctProblems('values', values) : []);
    return new Facet(name, values);
  }

  /**
   * A numeric feature; the group has the values that are greater than a threshold.
   *
   * @param name of the column, or its index from `'0'` on where the data have no names
   * @param threshold does not belong to the group itself
   */
  public static continuous(name: string, threshold: number): Facet {
    requireProps({ name, threshold }, { name: TEXT, threshold: NUMBER });
    throwIfAny('InvalidBiasAnalysis', distinctProblems('threshold', [threshold]));
    return new Facet(name, [threshold], threshold);
  }

  private constructor(
    /** Name of the column, or its index from `'0'` on. */
    public readonly name: string,
    private readonly given?: (string | number)[],
    /**
     * Above which the group begins, where it is divided by a threshold.
     *
     * @internal
     */
    public readonly _threshold?: number,
  ) {}

  /** The values, or the one threshold, that make the group; undefined where each value is a group. */
  public get valuesOrThreshold(): (string | number)[] | undefined {
    return this.given && [...this.given];
  }
}
