/** Whose rules the serverless engine follows when it checks types, completeness, categories and columns. */
export enum Checks {
  /**
   * By what values mean, and by what chance explains.
   *
   * `3` is a number with decimals as well, spaces around a value and the case of `true` are no drift, any text satisfies a String. Each feature that
   * the data lack is a violation of its own, and no finding hides another. A share that the baseline itself has may be missed by as much as
   * chance explains, together with drift in one window of a thousand.
   */
  BY_MEANING = 'ByMeaning',

  /**
   * As Model Monitor's container checks: values by the characters that they are written with, and nothing but the number of columns where it differs.
   * Captured rows of CSV with fewer fields than most belong to the window, their last columns missing.
   *
   * Of model quality and bias, whatever is beyond its threshold, or farther from 0 than the baseline, violates, by chance or not.
   *
   * For parity with monitors that run on Model Monitor. `DriftMethod.MODEL_MONITOR` implies it.
   */
  MODEL_MONITOR = 'ModelMonitor',
}
