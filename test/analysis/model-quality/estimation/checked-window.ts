import {
  type AnalysisFiles,
  type JudgedWindow,
  modelQualityAnalysis,
  type QualityProblem,
} from '../../../../lib/analysis';
import type { EstimatedQualityFile } from '../../../../lib/analysis/model-quality/schemas';

/** The baseline of a labelled dataset in CSV, whose column of labels is `label`. Throws what refuses it. */
export async function baselineOfLines(
  lines: readonly string[],
  { problem, followsContainer }: { readonly problem: QualityProblem; readonly followsContainer?: boolean },
): Promise<AnalysisFiles> {
  const analysis = modelQualityAnalysis({ problem, groundTruthAttribute: 'label', followsContainer });
  const reader = analysis.reader();
  const file = reader.file('baseline.csv');
  file.push(Buffer.from([...lines, ''].join('\n')));
  file.end();
  const made = await analysis.baseline(reader.finish());
  if ('refusal' in made) throw new Error(made.refusal);
  return made.files;
}

/** What a window comes to beside a baseline, with its concept drifts and what it was estimated to be. */
export async function checkedWindow(window: JudgedWindow, baseline: AnalysisFiles) {
  const found = await window.check(baseline);
  if ('refusal' in found) throw new Error(found.refusal);
  const drifts = found.violations.filter(
    ({ entry }) => (entry as { constraint_check_type: string }).constraint_check_type === 'concept_drift_check',
  );
  return { ...found, drifts, estimate: found.files['estimated_quality.json'] as EstimatedQualityFile };
}
