import { Baseline, GroundTruth, ModelProblem } from '../../lib';
import type { ModelQualityConstraints, ModelQualityStatistics, ModelQualityViolation } from '../../lib/analysis';
import {
  type CaseFolder,
  type CasePart,
  cutViolations,
  IncomparableCase,
  type ParityCase,
} from '../../lib/cli/parity-case';
import type { Comparison } from '../../lib/cli/parity-comparison';
import { compareViolationSets, numbersApart } from '../../lib/cli/parity-violations';
import type { LabelledApp } from '../../test/rehearsal/fixtures/labelled-app';
import { type DeployedRun, withDeployedRun } from './deployed-run';
import { rowsWith } from './regression-rows';

const METRICS = ['mae', 'mse', 'rmse', 'r2'] as const;

function addMonitor({ monitoring, bucket }: LabelledApp): void {
  monitoring.addModelQualityMonitor('Quality', {
    problem: ModelProblem.regression({ prediction: '0' }),
    groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
    baseline: Baseline.fromFiles({ bucket, constraintsKey: 'constraints.json' }),
  });
}

/**
 * Compares what the machine says of the quality of every run with what the container said. The case has no rows: rows are made that have the container's
 * figures, so that these are compared within rounding.
 */
export async function compareDeployedQuality(
  folder: CaseFolder,
  parity: ParityCase,
  comparison: Comparison,
): Promise<void> {
  const constraints = await folder.constraintsOf<ModelQualityConstraints>('Metrics', parity.baseline?.constraints);
  if (!constraints) throw new IncomparableCase('the case has no constraints of a baseline');
  const given = await Promise.all((parity.runs ?? []).map((run) => readRun(folder, run)));
  const runs = given.map(({ statistics }) => ({ rows: rowsWith(figuresOf(statistics)) }));
  await withDeployedRun({ add: addMonitor, files: { 'constraints.json': constraints }, runs }, (deployed) => {
    for (const [index, run] of given.entries()) compareRun(comparison, run, { deployed, index, parity });
  });
}

interface Run {
  readonly name: string;
  readonly statistics: ModelQualityStatistics;
  readonly violations: readonly ModelQualityViolation[];
}

async function readRun(folder: CaseFolder, part: CasePart): Promise<Run> {
  const statistics = await folder.file<ModelQualityStatistics>(part.statistics);
  const violations = await folder.violations<ModelQualityViolation>(part);
  if (!statistics || !violations) throw new IncomparableCase('a run has no statistics or no violations');
  return { name: `run ${part.name}`, statistics, violations };
}

function figuresOf({ dataset, regression_metrics: metrics }: ModelQualityStatistics) {
  if (!metrics) throw new IncomparableCase('rows are made for regression only');
  const [mae, mse, , r2] = METRICS.map((name) => Number(metrics[name].value));
  return { count: dataset.item_count, mae, mse, r2 };
}

interface InDeployed {
  readonly deployed: DeployedRun;
  readonly index: number;
  readonly parity: ParityCase;
}

function compareRun(
  comparison: Comparison,
  { name, statistics, violations }: Run,
  { deployed, index, parity }: InDeployed,
): void {
  const window = deployed.windows[index];
  const made = deployed.file<ModelQualityStatistics>(window, 'statistics.json');
  for (const metric of METRICS) {
    const [expected, actual] = [statistics, made].map((file) => file.regression_metrics?.[metric].value);
    comparison.values(`${name} ${metric}`, 'the statistics', { expected, actual });
  }
  const found = deployed.file<{ violations: ModelQualityViolation[] }>(window, 'constraint_violations.json');
  compareViolationSets(comparison, {
    part: name,
    expected: byMetric(violations),
    actual: byMetric(found.violations),
    cut: cutViolations(parity),
    named: (metric) => ({ field: 'violations', what: metric }),
  });
}

const byMetric = (violations: readonly ModelQualityViolation[]) =>
  new Map(violations.map((violation) => [violation.metric_name, numbersApart(violation)]));
