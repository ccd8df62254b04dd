/**
 * How the serverless engine decides whether a feature has drifted. Every method but `MODEL_MONITOR` counts each value as often as it occurs, and
 * lets a distance count only where chance does not explain it.
 *
 * What each finds and misses is measured in
 * {@link https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/detectors.md | docs/detectors.md}.
 */
export enum DriftMethod {
  /**
   * The share of values that moved: the Kolmogorov-Smirnov distance for numbers, the total variation distance for categories.
   *
   * The thresholds are those of `constraints.json`: with 0.1, what moves less than a tenth of the values is not seen.
   */
  MASS_SHIFT = 'MassShift',

  /**
   * The population stability index of deciles or categories, above 0.25.
   *
   * It misses half a standard deviation in every second or third window. Thresholds of `constraints.json` have no meaning for it.
   */
  POPULATION_STABILITY = 'PopulationStability',

  /**
   * How far numbers moved on average, above 0.1 standard deviations of the baseline; categories and constant numbers as in `JENSEN_SHANNON`.
   *
   * It finds the most, also shifts that matter to nobody, and depends on outliers. Thresholds of `constraints.json` have no meaning for it.
   */
  WASSERSTEIN = 'Wasserstein',

  /**
   * The distance of Jensen and Shannon of deciles or categories, above 0.1.
   *
   * It finds about what `MASS_SHIFT` finds, in a unit that is harder to read. Thresholds of `constraints.json` have no meaning for it.
   */
  JENSEN_SHANNON = 'JensenShannon',

  /**
   * What Model Monitor's container computes, by the comparison method in `constraints.json` (`Robust` or `Simple`): the same figures to the last digit.
   *
   * Equal values of a number count once, so that a flag that moves from 10 % to 90 % ones has the distance 0. For parity with monitors that
   * run on Model Monitor.
   */
  MODEL_MONITOR = 'ModelMonitor',
}
