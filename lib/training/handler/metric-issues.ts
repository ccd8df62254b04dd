import type { CheckSettings, FallingSettings, TogetherSettings, TrainingIssueFound } from '../contract';

/** Averages by their times in milliseconds. */
export type MetricValues = ReadonlyMap<number, number>;

/** Those of a job's metrics, by name. */
export type JobMetrics = ReadonlyMap<string, MetricValues>;

/** What is wrong with the metrics of a job at a time, in the order of what is looked at. Of a metric without values nothing is said. */
export function metricIssues(checks: readonly CheckSettings[], metrics: JobMetrics, at: Date): TrainingIssueFound[] {
  return checks.flatMap((check) => {
    const reason = reasonOf(check, metrics, at);
    return reason === undefined ? [] : [{ issue: check.issue, metric: check.metric, reason }];
  });
}

function reasonOf(check: CheckSettings, metrics: JobMetrics, at: Date): string | undefined {
  const values = metrics.get(check.metric) ?? NONE;
  switch (check.issue) {
    case 'NotFalling':
      return notFalling(check, values, at);
    case 'Apart':
      return apart(check, { training: metrics.get(check.trainingMetric) ?? NONE, validation: values }, at);
    case 'NotANumber':
      return values.size > 0 ? `${check.metric} has values, which stand for values that are no numbers` : undefined;
  }
}

function notFalling({ metric, patienceMinutes, leastPercentage }: FallingSettings, all: MetricValues, at: Date) {
  const [before, recent] = split(all, at, patienceMinutes);
  if (before.length === 0 || recent.length === 0) return undefined;
  const lowest = Math.min(...before);
  const fell = Math.min(...recent) < lowest - (Math.abs(lowest) * leastPercentage) / 100;
  const now = recent[recent.length - 1];
  return fell
    ? undefined
    : `${metric} is ${figure(now)}: for ${patienceMinutes} minutes not below ${figure(lowest)} by ${leastPercentage} %`;
}

interface Both<T> {
  readonly training: T;
  readonly validation: T;
}

function apart(check: TogetherSettings, { training, validation }: Both<MetricValues>, at: Date) {
  const { metric, trainingMetric, patienceMinutes, largestPercentage } = check;
  const [before, recent] = split(training, at, patienceMinutes);
  const [, validated] = split(validation, at, patienceMinutes);
  if (before.length === 0 || recent.length === 0 || validated.length === 0) return undefined;
  const [trained, held] = [mean(recent), mean(validated)];
  if (Math.abs(held - trained) <= (Math.abs(trained) * largestPercentage) / 100) return undefined;
  const figures = `${metric} is ${figure(held)}, ${trainingMetric} ${figure(trained)}`;
  return `${figures}, over ${patienceMinutes} minutes: more than ${largestPercentage} % apart`;
}

/** In the order of time. */
function split(values: MetricValues, at: Date, minutes: number): [before: number[], recent: number[]] {
  const since = at.getTime() - minutes * 60_000;
  const inOrder = [...values].sort(([a], [b]) => a - b);
  return [inOrder.filter(([time]) => time < since), inOrder.filter(([time]) => time >= since)].map((part) =>
    part.map(([, value]) => value),
  ) as [number[], number[]];
}

const NONE: MetricValues = new Map();
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const figure = (value: number): string => String(Number(value.toPrecision(4)));
