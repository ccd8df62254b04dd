import type { Analysis, AnalysisFiles } from '../port';
import type { Profile } from '../profile/profile';
import { decodeProfile, mergeProfiles } from '../profile/profile-text';
import type { ProfileInput } from '../profile/profiler';
import { unreadable } from '../reading/unreadable';
import type { Constraints, Statistics } from '../schemas';
import { baselineProblem } from '../validation/baseline-problem';
import { judgedDataset } from '../validation/dataset';
import { suggestConstraints } from './constraints';
import { type ColumnTypes, declaredBaseline } from './declared-columns';
import { dataQualityReading } from './reading';
import { type CheckRules, checkWindow, followsContainer, type WindowDriftSettings } from './window-check';

/** What the data of a data-quality analysis are, and how drift is decided. */
export interface DataQualitySettings {
  readonly input: ProfileInput;
  /** without it, drift is decided by the tests' defaults */
  readonly drift?: WindowDriftSettings;
  /** of a window: see `WindowCheck` */
  readonly checks?: CheckRules;
  readonly unknownColumnsLimit?: number;
  /** of a baseline's dataset */
  readonly columnTypes?: ColumnTypes;
}

/** Files of the baseline, as both engines write them. */
const STATISTICS = 'statistics.json';
const CONSTRAINTS = 'constraints.json';

/** The analysis of types, completeness, categories and distributions; its parts are profiles. */
export function dataQualityAnalysis({
  input,
  drift = { method: 'MassShift' },
  columnTypes,
  ...rules
}: DataQualitySettings): Analysis<Profile> {
  return {
    ...dataQualityReading(input),
    decode: decodeProfile,
    merge: mergeProfiles,
    counts: (profile, baseline) => {
      const columnNames = baseline && statisticsOf(baseline).features.map(({ name }) => name);
      return unreadable(profile, { columnNames, mustFit: !followsContainer({ drift, ...rules }) });
    },
    judgedDataset: (profile) => judgedDataset(profile, { format: input.format, columnTypes }),
    async baseline(profile) {
      const { statistics, constraints } = declaredBaseline(profile, columnTypes);
      return { files: { [STATISTICS]: statistics, [CONSTRAINTS]: constraints } };
    },
    baselineProblem(baseline) {
      const both = { [STATISTICS]: baseline[STATISTICS], [CONSTRAINTS]: baseline[CONSTRAINTS] };
      return baselineProblem(both, followsContainer({ drift, ...rules }) ? 'Type' : 'Meaning');
    },
    async check(profile, baseline) {
      const found = checkWindow({
        profile,
        baselineStatistics: statisticsOf(baseline),
        baselineConstraints: constraintsOf(baseline),
        drift,
        ...rules,
      });
      const { findings, distances, notEvaluated } = found;
      const files = { [STATISTICS]: found.statistics, [CONSTRAINTS]: suggestConstraints(found.statistics) };
      return { files, violations: findings, distances, notEvaluated };
    },
  };
}

const statisticsOf = (baseline: AnalysisFiles) => baseline[STATISTICS] as Statistics;
const constraintsOf = (baseline: AnalysisFiles) => baseline[CONSTRAINTS] as Constraints;
