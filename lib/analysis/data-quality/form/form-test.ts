import type { NotEvaluated } from '../../port';
import type { ColumnProfile } from '../../profile/column-profile';
import type { FeatureConstraints, FeatureStatistics, MonitoringConfig } from '../../schemas';
import type { Violated } from '../violated';

/** A feature of a window, and what is required of it. */
export interface FormCheck {
  readonly constraints: FeatureConstraints;
  /** the file's settings with those of the feature over them */
  readonly config: MonitoringConfig;
  /** rows of the window, missing values included; at least 1 */
  readonly rowCount: number;
  readonly column: ColumnProfile;
  /** absent where the baseline's statistics do not have the feature */
  readonly baseline?: FeatureStatistics;
  /** whether an endpoint answered its values; false where absent */
  readonly isAnswer?: boolean;
}

/** One requirement of the form of a feature, met or not. */
export interface FormTest {
  readonly feature: string;
  /** how likely chance alone breaks it as often, 0 to 1: 1 where it is met, 0 where chance has no part */
  readonly pValue: number;
  /** absent where it is met */
  readonly violated?: Violated;
}

/** What was found of one requirement; empty where nothing is required. */
export interface FormResult {
  readonly test?: FormTest;
  readonly gap?: NotEvaluated;
}

/** A share that is required, and how often window and baseline fall short of it. */
export interface Requirement {
  readonly observed: number;
  readonly expected: number;
  /** how likely chance alone falls short as the window does; asked for only where it does */
  readonly chance: () => number;
  readonly violated: () => Violated;
}

/** Tests a required share of a feature. */
export function shareTest(feature: string, { observed, expected, chance, violated }: Requirement): FormTest {
  return observed >= expected ? { feature, pValue: 1 } : { feature, pValue: chance(), violated: violated() };
}

/** Of a feature in the baseline: how many values it has and lacks; undefined where the statistics do not say. */
export const valuesOf = ({ numerical_statistics, string_statistics }: FeatureStatistics) =>
  (numerical_statistics ?? string_statistics)?.common;
