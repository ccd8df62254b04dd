import {
  analyzeBias,
  type BiasAnalysis,
  type BiasColumn,
  type BiasInput,
  type BiasLevel,
  type BiasMetricName,
  type BiasSection,
  type BiasViolation,
  checkBias,
  parseLevels,
} from '../analysis';
import { type CaseFolder, cutViolations, IncomparableCase, type ParityCase } from './parity-case';
import { Comparison } from './parity-comparison';
import { type MergedColumns, readMerged } from './parity-merged';
import { numbersApart } from './parity-violations';

/**
 * Compares the bias of every run with what the container said of it. A case names its facets and labels, but neither the columns of its records
 * nor the group variable: the columns with which most metrics agree are taken, and noted.
 */
export async function compareBias(folder: CaseFolder, parity: ParityCase, comparison: Comparison): Promise<void> {
  const baseline = await folder.constraintsOf<BiasAnalysis>('Bias', parity.baseline?.analysis);
  if (!baseline) throw new IncomparableCase('the case has no analysis.json of a baseline');
  for (const [index, run] of (parity.runs ?? []).entries()) {
    const name = `run ${run.name ?? index + 1}`;
    const expected = await folder.violations<BiasViolation>(run);
    if (!expected || run.input === undefined) {
      comparison.unavailable(`${name} violations`, 'the case lacks input or violations');
      continue;
    }
    const columns = readMerged(await folder.text(run.input));
    const cut = cutViolations(parity);
    compareRun(comparison, { name, columns, baseline, expected, absent: parity.absent ?? [], cut });
  }
}

interface Run {
  readonly name: string;
  readonly columns: MergedColumns;
  readonly baseline: BiasAnalysis;
  readonly expected: readonly BiasViolation[];
  readonly absent: readonly string[];
  /** why a violation that the file does not have may have been there; absent when the file is whole */
  readonly cut?: string;
}

/** Which columns play which part. */
interface Roles {
  readonly facet: BiasColumn;
  readonly predicted: BiasColumn;
  readonly group?: BiasColumn;
  /** how often the rows are taken, for records that were captured again and again although the case has one of them */
  readonly copies: number;
}

/** The flip test looks at five neighbors: with as many copies of each row, at one. All other metrics stay the same. */
const ENOUGH_COPIES = 5;

const GROUPED: readonly BiasMetricName[] = ['CDDL', 'CDDPL'];
/** Takes long, and is not needed to tell columns apart. */
const SLOW: readonly BiasMetricName[] = ['FT'];

function compareRun(comparison: Comparison, run: Run): void {
  for (const facet of facetsOf(run.baseline)) {
    const roles = findRoles(run, facet);
    compareFacet(comparison, run, { facet, roles, skipped: [] });
    const names = [roles.facet, roles.predicted, roles.group].map((column) => JSON.stringify(column?.name ?? null));
    comparison.unavailable(
      `${run.name} columns`,
      `not named by the case; "${facet}" is ${names[0]}, predictions ${names[1]}, the group variable ${names[2]}`,
    );
    const copies = `the flip test agrees when each row is there ${roles.copies} times, as if the payload had been sent again`;
    if (roles.copies > 1) comparison.unavailable(`${run.name} copies`, copies);
  }
}

/** What agrees best, one role after the other: facet and predictions, then the group variable, then the copies. */
function findRoles(run: Run, facet: string): Roles {
  const { output } = run.columns;
  const features = featuresOf(run.columns);
  const pairs = features.flatMap((column) =>
    output.filter((predicted) => predicted !== column).map((predicted) => ({ facet: column, predicted, copies: 1 })),
  );
  const divided = best<Roles>(pairs, (roles) => differences(run, { facet, roles, skipped: [...GROUPED, ...SLOW] }));
  const groups = [divided, ...features.map((group) => ({ ...divided, group }))];
  const grouped = best(groups, (roles) => differences(run, { facet, roles, skipped: SLOW }));
  return best([grouped, { ...grouped, copies: ENOUGH_COPIES }], (roles) =>
    differences(run, { facet, roles, skipped: [] }),
  );
}

/** What the model was sent; of a batch transform in CSV it may be in the output. */
const featuresOf = ({ input, output }: MergedColumns): readonly BiasColumn[] => (input.length > 0 ? input : output);

/** The names of all facets of an analysis. */
export const facetsOf = (analysis: BiasAnalysis): string[] => [
  ...new Set(sectionsOf(analysis).flatMap((section) => Object.keys(section.facets))),
];

const sectionsOf = ({
  post_training_bias_metrics: post,
  pre_training_bias_metrics: pre,
}: BiasAnalysis): BiasSection[] => [post, pre].filter((section) => section !== undefined);

/** The first of those with the fewest differences. */
function best<T>(candidates: readonly T[], cost: (candidate: T) => number): T {
  const costs = candidates.map(cost);
  const [found] = candidates.slice(costs.indexOf(Math.min(...costs)));
  if (found === undefined) throw new IncomparableCase('the merged records have no columns');
  return found;
}

