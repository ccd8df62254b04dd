import {
  checkModelQuality,
  type Generation,
  type ModelQualityConstraints,
  type ModelQualityStatistics,
  type ModelQualityViolation,
  metricsOfStatistics,
  suggestQualityConstraints,
} from '../analysis';
import { type CaseFolder, type CasePart, cutViolations, generationOf, type ParityCase } from './parity-case';
import type { Comparison } from './parity-comparison';
import { compareViolationSets } from './parity-violations';

interface CaseContext {
  readonly folder: CaseFolder;
  readonly comparison: Comparison;
  readonly absent: readonly string[];
  readonly generation: Generation;
}

/**
 * Compares the baseline and every run of a model-quality case: the constraints that follow from the container's statistics, the violations
 * of every run against the baseline's constraints, and those metrics that follow from others in the same file.
 */
export async function compareModelQuality(
  folder: CaseFolder,
  parity: ParityCase,
  comparison: Comparison,
): Promise<void> {
  const { generation } = generationOf(parity.build);
  const context = { folder, comparison, absent: parity.absent ?? [], generation };
  const baseline = parity.baseline ?? {};
  await comparePart(context, 'baseline', baseline);
  const constraints = await folder.constraintsOf<ModelQualityConstraints>('Metrics', baseline.constraints);
  for (const [index, run] of (parity.runs ?? []).entries()) {
    const name = `run ${run.name ?? index + 1}`;
    const statistics = await comparePart(context, name, run);
    const violations = await folder.violations<ModelQualityViolation>(run);
    if (statistics && constraints && violations) {
      compareViolationSets(comparison, {
        part: name,
        expected: byMetric(violations),
        actual: byMetric(checkModelQuality({ statistics, baselineConstraints: constraints }).violations),
        cut: cutViolations(parity),
        named: (metric) => ({ field: 'violations', what: metric }),
      });
    } else unavailable(context, `${name} violations`, 'the case lacks statistics, constraints or violations');
  }
}

async function comparePart(
  context: CaseContext,
  name: string,
  part: CasePart,
): Promise<ModelQualityStatistics | undefined> {
  const { folder, comparison, generation } = context;
  const statistics = await folder.file<ModelQualityStatistics>(part.statistics);
  const constraints = await folder.file<ModelQualityConstraints>(part.constraints);
  if (!statistics) {
    unavailable(context, `${name} statistics`, 'the case has none');
    return undefined;
  }
  unavailable(context, `${name} statistics`, 'rows are not compared');
  for (const { metric, expected, actual } of metricsOfStatistics(statistics, generation)) {
    comparison.values(`${name} ${metric}`, 'the statistics', { expected, actual });
  }
  if (constraints)
    compareConstraints(comparison, name, { expected: constraints, actual: suggestQualityConstraints(statistics) });
  else unavailable(context, `${name} constraints`, 'the case has none');
  return statistics;
}

function unavailable({ comparison, absent }: CaseContext, field: string, why: string): void {
  comparison.unavailable(field, [why, ...absent].join('; '));
}

type Tables = { readonly [group: string]: { readonly [metric: string]: unknown } };

function compareConstraints(
  comparison: Comparison,
  name: string,
  files: { readonly expected: ModelQualityConstraints; readonly actual: ModelQualityConstraints },
): void {
  const { version: theirs, ...expected } = files.expected;
  const { version: ours, ...actual } = files.actual;
  comparison.values(`${name} constraints version`, 'the file', { expected: theirs, actual: ours });
  for (const group of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const tables = { expected: (expected as Tables)[group] ?? {}, actual: (actual as Tables)[group] ?? {} };
    for (const metric of new Set([...Object.keys(tables.expected), ...Object.keys(tables.actual)])) {
      const pair = { expected: tables.expected[metric], actual: tables.actual[metric] };
      comparison.values(`${name} constraints`, metric, pair);
    }
  }
}

const byMetric = (violations: readonly ModelQualityViolation[]) =>
  new Map(violations.map((violation) => [violation.metric_name, violation]));
