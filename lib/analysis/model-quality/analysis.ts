import { once } from '../labels/once';
import type { Judging, PartReader, Reading } from '../port';
import { constraintsProblem } from '../validation/constraints-problem';
import { suggestQualityConstraints } from './constraints';
import { createQualityDataset, type QualityDatasetInput } from './dataset';
import { joinLabels, type MergedQuality, pairedRows } from './merged-quality';
import { createScoredReader, type MergeInput } from './merger';
import type { ModelQualityConstraints } from './schemas';
import type { ScoredRecords } from './scored-records';
import { decodeScored, encodeScored, mergeScored } from './scored-text';
import { qualityStatistics } from './statistics';
import { checkModelQuality, type ModelQualityInput } from './violations';

/** What the data of a model-quality analysis are: captured records with their labels, or a dataset that has both. */
export type ModelQualitySettings = (MergeInput & JudgedMetrics) | QualityDatasetInput;

/** Which metrics are judged. */
export type JudgedMetrics = Pick<ModelQualityInput, 'reportsAll'>;

const STATISTICS = 'statistics.json';
const CONSTRAINTS = 'constraints.json';

/** The analysis of predictions against labels; records and labels meet when all are read. */
export const modelQualityAnalysis = (
  settings: ModelQualitySettings,
): Reading<ScoredRecords> & Judging<ScoredRecords> => ({
  ...modelQualityReading(settings),
  ...modelQualityJudging(settings),
});

/** How captured records and labels, or a dataset, become parts. */
export function modelQualityReading(settings: ModelQualitySettings): Reading<ScoredRecords> {
  return { reader: () => partReader(settings), encode: encodeScored };
}

/** What is made of parts. */
export function modelQualityJudging(settings: ModelQualitySettings): Judging<ScoredRecords> {
  const metrics = once((part: ScoredRecords) => met(settings, part));
  return {
    decode: decodeScored,
    merge: mergeScored,
    counts(part) {
      const { unreadable, counts } = metrics(part);
      return { ...unreadable, labels: counts, refusal: part.refusal };
    },
    async baseline(part) {
      const result = qualityStatistics(metrics(part).profile);
      if ('refusal' in result) return result;
      const { statistics } = result;
      return { files: { [STATISTICS]: statistics, [CONSTRAINTS]: suggestQualityConstraints(statistics) } };
    },
    baselineProblem: (baseline) => constraintsProblem('Metrics', baseline[CONSTRAINTS]),
    async check(part, baseline) {
      const { window, reportsAll } = 'groundTruthAttribute' in settings ? {} : settings;
      const result = qualityStatistics(metrics(part).profile, { window });
      if ('refusal' in result) return result;
      const baselineConstraints = baseline[CONSTRAINTS] as ModelQualityConstraints;
      const { findings, notEvaluated } = checkModelQuality({ ...result, baselineConstraints, reportsAll });
      const files = { [STATISTICS]: result.statistics, [CONSTRAINTS]: suggestQualityConstraints(result.statistics) };
      return { files, violations: findings, distances: [], notEvaluated };
    },
  };
}

/** Rows with predictions and labels; those of a dataset never were apart. */
type MetRows = Omit<MergedQuality, 'counts'> & Partial<Pick<MergedQuality, 'counts'>>;

function partReader(settings: ModelQualitySettings): PartReader<ScoredRecords> {
  const rows = (name: string) => {
    throw new Error(`QualityFormat: "${name}" is Parquet, which this analysis does not read; write CSV`);
  };
  if ('groundTruthAttribute' in settings) return { ...createQualityDataset(settings), rows };
  const { captures, groundTruth, finish } = createScoredReader(settings);
  return { file: (name, content) => (content === 'labels' ? groundTruth(name) : captures(name)), rows, finish };
}

function met(settings: ModelQualitySettings, part: ScoredRecords): MetRows {
  return 'groundTruthAttribute' in settings ? pairedRows(part, settings.problem) : joinLabels(part, settings.problem);
}
