import { type Duration, Token } from 'aws-cdk-lib';
import type { Problem } from '../core/validation-error';
import { wholeDurationProblems } from '../core/whole-duration';
import { variantsOf } from '../endpoint/endpoint-variants';
import { configOf } from '../endpoint/known-properties';
import type { ModelQualityMonitor } from '../monitor/model-quality-monitor';
import { METRIC_MEASURES, type MeasureSettings } from './contract';

/**
 * What is wrong with a number that has to be above 0.
 *
 * @internal
 */
export function aboveZeroProblems(prop: string, got: number, most = Number.POSITIVE_INFINITY): Problem[] {
  if (!Token.isUnresolved(got) && got > 0 && got <= most && Number.isFinite(got)) return [];
  const atMost = most === Number.POSITIVE_INFINITY ? '' : `, at most ${most}`;
  return [{ prop, got, allowed: `a number above 0${atMost}, known when the app is synthesized` }];
}

/**
 * What is wrong with how long a test goes on.
 *
 * @internal
 */
export function durationProblems(least: Duration, largest: Duration): Problem[] {
  const problems = [
    ...wholeDurationProblems('leastDuration', least, { unit: 'hours', least: 1 }),
    ...wholeDurationProblems('largestDuration', largest, { unit: 'hours', least: 1 }),
  ];
  if (problems.length > 0 || largest.toHours() >= least.toHours()) return problems;
  const allowed = `${least.toHumanString()} or more, as 'leastDuration'`;
  return [{ prop: 'largestDuration', got: largest.toHumanString(), allowed }];
}

/**
 * What is wrong with what is tested beside quality.
 *
 * @internal
 */
export function measureProblems(monitor: ModelQualityMonitor, measures: readonly MeasureSettings[]): Problem[] {
  const names = measures.map(({ metric }) => metric);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  return [
    ...twice.map((got) => ({ prop: 'measures', got, allowed: 'each measure once' })),
    ...(names.some((name) => METRIC_MEASURES.includes(name)) ? unpublishedProblems(monitor) : []),
    ...(names.includes('predictions') && monitor._problem.problemType === 'MulticlassClassification' ? [NO_MEAN] : []),
  ];
}

/**
 * What is wrong with measures of requests that are of units: SageMaker's metrics know none.
 *
 * @internal
 */
export function unitProblems(measures: readonly MeasureSettings[]): Problem[] {
  if (!measures.some(({ metric }) => metric === 'serverErrors')) return [];
  const allowed =
    "other measures beside 'unit': SageMaker's metrics count requests, of which those of a unit may fail together";
  return [{ prop: 'measures', got: 'serverErrors', allowed, advice: 'watch errors by OperationsAlarms' }];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html */
function unpublishedProblems({ _endpoint }: ModelQualityMonitor): Problem[] {
  const got = 'serverErrors or modelLatency';
  if (!_endpoint) return [{ prop: 'measures', got, allowed: 'measures of records, of a monitor without an endpoint' }];
  if (configOf(_endpoint)?.asyncInferenceConfig === undefined) return [];
  const advice = 'an asynchronous endpoint does not publish Invocations';
  return [{ prop: 'measures', got, allowed: 'measures of records, of an asynchronous endpoint', advice }];
}

const NO_MEAN: Problem = {
  prop: 'measures',
  got: 'predictions of one of several labels',
  allowed: 'predictions of a regression or of a binary classification, which have a mean',
};

/** What a test takes for a variant: one that answers a share of the requests, or one that is sent copies of them. */
export type TestedVariant = 'production' | 'shadow';

/**
 * What is wrong with a candidate that is another sort of variant than the test is of; nothing where the app does not tell.
 *
 * @internal
 */
export function candidateProblems(
  { _endpoint }: ModelQualityMonitor,
  candidate: string,
  asked: TestedVariant,
): Problem[] {
  const variants = _endpoint && variantsOf(_endpoint);
  const other: TestedVariant = asked === 'shadow' ? 'production' : 'shadow';
  if (!variants?.[other].includes(candidate)) return [];
  const advice = asked === 'shadow' ? 'AbTest tests variants that share the requests' : 'ShadowTest tests a shadow';
  return [{ prop: 'candidate', got: candidate, allowed: `a ${asked} variant of the endpoint`, advice }];
}
