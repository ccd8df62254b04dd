import { once } from '../labels/once';
import { PartsMeeting } from '../labels/parts-meeting';
import type { AnalysisFiles, JudgedWindow, Judging, Meeting, PartReader, PartShelf, Reading } from '../port';
import { constraintsProblem } from '../validation/constraints-problem';
import { qualityComparing } from './comparison';
import { suggestQualityConstraints } from './constraints';
import { createQualityDataset, type QualityDatasetInput } from './dataset';
import { windowQuality } from './decay/window-quality';
import { expectedQuality } from './estimation/expected-quality';
import { judgeQuality } from './judgement';
import { joinLabels, type MergedQuality, type PairedQuality, pairedRows, QualityMeeting } from './merged-quality';
import { createScoredReader, type MergeInput } from './merger';
import { classesOf } from './problem';
import type { BaselineCalibration, ModelQualityConstraints } from './schemas';
import { ScoredRecords } from './scored-records';
import { decodeScored, encodeScored, mergeScored } from './scored-text';
import { type QualityStatisticsResult, qualityStatistics } from './statistics';
import { checkModelQuality } from './violations';

/** What the data of a model-quality analysis are: captured records with their labels, or a dataset that has both. */
export type ModelQualitySettings = (MergeInput | QualityDatasetInput) & JudgedMetrics;

/** How metrics are judged. */
export interface JudgedMetrics {
  /** whether Model Monitor's rule holds: whatever is beyond its threshold violates, by chance or not, and of `f0_5` nothing is said; false where absent */
  readonly followsContainer?: boolean;
  /** of a whole window, above 0 to 1; a thousandth where absent. Without meaning for Model Monitor's rule */
  readonly falseAlarmRate?: number;
}

const STATISTICS = 'statistics.json';
const CONSTRAINTS = 'constraints.json';
const ESTIMATE = 'estimated_quality.json';

/** The analysis of predictions against labels; records and labels meet when all are read. */
export const modelQualityAnalysis = (
  settings: ModelQualitySettings,
): Reading<ScoredRecords> & Judging<ScoredRecords> => ({
  ...modelQualityReading(settings),
  ...modelQualityJudging(settings),
});

/** How captured records and labels, or a dataset, become parts. */
export function modelQualityReading(settings: ModelQualitySettings): Reading<ScoredRecords> {
  return {
    reader: (isRanged) => partReader(settings, isRanged),
    encode: encodeScored,
    encodeRanges: (part) => part.encodeRanges(),
  };
}

/** What is made of parts. */
export function modelQualityJudging(settings: ModelQualitySettings): Judging<ScoredRecords> {
  const metrics = metricsOf(settings);
  const judged = (part: ScoredRecords, baseline?: AnalysisFiles) =>
    judgedQuality(settings, metrics(part, baseline), part.refusal);
  return {
    decode: decodeScored,
    merge: mergeScored,
    meeting: (shelf, baseline) => qualityMeeting(settings, shelf, baseline),
    comparing: () => qualityComparing(settings.problem),
    counts: (part, baseline) => judged(part, baseline).counts(),
    async baseline(part) {
      const { profile, labelled } = metrics(part);
      const result = qualityStatistics(profile);
      if ('refusal' in result) return result;
      return { files: filesOf(result, settings.followsContainer, labelled?.calibration()) };
    },
    baselineProblem: (baseline) => constraintsProblem('Metrics', baseline[CONSTRAINTS]),
    check: (part, baseline) => judged(part, baseline).check(baseline),
  };
}

