import { createHash } from 'node:crypto';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Problem, throwIfAny } from '../core/validation-error';
import { addTest, noteTest } from '../monitor/tested-pair';
import type { TestSettings } from './contract';
import {
  aboveZeroProblems,
  candidateProblems,
  durationProblems,
  measureProblems,
  type TestedVariant,
  unitProblems,
} from './test-problems';
import { VariantTestFunction, type VariantTestParts } from './variant-test-function';
import type { VariantTestOptions } from './variant-test-options';

/** What one sort of test has that others do not. */
export interface OwnTest extends Pick<VariantTestParts, 'backToReference'> {
  readonly candidateIs: TestedVariant;
  /** what is wrong with its own props */
  readonly problems: Problem[];
  readonly settings?: Partial<TestSettings>;
}

/**
 * Makes what adds the windows of a monitor up for a test, and lets the monitor say what that needs.
 *
 * @param scope the test
 * @internal
 */
export function madeTest(scope: Construct, options: VariantTestOptions, own: OwnTest): VariantTestFunction {
  const { monitor, reference, candidate, leastEffect, notificationTopic } = options;
  const { leastDuration = Duration.days(1), largestDuration = Duration.days(28) } = options;
  const { falseDecisionRate: level = 0.05, unit } = options;
  const measures = (options.measures ?? []).map(({ _settings }) => _settings);
  const problems = [
    ...aboveZeroProblems('leastEffect', leastEffect),
    ...aboveZeroProblems('falseDecisionRate', level, 0.5),
    ...durationProblems(leastDuration, largestDuration),
    ...measureProblems(monitor, measures),
    ...(unit ? unitProblems(measures) : []),
    ...candidateProblems(monitor, candidate, own.candidateIs),
    ...own.problems,
  ];
  throwIfAny('InvalidVariantTest', problems, scope);
  const name = scope.node.path;
  const asked = measures.length > 0 ? { measures } : {};
  const units = unit?._settings;
  const key = keyOf([
    name,
    reference,
    candidate,
    leastEffect,
    level,
    ...Object.values(asked),
    ...(units ? [units] : []),
  ]);
  addTest(scope, monitor, { reference, candidate, test: key, unit: units });
  noteTest(scope, monitor.monitorId);
  const lasting = { leastHours: leastDuration.toHours(), largestHours: largestDuration.toHours() };
  const others = { ...lasting, ...asked, ...(unit && { hasUnits: true as const }), ...own.settings };
  const settings = { key, name, reference, candidate, leastEffect, level, ...others };
  return new VariantTestFunction(scope, { ...own, monitor, notificationTopic, settings });
}

/** What makes a test another one. */
const keyOf = (parts: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
