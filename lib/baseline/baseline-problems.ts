import { type Duration, Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import type { KindBaseline } from '../kind/kind-sheet';
import type { BaselineFiles } from './baseline';
import type { DatasetConfig } from './dataset';

/** A dataset, to an engine that computes no baseline. */
export const NO_ANALYSIS: Problem = {
  prop: 'baseline',
  got: 'a dataset',
  allowed: 'files, or the baseline of a model package: the engine computes none',
  advice: 'the engines of MonitoringEngine compute baselines',
};

/** Data quality without statistics. */
export const NO_STATISTICS: Problem = {
  prop: 'statisticsKey',
  got: undefined,
  allowed: 'the key of statistics.json for a monitor of data quality',
  advice: 'distributions are compared with it; Baseline.fromDataset(...) makes both files',
};

/** Overrides of files that come later. */
export const OVERRIDDEN_LATER: Problem = {
  prop: 'checkedAtDeployment',
  got: false,
  allowed: 'true, or nothing, with overrides: they are applied at deployment',
  advice: 'let what writes the files apply the overrides, or leave one of the two out',
};

/** Files without statistics, for a kind that has some. */
export function missingStatistics({ hasStatistics }: KindBaseline, { statisticsKey }: BaselineFiles): Problem[] {
  return statisticsKey === undefined && hasStatistics ? [NO_STATISTICS] : [];
}

/** What is compared column by column with captured data has no label: it would miss one in every run. */
export function labelProblems({ mirrorsCapture }: KindBaseline, { columns }: DatasetConfig): Problem[] {
  if (!mirrorsCapture || columns?.label === undefined) return [];
  const allowed = 'none for data quality: the columns of the captured data, in their order';
  const advice = 'captured data have no label; give this monitor a dataset without that column';
  return [{ prop: 'columns.label', got: columns.label, allowed, advice }];
}

/** A time that CloudFormation does not wait. */
export function timeoutProblems(timeout?: Duration): Problem[] {
  if (timeout === undefined || timeout.isUnresolved()) return [];
  const seconds = timeout.toSeconds({ integral: false });
  if (Token.isUnresolved(seconds) || (Number.isInteger(seconds) && seconds >= 1 && seconds <= 12 * 3600)) return [];
  return [{ prop: 'timeout', got: `${seconds} s`, allowed: 'whole seconds, from 1 s to 12 h' }];
}
