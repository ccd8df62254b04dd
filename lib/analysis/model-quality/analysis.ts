import { type KeptFiles, keptFiles } from '../kept-files';
import type { Analysis } from '../port';
import type { FileReader } from '../profile/profiler';
import { constraintsProblem } from '../validation/constraints-problem';
import { suggestQualityConstraints } from './constraints';
import { createQualityDataset, type QualityDataset, type QualityDatasetInput } from './dataset';
import { createQualityMerger, type MergeInput } from './merger';
import type { ModelQualityConstraints } from './schemas';
import { qualityStatistics } from './statistics';
import { checkModelQuality } from './violations';

/** What the data of a model-quality analysis are: captured records with their labels, or a dataset that has both. */
export type ModelQualitySettings = MergeInput | QualityDatasetInput;

const STATISTICS = 'statistics.json';
const CONSTRAINTS = 'constraints.json';

/** The analysis of predictions against labels; its parts are whole files, because records and labels meet at the end. */
export function modelQualityAnalysis(settings: ModelQualitySettings): Analysis<KeptFiles> {
  const read = (part: KeptFiles) =>
    'groundTruthAttribute' in settings ? dataset(settings, part) : merged(settings, part);
  return {
    ...keptFiles,
    counts: (part) => read(part).unreadable,
    async baseline(part) {
      const result = qualityStatistics(read(part).profile);
      if ('refusal' in result) return result;
      const { statistics } = result;
      return { files: { [STATISTICS]: statistics, [CONSTRAINTS]: suggestQualityConstraints(statistics) } };
    },
    baselineProblem: (baseline) => constraintsProblem('Metrics', baseline[CONSTRAINTS]),
    async check(part, baseline) {
      const result = qualityStatistics(read(part).profile, {
        window: 'window' in settings ? settings.window : undefined,
      });
      if ('refusal' in result) return result;
      const baselineConstraints = baseline[CONSTRAINTS] as ModelQualityConstraints;
      const { findings, notEvaluated } = checkModelQuality({ ...result, baselineConstraints });
      const files = { [STATISTICS]: result.statistics, [CONSTRAINTS]: suggestQualityConstraints(result.statistics) };
      return { files, violations: findings, distances: [], notEvaluated };
    },
  };
}

function dataset(settings: QualityDatasetInput, { files }: KeptFiles): QualityDataset {
  const reader = createQualityDataset(settings);
  for (const { name, text } of files) give(text, reader.file(name));
  return reader.finish();
}

function merged(settings: MergeInput, { files }: KeptFiles): QualityDataset {
  const merger = createQualityMerger(settings);
  for (const { name, content, text } of files) {
    give(text, content === 'labels' ? merger.groundTruth(name) : merger.captures(name));
  }
  return merger.finish();
}

function give(text: string, reader: FileReader): void {
  reader.push(new TextEncoder().encode(text));
  reader.end();
}