/** What rows come to that have both a prediction and a label. */
function judgedQuality(settings: ModelQualitySettings, merged: MetQuality, refusal: string | undefined): JudgedWindow {
  return {
    counts: () => ({ ...merged.unreadable, labels: merged.counts, refusal }),
    expected(baseline) {
      if (settings.followsContainer) return undefined;
      const constraints = baseline[CONSTRAINTS] as ModelQualityConstraints;
      const estimated = expectedQuality(merged, constraints);
      const quality = windowQuality(constraints, undefined, estimated?.file);
      return estimated && { files: { [ESTIMATE]: estimated.file }, quality };
    },
    async check(baseline) {
      const { followsContainer, falseAlarmRate } = settings;
      const window = 'groundTruthAttribute' in settings ? undefined : settings.window;
      const result = qualityStatistics(merged.profile, { window });
      if ('refusal' in result) return result;
      const baselineConstraints = baseline[CONSTRAINTS] as ModelQualityConstraints;
      const input = { ...result, baselineConstraints };
      const files = filesOf(result, followsContainer);
      if (followsContainer) {
        const { findings, notEvaluated } = checkModelQuality(input);
        return { files, violations: findings, distances: [], notEvaluated };
      }
      const estimated = expectedQuality(merged, baselineConstraints);
      const { findings, ...judged } = judgeQuality({ ...input, estimated, falseAlarmRate });
      const estimate = estimated && { [ESTIMATE]: estimated.file };
      const quality = windowQuality(baselineConstraints, result.sampling, estimated?.file);
      return { files: { ...files, ...estimate }, violations: findings, distances: [], quality, ...judged };
    },
  };
}

function qualityMeeting(settings: ModelQualitySettings, shelf?: PartShelf, baseline?: AnalysisFiles): Meeting {
  const parts = new PartsMeeting(new ScoredRecords(), shelf);
  return {
    add: (bytes) => parts.add(bytes),
    judged() {
      const meeting = new QualityMeeting(settings.problem, calibrationOf(baseline));
      const records = parts.meet((batch) => meeting.add(batch));
      return judgedQuality(settings, meeting.merged(records), records.refusal);
    },
  };
}

/** The files of a baseline, or of a run; the container's have nothing of chance, nor of probabilities. */
function filesOf(
  { statistics, sampling }: Statistics,
  followsContainer = false,
  calibration?: BaselineCalibration,
): AnalysisFiles {
  const suggested = suggestQualityConstraints(statistics);
  const constraints = followsContainer ? suggested : { ...suggested, sampling, calibration };
  return { [STATISTICS]: statistics, [CONSTRAINTS]: constraints };
}

type Statistics = Exclude<QualityStatisticsResult, { readonly refusal: string }>;

/** Rows with predictions and labels; those of a dataset never were apart. */
type MetQuality = PairedQuality &
  Pick<MergedQuality, 'scores' | 'classScores'> &
  Partial<Pick<MergedQuality, 'counts'>>;

function partReader(settings: ModelQualitySettings, isRanged?: boolean): PartReader<ScoredRecords> {
  const rows = (name: string) => {
    throw new Error(`QualityFormat: "${name}" is Parquet, which this analysis does not read; write CSV`);
  };
  if ('groundTruthAttribute' in settings) return { ...createQualityDataset(settings), rows };
  const { captures, groundTruth, finish } = createScoredReader(settings, isRanged);
  return {
    file: (name, content, times) => (content === 'labels' ? groundTruth(name) : captures(name, times)),
    rows,
    finish,
  };
}

/** What a part comes to, computed once: of several labels once for each calibration of their probabilities. */
function metricsOf(settings: ModelQualitySettings): (part: ScoredRecords, baseline?: AnalysisFiles) => MetQuality {
  const { problem } = settings;
  const metrics = once((part: ScoredRecords) =>
    once((calibration: BaselineCalibration) =>
      'groundTruthAttribute' in settings ? pairedRows(part, problem) : joinLabels(part, problem, calibration),
    ),
  );
  const reads = classesOf(problem).length > 0;
  return (part, baseline) => metrics(part)((reads && calibrationOf(baseline)) || UNKNOWN_CALIBRATION);
}

const UNKNOWN_CALIBRATION: BaselineCalibration = { refusal: 'it is not known' };

const calibrationOf = (baseline: AnalysisFiles = {}): BaselineCalibration | undefined =>
  (baseline[CONSTRAINTS] as ModelQualityConstraints | undefined)?.calibration;
