import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { Baseline, Dataset } from '../../lib';
import type { Statistics, Violation } from '../../lib/analysis';
import { javaDouble } from '../../lib/analysis/numbers/java-double';
import {
  type CaseFolder,
  type CasePart,
  cutViolations,
  generationOf,
  type ParityCase,
} from '../../lib/cli/parity-case';
import type { Comparison } from '../../lib/cli/parity-comparison';
import { withoutRobustTerm } from '../../lib/cli/parity-data-quality';
import { compareConstraints, compareStatistics, compareViolations } from '../../lib/cli/parity-fields';
import { withWholeNumbers } from '../../lib/cli/parity-input';
import { readCsvTable } from '../../lib/rehearsal/csv-table';
import type { WindowResult } from '../../lib/rehearsal/result';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { withDeployedRun } from './deployed-run';

/** A case in the middle of its comparison. */
interface CaseContext {
  readonly folder: CaseFolder;
  readonly parity: ParityCase;
  readonly comparison: Comparison;
  readonly absent: readonly string[];
}

/** Compares the files that the machine makes of the dataset and of every run of a data-quality case with the container's. */
export async function compareDeployedDataQuality(
  folder: CaseFolder,
  parity: ParityCase,
  comparison: Comparison,
): Promise<void> {
  const context = { folder, parity, comparison, absent: parity.absent ?? [] };
  await compareDataset(context);
  await compareRuns(context);
}

async function compareDataset({ folder, parity, comparison, absent }: CaseContext): Promise<void> {
  const { baseline = {} } = parity;
  const { input } = baseline;
  if (input === undefined) return comparison.unavailable('baseline', ['the case has no dataset', ...absent].join('; '));
  const statistics = await folder.statistics(baseline);
  const constraints = await folder.constraints(baseline);
  const add: Parameters<typeof withDeployedRun>[0]['add'] = ({ monitoring }, place) => {
    const file = join(place, 'dataset.csv');
    copyFileSync(folder.path(input), file);
    monitoring.addDataQualityMonitor('Data', { baseline: Baseline.fromDataset(Dataset.csvFile(file)) });
  };
  await withDeployedRun({ add, runs: [] }, ({ result }) => {
    if (!result.baseline) throw new Error('no baseline was made');
    const frame = { part: 'baseline', absent };
    const { statistics: made, constraints: suggested } = result.baseline;
    if (statistics) {
      compareStatistics(comparison, { ...frame, expected: statistics, actual: asContainer(made, parity) });
    }
    if (!constraints) return;
    const expected = isOlder(parity) ? { ...constraints, monitoring_config: undefined } : constraints;
    if (isOlder(parity)) comparison.unavailable('baseline constraints config', OLDER);
    compareConstraints(comparison, { ...frame, expected, actual: suggested });
  });
}

async function compareRuns(context: CaseContext): Promise<void> {
  const { folder, parity, comparison, absent } = context;
  const { baseline = {}, runs: given = [] } = parity;
  const constraints = await folder.constraints(baseline);
  const statistics = await folder.statistics(baseline);
  if (given.length === 0 || !constraints || !statistics) {
    return comparison.unavailable('runs', ['the case has no run', ...absent].join('; '));
  }
  const { isPreRelease } = generationOf(parity.build);
  const files = {
    'statistics.json': statistics,
    'constraints.json': isPreRelease ? withoutRobustTerm(constraints) : constraints,
  };
  const runs = await Promise.all(given.map((run) => trafficOf(folder, run)));
  const add: Parameters<typeof withDeployedRun>[0]['add'] = ({ monitoring, bucket }) => {
    const keys = { constraintsKey: 'constraints.json', statisticsKey: 'statistics.json' };
    monitoring.addDataQualityMonitor('Data', { baseline: Baseline.fromFiles({ bucket, ...keys }) });
  };
  const parts = await Promise.all(given.map((run) => readRun(folder, run)));
  await withDeployedRun({ add, files, runs }, ({ windows }) => {
    for (const [index, part] of parts.entries()) compareRun(context, part, windows[index]);
  });
}

