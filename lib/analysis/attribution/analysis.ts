import { type KeptFiles, keptFiles, textOf } from '../kept-files';
import type { Analysis } from '../port';
import { type RecordColumn, readRecordColumns, recordCounts } from '../reading/record-columns';
import { constraintsProblem } from '../validation/constraints-problem';
import { type AttributionNames, attributionAnalysis } from './analysis-file';
import { type KernelShapInput, kernelShap } from './kernel-shap';
import type { FeatureRow, FeatureValue } from './model-answers';
import { ATTRIBUTION_CHECK, type AttributionAnalysis } from './schemas';
import { checkAttribution } from './violations';

/** How attributions are computed; the model is asked through `predict`. */
export interface AttributionSettings extends Omit<KernelShapInput, 'rows'> {
  readonly names: AttributionNames;
}

type Attempt = { readonly analysis: AttributionAnalysis } | { readonly refusal: string };

/** Clarify's file, of a baseline and of a run. */
const ANALYSIS = 'analysis.json';

/** The analysis of feature attributions; its parts are whole files, because every row is explained on its own. */
export function attributionDriftAnalysis({ names, ...settings }: AttributionSettings): Analysis<KeptFiles> {
  const analyze = async (part: KeptFiles): Promise<Attempt> => {
    const read = readRecordColumns(textOf(part, 'records'));
    if ('problem' in read) return { refusal: read.problem };
    const result = await kernelShap({ ...settings, rows: featureRows(read.columns.input) });
    if ('problem' in result) return { refusal: `${result.problem.reason}: ${result.problem.detail}` };
    return { analysis: attributionAnalysis(result.values, names) };
  };
  return {
    ...keptFiles,
    counts: (part) => recordCounts(readRecordColumns(textOf(part, 'records'))),
    async baseline(part) {
      const result = await analyze(part);
      return 'refusal' in result ? result : { files: { [ANALYSIS]: result.analysis } };
    },
    baselineProblem: (baseline) => constraintsProblem('Attributions', baseline[ANALYSIS]),
    async check(part, baseline) {
      const result = await analyze(part);
      if ('refusal' in result) return result;
      const { findings, notEvaluated, scores } = checkAttribution(
        baseline[ANALYSIS] as AttributionAnalysis,
        result.analysis,
      );
      const skipped = notEvaluated.map(({ label, reason }) => ({ feature: label, check: ATTRIBUTION_CHECK, reason }));
      const files = { [ANALYSIS]: result.analysis };
      return { files, violations: findings, distances: [], notEvaluated: skipped, checkCount: scores.length };
    },
  };
}

/** Row by row; texts of CSV that are numbers are asked for as numbers. */
function featureRows(columns: readonly RecordColumn[]): FeatureRow[] {
  const [first] = columns;
  return (first?.cells ?? []).map((_, row) => columns.map(({ isText, cells }) => value(cells[row], isText)));
}

function value(cell: FeatureValue, isText: boolean): FeatureValue {
  if (!isText || typeof cell !== 'string') return cell;
  const number = Number(cell);
  return cell.trim() === '' || Number.isNaN(number) ? cell : number;
}
