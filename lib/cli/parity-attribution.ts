import { type AttributionAnalysis, type AttributionViolation, checkAttribution } from '../analysis';
import { type CaseFolder, cutViolations, IncomparableCase, type ParityCase } from './parity-case';
import type { Comparison } from './parity-comparison';
import { compareViolationSets } from './parity-violations';

/** Compares the violations that given attributions make with the container's, as sets. */
export async function compareAttribution(
  folder: CaseFolder,
  parity: ParityCase,
  comparison: Comparison,
): Promise<void> {
  const baseline = await folder.constraintsOf<AttributionAnalysis>('Attributions', parity.baseline?.analysis);
  if (!baseline) throw new IncomparableCase('the case has no analysis.json of a baseline');
  for (const [index, run] of (parity.runs ?? []).entries()) {
    const part = `run ${run.name ?? index + 1}`;
    const analysis = await folder.file<AttributionAnalysis>(run.analysis);
    const violations = await folder.violations<AttributionViolation>(run);
    if (!analysis || !violations) {
      comparison.unavailable(`${part} violations`, 'the case lacks analysis.json or violations of the run');
      continue;
    }
    compareViolationSets(comparison, {
      part,
      expected: byLabel(violations),
      actual: byLabel(checkAttribution(baseline, analysis).violations),
      cut: cutViolations(parity),
      named: (label) => ({ field: 'violations', what: `"${label}"` }),
    });
  }
}

const byLabel = (violations: readonly AttributionViolation[]) =>
  new Map(violations.map((violation) => [violation.label, violation]));
