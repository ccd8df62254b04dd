import { type AnalysisFiles, brief, type Judging } from '../../../analysis';
import { type ContainerViolation, namedSubject } from '../../../kind/container-violation';
import { Failure } from '../../../runtime/failure';

/** What a dataset violates of a baseline, as `"age" (completeness_check)`: nothing of the one that it suggests. The files have no problem. */
export async function ownViolations<Part>(
  analysis: Judging<Part>,
  part: Part,
  baseline: AnalysisFiles,
): Promise<string[]> {
  const found = await analysis.check(part, baseline);
  if ('refusal' in found) throw new Failure('NotAnalysed', found.refusal);
  return found.violations.map(({ entry }) => {
    const violation: ContainerViolation = entry;
    return `${brief(namedSubject(violation))} (${violation.constraint_check_type})`;
  });
}
