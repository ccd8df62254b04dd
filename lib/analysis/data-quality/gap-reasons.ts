import { MAX_HISTOGRAM_VALUES } from '../profile/statistics';
import { LONGER_WINDOWS } from '../words';
import { MIN_EXPECTED } from './detectors/chi-squared';

// Why a check was not made, for whoever reads a report or a digest: the cause, and what to do about it.

/** Of a feature that a window lacks. */
export const NO_COLUMN =
  'no record has a column of this name, as the baseline writes it; have clients send it, or rename what they send (RecordTransformation.rename)';

/** Of a feature that one file of the baseline has alone. */
export const NOT_IN_STATISTICS =
  'constraints.json has this feature, and statistics.json lacks it; make both files from the same dataset';

/** Of a feature whose baseline cannot be compared with. */
export const NO_BASELINE_DISTRIBUTION =
  'statistics.json of the baseline has no distribution of this feature; compute the baseline with an engine of this library or with Model Monitor, or switch off its comparison (perform_comparison)';

/** Of a feature whose window cannot be compared. */
export const NO_WINDOW_DISTRIBUTION =
  `the window has no values of this feature, or more than ${MAX_HISTOGRAM_VALUES} different texts, and so no distribution; ` +
  'see what clients send, or make the baseline anew with ColumnType.TEXT for it';

/** Of a feature whose values are numbers on one side and texts on the other. */
export const otherTypes = (window: string, baseline: string): string =>
  `the window's values are ${window}, and the baseline's ${baseline}; see what clients send, or make the baseline anew`;

/** Of a feature of which one side has next to nothing. */
export const tooFewValues = (window: number, baseline: number): string =>
  `the window has ${counted(window)} and the baseline ${baseline}: below ${MIN_EXPECTED} on either side, a change cannot be told from chance; ` +
  `${LONGER_WINDOWS}, or make the baseline from more rows`;

const counted = (values: number) => (values === 1 ? '1 value' : `${values} values`);