interface Run {
  readonly part: string;
  readonly untyped?: string;
  readonly statistics?: Statistics;
  readonly violations: readonly Violation[];
}

async function readRun(folder: CaseFolder, run: CasePart): Promise<Run> {
  const violations = (await folder.violations<Violation>(run)) ?? [];
  return {
    part: run.name === undefined ? 'run' : `run ${run.name}`,
    untyped: run.rowsFrom,
    violations,
    statistics: await folder.statistics(run),
  };
}

/** Rows of a CSV file as captured records, the first column in their answers; in as many objects as the container merged parts. */
async function trafficOf(folder: CaseFolder, run: CasePart): Promise<TrafficHour> {
  const table = readCsvTable(await folder.text(run.input ?? ''));
  if ('problem' in table) throw new Error(table.problem);
  const lines = table.rows.map((row) => row.join(','));
  const rows = run.rowsFrom === undefined ? lines : withWholeNumbers(lines, await folder.statistics(run));
  return {
    rows: rows.map((row) => row.split(',')).map(([first, ...rest]) => ({ output: [first], input: rest })),
    objects: 1,
  };
}

function compareRun(
  { parity, comparison, absent }: CaseContext,
  { part, untyped, ...theirs }: Run,
  window: WindowResult,
): void {
  const frame = { part, untyped, absent, cut: cutViolations(parity) };
  const { isPreRelease } = generationOf(parity.build);
  if (theirs.statistics && window.statistics) {
    const [expected, actual] = [theirs.statistics, asContainer(window.statistics, parity)].map(withoutMerging);
    compareStatistics(comparison, { ...frame, expected, actual });
  } else comparison.unavailable(`${part} statistics`, ['the case has none', ...absent].join('; '));
  const actual = isPreRelease ? window.violations.map((one) => olderWording(one, window)) : window.violations;
  compareViolations(comparison, { ...frame, expected: theirs.violations, actual });
}

const OLDER = 'the machine writes what newer containers write; this case is of an older one';

const isOlder = ({ build }: ParityCase) => generationOf(build).generation === 'deequ-1.0';

/** Without what only newer containers write, where the case is of an older one. */
function asContainer(made: Statistics, parity: ParityCase): Statistics {
  if (!isOlder(parity)) return made;
  const features = made.features.map((feature) => {
    const { numerical_statistics: numbers } = feature;
    if (!numbers) return feature;
    const { approximate_num_distinct_values, completeness, ...older } = numbers;
    return { ...feature, numerical_statistics: older };
  });
  return { ...made, features } as Statistics;
}

/** Deviations that come of nothing but rounding: containers merge parts, the machine reads rows of these rules in one pass. */
const ROUNDED_DEVIATION = 1e-12;

function withoutMerging(statistics: Statistics): Statistics {
  const features = statistics.features.map((feature) => {
    const { numerical_statistics: numbers } = feature;
    if (!numbers || Number(numbers.std_dev) > ROUNDED_DEVIATION) return feature;
    return { ...feature, numerical_statistics: { ...numbers, std_dev: 0 } };
  });
  return { ...statistics, features };
}

const DRIFT = 'baseline_drift_check';

/** In the words of the container before its first release. */
function olderWording(violation: Violation, { outcome }: WindowResult): Violation {
  const isSame = (one: { readonly feature: string; readonly check: string }) =>
    one.check === DRIFT && one.feature === violation.feature_name;
  const told = outcome.violations?.find(isSame);
  if (violation.constraint_check_type !== DRIFT || !told) return violation;
  const [distance, threshold] = [Number(told.observed), Number(told.expected)].map(javaDouble);
  return { ...violation, description: `Numerical distance: ${distance} exceeds numerical threshold: ${threshold}` };
}
