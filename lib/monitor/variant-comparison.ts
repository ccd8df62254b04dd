import { BOOLEAN, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';

/** What is made of a comparison beside what a run tells of it. */
export interface VariantComparisonOptions {
  /**
   * Whether the number of differences that chance does not explain becomes a metric, `metricVariantDifferences()` of monitors of data quality and model
   * quality: an alarm of your own may follow. It is billed as one custom metric for each such monitor. Nothing is violated by it either way.
   *
   * @default false, it stands in no metric
   */
  readonly metric?: boolean;
}

const OPTIONS: Shapes<VariantComparisonOptions> = { metric: optional(BOOLEAN) };

/**
 * Two variants that are compared in each window of a monitor, beside what each comes to beside the baseline: production variants that share the traffic, or
 * a shadow variant with the one whose requests it answers once more.
 *
 * A monitor of data quality says how far the candidate's columns are from the reference's; one of model quality how what they predict differs, how often
 * they agree about the same requests, and, by labels, how much more the candidate is worth, with the interval that has the difference in 95 of 100 samples.
 * It is told in `report.json` and in the event; nothing is violated by it.
 *
 * @example
 * declare const endpoint: Endpoint;
 *
 * MonitoredData.endpoint(endpoint, {
 *   perVariant: true,
 *   comparison: VariantComparison.between('champion', 'challenger'),
 * });
 */
export class VariantComparison {
  /**
   * @param reference name of the variant that is compared with, as the one in use
   * @param candidate name of the variant that may take its place
   */
  public static between(
    reference: string,
    candidate: string,
    options: VariantComparisonOptions = {},
  ): VariantComparison {
    requireProps(options, OPTIONS);
    requireProps({ reference, candidate }, { reference: TEXT, candidate: TEXT });
    const isSame = reference === candidate;
    const allowed = "another variant than 'reference'";
    throwIfAny('InvalidMonitoredData', isSame ? [{ prop: 'candidate', got: candidate, allowed }] : []);
    return new VariantComparison(reference, candidate, options.metric ?? false);
  }

  private constructor(
    /** Name of the variant that is compared with. */
    public readonly reference: string,
    /** Name of the variant that may take its place. */
    public readonly candidate: string,
    /** Whether the number of their differences becomes a metric. */
    public readonly metric: boolean,
  ) {}
}
