import type { Analysis, AnalysisFiles, PartReader } from '../port';
import type { Profile } from '../profile/profile';
import { decodeProfile, encodeProfile, mergeProfiles } from '../profile/profile-text';
import { createProfiler, type ProfileInput } from '../profile/profiler';
import { statistics } from '../profile/statistics';
import { unreadable } from '../reading/unreadable';
import type { Constraints, Statistics } from '../schemas';
import { suggestConstraints } from './constraints';
import { checkWindow, type WindowDriftSettings } from './window-check';

/** What the data of a data-quality analysis are, and how drift is decided. */
export interface DataQualitySettings {
  readonly input: ProfileInput;
  /** without it, drift is decided by the tests' defaults */
  readonly drift?: WindowDriftSettings;
}

/** Files of the baseline, as both engines write them. */
const STATISTICS = 'statistics.json';
const CONSTRAINTS = 'constraints.json';

/** The analysis of types, completeness, categories and distributions; its parts are profiles. */
export function dataQualityAnalysis({
  input,
  drift = { method: 'MassShift' },
}: DataQualitySettings): Analysis<Profile> {
  return {
    reader: () => profileReader(input),
    encode: encodeProfile,
    decode: decodeProfile,
    merge: mergeProfiles,
    counts: (profile, baseline) =>
      unreadable(profile, { columnNames: baseline && constraintsOf(baseline).features.map(({ name }) => name) }),
    async baseline(profile) {
      const suggested = statistics(profile);
      return { files: { [STATISTICS]: suggested, [CONSTRAINTS]: suggestConstraints(suggested) } };
    },
    async check(profile, baseline) {
      const found = checkWindow({
        profile,
        baselineStatistics: baseline[STATISTICS] as Statistics,
        baselineConstraints: constraintsOf(baseline),
        drift,
      });
      const { findings, distances, notEvaluated } = found;
      const files = { [STATISTICS]: found.statistics, [CONSTRAINTS]: suggestConstraints(found.statistics) };
      return { files, violations: findings, distances, notEvaluated };
    },
  };
}

function profileReader(input: ProfileInput): PartReader<Profile> {
  const profiler = createProfiler(input);
  return {
    file: (name) => profiler.file(name),
    rows: (name, columnNames) => profiler.rows(name, columnNames),
    finish: () => profiler.finish(),
  };
}

const constraintsOf = (baseline: AnalysisFiles) => baseline[CONSTRAINTS] as Constraints;
