import { type AttributionAnalysis, type AttributionViolation, checkAttribution } from '../analysis';
import { type CaseFolder, IncomparableCase, type ParityCase } from './parity-case';
import type { Comparison } from './parity-comparison';

/** Compares the violations that given attributions make with the container's, as sets. */
export async function compareAttribution(
  folder: CaseFolder,
  parity: ParityCase,
  comparison: Comparison,
): Promise<void> {
  const baseline = await folder.file<AttributionAnalysis>(parity.baseline?.analysis);
  if (!baseline) throw new IncomparableCase('the case has no analysis.json of a baseline');
  for (const [index, run] of (parity.runs ?? []).entries()) {
    const field = `run ${run.name ?? index + 1} violations`;
    const [analysis, file] = [
      await folder.file<AttributionAnalysis>(run.analysis),
      await folder.file<{ violations: AttributionViolation[] }>(run.violations),
    ];
    if (!analysis || !file) {
      comparison.unavailable(field, 'the case lacks analysis.json or violations of the run');
      continue;
    }
    const actual = byLabel(checkAttribution(baseline, analysis).violations);
    const expected = byLabel(file.violations);
    for (const label of new Set([...expected.keys(), ...actual.keys()])) {
      comparison.values(field, `"${label}"`, { expected: expected.get(label), actual: actual.get(label) });
    }
    comparison.values(`${field} count`, 'the file', { expected: expected.size, actual: actual.size });
  }
}

const byLabel = (violations: readonly AttributionViolation[]) =>
  new Map(violations.map((violation) => [violation.label, violation]));
