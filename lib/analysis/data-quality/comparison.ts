import type { Comparing } from '../comparison';
import type { AnalysisFiles, Judging } from '../port';

const STATISTICS = 'statistics.json';
const DRIFT = 'baseline_drift_check';

/** Compares the columns of two variants' profiles: those of the candidate with those of the reference in place of the baseline's, by the same method and thresholds. */
export function profileComparing<Part>(judging: Judging<Part>): Comparing {
  const profiles = { reference: judging.merge([]), candidate: judging.merge([]) };
  return {
    add(bytes, side) {
      if (side === 'labels') return;
      profiles[side] = judging.merge([profiles[side], judging.decode(new TextDecoder().decode(bytes))]);
    },
    async compared(baseline) {
      const rows = {
        reference: judging.counts(profiles.reference, baseline).recordCount,
        candidate: judging.counts(profiles.candidate, baseline).recordCount,
      };
      if (Math.min(rows.reference, rows.candidate) === 0) return { rows, notCompared: [] };
      const reference = await judging.check(profiles.reference, baseline);
      if ('refusal' in reference) return reference;
      const found = await judging.check(profiles.candidate, inPlaceOf(baseline, reference.files));
      if ('refusal' in found) return found;
      const notCompared = found.notEvaluated.filter(({ check }) => check === DRIFT || check === 'all');
      return { rows, distances: found.distances, notCompared };
    },
  };
}

/** The rules of the baseline, and what the reference has. */
function inPlaceOf(baseline: AnalysisFiles, reference: AnalysisFiles): AnalysisFiles {
  const { 'constraints.json': constraints } = baseline;
  return { 'constraints.json': constraints, [STATISTICS]: reference[STATISTICS] };
}
