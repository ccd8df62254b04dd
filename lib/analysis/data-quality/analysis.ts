import type { Analysis, AnalysisFiles, Judging } from '../port';
import { keptConstraints, keptStatistics } from '../profile/kept-value';
import { paddedRows } from '../profile/padded-rows';
import type { Profile } from '../profile/profile';
import { decodeProfile, mergeProfiles } from '../profile/profile-text';
import type { ProfileInput } from '../profile/profiler';
import { unreadable } from '../reading/unreadable';
import type { Constraints, Statistics } from '../schemas';
import { baselineProblem } from '../validation/baseline-problem';
import { judgedDataset } from '../validation/dataset';
import { baselineNotes } from './baseline-notes';
import { profileComparing } from './comparison';
import { suggestConstraints } from './constraints';
import { type ColumnTypes, declaredBaseline } from './declared-columns';
import { dataQualityReading } from './reading';
import { withoutRowOrder } from './row-order';
import type { KeptText } from './text/text-check';
import { TEXT_STATISTICS, type TextKeys, type TextStatistics, textStatistics } from './text/text-statistics';
import { textStatisticsProblem } from './text/text-statistics-problem';
import { type CheckRules, checkWindow, followsContainer, type WindowDriftSettings } from './window-check';

/** What the data of a data-quality analysis are, and how drift is decided. */
export interface DataQualitySettings {
  readonly input: ProfileInput;
  /** without it, drift is decided by the tests' defaults */
  readonly drift?: WindowDriftSettings;
  /** of a window: see `WindowCheck` */
  readonly checks?: CheckRules;
  readonly unknownColumnsLimit?: number;
  readonly excludedFeatures?: readonly string[];
  /** features whose distance is published; none where absent */
  readonly measuredFeatures?: readonly string[];
  /** of a baseline's dataset */
  readonly columnTypes?: ColumnTypes;
  /**
   * whether statistics keep the order in which values came, as the container does: rows of up to 2,050 can then be put together from them. That of the
   * rules by default: the container's keep it
   */
  readonly keepsRowOrder?: boolean;
  /** how values of text are hashed, which a baseline of too many for a histogram keeps; without, it keeps nothing of them */
  readonly textKeys?: TextKeys;
  /** whether a baseline keeps the frequent values of such text in clear, too, for findings to name; false where absent */
  readonly keepsTextValues?: boolean;
}

/** Files of the baseline, as both engines write them. */
const STATISTICS = 'statistics.json';
const CONSTRAINTS = 'constraints.json';

/** The analysis of types, completeness, categories and distributions; its parts are profiles. */
export function dataQualityAnalysis(settings: DataQualitySettings): Analysis<Profile> {
  return { ...dataQualityReading(settings.input), ...dataQualityJudging(settings) };
}

/** What is made of profiles by that analysis. */
export function dataQualityJudging(settings: DataQualitySettings): Judging<Profile> {
  const judging = profileJudging(settings);
  return { ...judging, comparing: () => profileComparing(judging) };
}

function profileJudging({
  input,
  drift = { method: 'MassShift' },
  columnTypes,
  textKeys,
  keepsTextValues,
  keepsRowOrder,
  ...rules
}: DataQualitySettings): Judging<Profile> {
  const isContainers = followsContainer({ drift, ...rules });
  const published = (keepsRowOrder ?? isContainers) ? (statistics: Statistics) => statistics : withoutRowOrder;
  const judged = (profile: Profile) => (isContainers && input.kind === 'capture' ? paddedRows(profile) : profile);
  return {
    decode: decodeProfile,
    merge: mergeProfiles,
    counts: (profile, baseline) => {
      const columnNames = baseline && statisticsOf(baseline).features.map(({ name }) => name);
      const { transformations } = input;
      return unreadable(judged(profile), { columnNames, transformations, mustFit: !isContainers });
    },
    judgedDataset: (profile) => judgedDataset(profile, { format: input.format, columnTypes }),
    baseline: async (profile) => ({
      files: baselineFiles(profile, { columnTypes, textKeys, keepsTextValues, published }),
    }),
    baselineProblem: (baseline) => problemOf(baseline, isContainers),
    baselineNotes: notesOf,
    async check(profile, baseline) {
      const { findings, distances, notEvaluated, checkCount, statistics } = checkWindow({
        profile: judged(profile),
        baselineStatistics: keptStatistics(statisticsOf(baseline)),
        baselineConstraints: keptConstraints(constraintsOf(baseline)),
        text: keptText(baseline, textKeys),
        drift,
        transformations: input.transformations,
        ...rules,
      });
      return { files: windowFiles(statistics, published), violations: findings, distances, notEvaluated, checkCount };
    },
  };
}

type Published = (statistics: Statistics) => Statistics;

const windowFiles = (statistics: Statistics, published: Published): AnalysisFiles => ({
  [STATISTICS]: published(statistics),
  [CONSTRAINTS]: suggestConstraints(statistics),
});

interface BaselineSettings extends Pick<DataQualitySettings, 'columnTypes' | 'textKeys' | 'keepsTextValues'> {
  readonly published: Published;
}

function baselineFiles(profile: Profile, settings: BaselineSettings): AnalysisFiles {
  const { columnTypes, textKeys, keepsTextValues, published } = settings;
  const { statistics, constraints, texts } = declaredBaseline(profile, columnTypes);
  const text = textKeys && texts.length > 0 && { [TEXT_STATISTICS]: textStatistics(texts, textKeys, keepsTextValues) };
  return { [STATISTICS]: published(statistics), ...text, [CONSTRAINTS]: constraints };
}

/** The container's rules make do with what they are given, and look at no file of this library's own. */
function problemOf(baseline: AnalysisFiles, isContainers: boolean): string | undefined {
  const both = { [STATISTICS]: baseline[STATISTICS], [CONSTRAINTS]: baseline[CONSTRAINTS] };
  if (isContainers) return baselineProblem(both, 'Type');
  return baselineProblem(both, 'Meaning') ?? textStatisticsProblem(baseline[TEXT_STATISTICS]);
}

const notesOf = (baseline: AnalysisFiles) =>
  baselineNotes(
    statisticsOf(baseline),
    constraintsOf(baseline),
    baseline[TEXT_STATISTICS] as TextStatistics | undefined,
  );

function keptText(baseline: AnalysisFiles, textKeys?: TextKeys): KeptText | undefined {
  const statistics = baseline[TEXT_STATISTICS] as TextStatistics | undefined;
  return statistics && textKeys && { statistics, hash: textKeys.hash };
}

const statisticsOf = (baseline: AnalysisFiles) => baseline[STATISTICS] as Statistics;
const constraintsOf = (baseline: AnalysisFiles) => baseline[CONSTRAINTS] as Constraints;
