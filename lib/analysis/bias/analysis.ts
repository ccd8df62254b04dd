import { type KeptFiles, keptFiles, textOf } from '../kept-files';
import type { Analysis } from '../port';
import { readRecordColumns, recordCounts } from '../reading/record-columns';
import { constraintsProblem } from '../validation/constraints-problem';
import { analyzeBias, type BiasInput } from './analyze';
import { recordColumn } from './column';
import type { BiasAnalysis } from './schemas';
import { checkBias } from './violations';

/** Which columns a bias analysis looks at; they are named as `RecordColumns` names them. */
export type BiasSettings = Omit<BiasInput, 'columns'>;

/** Clarify's file, of a baseline and of a run. */
const ANALYSIS = 'analysis.json';

/** The analysis of bias metrics; its records are those that were merged with their labels, its parts whole files. */
export function biasAnalysis(settings: BiasSettings): Analysis<KeptFiles> {
  const analyze = (part: KeptFiles) => {
    const read = readRecordColumns(textOf(part, 'records'));
    if ('problem' in read) return { refusal: read.problem };
    const { input, output, truth } = read.columns;
    const columns = [...input, ...output, ...truth].map(recordColumn);
    return columns.length === 0 ? { refusal: 'there is no record' } : analyzeBias({ ...settings, columns });
  };
  return {
    ...keptFiles,
    counts: (part) => recordCounts(readRecordColumns(textOf(part, 'records'))),
    async baseline(part) {
      const result = analyze(part);
      return 'refusal' in result ? result : { files: { [ANALYSIS]: result.analysis } };
    },
    baselineProblem: (baseline) => constraintsProblem('Bias', baseline[ANALYSIS]),
    async check(part, baseline) {
      const result = analyze(part);
      if ('refusal' in result) return result;
      const { findings, notEvaluated } = checkBias(baseline[ANALYSIS] as BiasAnalysis, result.analysis);
      const skipped = [
        ...result.problems.map(({ column, reason, detail }) => ({ feature: column, check: reason, reason: detail })),
        ...notEvaluated.map(({ facet, facetValue, metric, reason }) => ({
          feature: `${facet}=${facetValue}`,
          check: metric,
          reason,
        })),
      ];
      return { files: { [ANALYSIS]: result.analysis }, violations: findings, distances: [], notEvaluated: skipped };
    },
  };
}