function differences(run: Run, facetRun: FacetRun): number {
  const trial = new Comparison();
  compareFacet(trial, { ...run, absent: [] }, facetRun);
  return trial.total('different');
}

/** What was found of a facet; other facets are left out. */
export interface FacetViolations {
  readonly facet: string;
  readonly skipped?: readonly BiasMetricName[];
  readonly violations: readonly BiasViolation[];
}

interface FacetRun {
  readonly facet: string;
  readonly roles: Roles;
  readonly skipped: readonly BiasMetricName[];
}

function compareFacet(comparison: Comparison, run: Run, { facet, roles, skipped }: FacetRun): void {
  const { analysis } = analyzeBias(biasInput(run, { facet, roles, skipped }));
  compareFacetViolations(comparison, run, { facet, skipped, violations: checkBias(run.baseline, analysis).violations });
}

/** What the container said of a run, and what it compared with. */
export type BiasRun = Omit<Run, 'columns'>;

/** Compares all metrics of a facet: that those violate which violated for the container, with its figures, and no others. */
export function compareFacetViolations(
  comparison: Comparison,
  run: BiasRun,
  { facet, skipped = [], violations }: FacetViolations,
): void {
  const ours = violations.filter((violation) => violation.facet === facet);
  const theirs = run.expected.filter((violation) => violation.facet === facet);
  for (const section of sectionsOf(run.baseline)) {
    for (const { value_or_threshold, metrics } of section.facets[facet] ?? []) {
      for (const { name } of metrics.filter((metric) => !skipped.includes(metric.name))) {
        const pair = { expected: find(theirs, name, value_or_threshold), actual: find(ours, name, value_or_threshold) };
        compareMetric(comparison, run, { what: `${facet}=${value_or_threshold} ${name}`, name, ...pair });
      }
    }
  }
}

const find = (violations: readonly BiasViolation[], metric: string, group: string) =>
  violations.find(({ metric_name, facet_value }) => metric_name === metric && isSameGroup(facet_value, group));

function isSameGroup(a: string, b: string): boolean {
  const [first, second] = [parseLevels(a), parseLevels(b)];
  return a === b || ('threshold' in first && 'threshold' in second && first.threshold === second.threshold);
}

interface MetricPair {
  readonly what: string;
  readonly name: BiasMetricName;
  readonly expected?: BiasViolation;
  readonly actual?: BiasViolation;
}

/** What the case says it cannot reproduce excuses a difference. */
function compareMetric(
  comparison: Comparison,
  { name: part, absent, cut }: BiasRun,
  { what, name, expected, actual }: MetricPair,
): void {
  const field = `${part} ${expected ? 'violations' : 'metrics without violation'}`;
  const pair = { expected: numbersApart(expected), actual: numbersApart(actual) };
  const reason = absent.find((text) => new RegExp(`\\b${name}\\b`).test(text)) ?? (expected ? undefined : cut);
  const trial = new Comparison();
  trial.values(field, what, pair);
  if (reason === undefined || trial.total('different') === 0) comparison.values(field, what, pair);
  else comparison.unavailable(field, reason);
}

function biasInput({ columns, baseline }: Run, { facet, roles, skipped }: FacetRun): BiasInput {
  const [{ label, label_value_or_threshold, facets }] = sectionsOf(baseline);
  const groups = facets[facet].map(({ value_or_threshold }) => value_or_threshold);
  const names = (section: BiasSection | undefined) =>
    (section?.facets[facet]?.[0]?.metrics ?? []).map(({ name }) => name).filter((name) => !skipped.includes(name));
  const features = featuresOf(columns)
    .filter((column) => column !== roles.predicted)
    .map((column) => (column === roles.facet ? { ...column, name: facet } : column));
  const once = [...features, { ...columns.truth[0], name: label }, roles.predicted];
  return {
    columns: once.map((column) => ({ ...column, values: Array(roles.copies).fill(column.values).flat() })),
    facets: [{ name: facet, valuesOrThreshold: groups.length === 1 ? levelsOf(groups[0]) : undefined }],
    label,
    labelValuesOrThreshold: levelsOf(label_value_or_threshold),
    predictedLabel: roles.predicted.name,
    groupVariable: roles.group === roles.facet ? facet : roles.group?.name,
    preTrainingMetrics: names(baseline.pre_training_bias_metrics) as BiasInput['preTrainingMetrics'],
    postTrainingMetrics: names(baseline.post_training_bias_metrics) as BiasInput['postTrainingMetrics'],
  };
}

function levelsOf(text: string): BiasLevel[] {
  const levels = parseLevels(text);
  if ('values' in levels) return levels.values;
  return [levels.isInteger ? levels.threshold : String(levels.threshold)];
}
