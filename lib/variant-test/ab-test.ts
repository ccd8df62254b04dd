import { createHash } from 'node:crypto';
import { Duration, Token } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { DURATION, TOPIC } from '../core/cdk-shapes';
import { BOOLEAN, instance, NUMBER, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { wholeDurationProblems } from '../core/whole-duration';
import { ModelQualityMonitor } from '../monitor/model-quality-monitor';
import { addTest } from '../monitor/tested-pair';
import type { TestSettings } from './contract';
import { VariantTestFunction } from './variant-test-function';

/** Props of an `AbTest`. */
export interface AbTestProps {
  /**
   * The monitor whose windows are added up, on `MonitoringEngine.serverless()`, of data with `perVariant`. One monitor has one test, of the pair that its data compare
   * if they compare one.
   */
  readonly monitor: ModelQualityMonitor;

  /** Name of the variant in use. */
  readonly reference: string;

  /** Name of the variant that may take its place. */
  readonly candidate: string;

  /**
   * The least difference that matters, above 0: of `accuracy` for classifications, 0.01 for one answer in a hundred; of the mean absolute error for regressions, in the
   * unit of what is predicted. A smaller one takes longer.
   */
  readonly leastEffect: number;

  /**
   * How long the test goes on at least before the candidate may be found to be better, or the same: as long as traffic differs by the hour or the day. Worse it
   * may be found at any time. Whole hours.
   *
   * @default Duration.days(1)
   */
  readonly leastDuration?: Duration;

  /**
   * After which the test ends undecided. Whole hours, not less than `leastDuration`.
   *
   * @default Duration.days(28)
   */
  readonly largestDuration?: Duration;

  /**
   * How likely a test of two variants that do not differ ends with `Better` or `Worse`, however often it is looked at; above 0, at most 0.5.
   *
   * @default 0.05
   */
  readonly falseDecisionRate?: number;

  /**
   * Receives a message when the test ends: what it came to, and the commands with which to go on.
   *
   * @default - the event alone tells it
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * Whether all requests of the candidate go to the reference as soon as the candidate is known to be worse, of an endpoint. Weights of variants are changed, never counts of
   * instances, while the endpoint is in service. The next update of the endpoint gives the weights of the code again.
   *
   * @default false - people decide
   */
  readonly backToReference?: boolean;
}

const PROPS: Shapes<AbTestProps> = {
  monitor: instance(ModelQualityMonitor),
  reference: TEXT,
  candidate: TEXT,
  leastEffect: NUMBER,
  leastDuration: optional(DURATION),
  largestDuration: optional(DURATION),
  falseDecisionRate: optional(NUMBER),
  notificationTopic: optional(TOPIC),
  backToReference: optional(BOOLEAN),
};

/**
 * A test of two variants that may be looked at after every window: whether the candidate predicts better than the variant in use, by labels. What the windows of a
 * monitor come to is added up until the difference is known well enough, by confidence sequences.
 *
 * After each run of the monitor a function of the test adds its window: how far the test is lies in `variant-test.json` beside `report.json`. It ends with `Better`, `Worse`, `NoDifference` or
 * `Undecided`, once, by an event, a message, and what it was asked to do; what has ended stays so. A test begins anew with another id, other variants, another `leastEffect` or another
 * `falseDecisionRate`, and when a week has passed without a window that counts.
 *
 * @see https://arxiv.org/abs/2103.06476
 *
 * @example
 * declare const monitoring: ModelMonitoring; // of data with perVariant: true
 * declare const options: AddModelQualityMonitorOptions;
 *
 * new AbTest(this, 'Autumn', {
 *   monitor: monitoring.addModelQualityMonitor('ModelQuality', options),
 *   reference: 'champion',
 *   candidate: 'challenger',
 *   leastEffect: 0.02,
 *   leastDuration: Duration.days(7),
 * });
 */
export class AbTest extends Construct {
  private readonly testFunction: VariantTestFunction;

  constructor(scope: Construct, id: string, props: AbTestProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const { monitor, reference, candidate, leastEffect, backToReference } = props;
    const { leastDuration = Duration.days(1), largestDuration = Duration.days(28) } = props;
    const { falseDecisionRate: level = 0.05 } = props;
    throwIfAny(
      'InvalidVariantTest',
      [
        ...numberProblems('leastEffect', leastEffect, Number.POSITIVE_INFINITY),
        ...numberProblems('falseDecisionRate', level, 0.5),
        ...durationProblems(leastDuration, largestDuration),
        ...(backToReference && !monitor._endpoint ? [NO_ENDPOINT] : []),
      ],
      this,
    );
    const name = this.node.path;
    const key = keyOf([name, reference, candidate, leastEffect, level]);
    addTest(this, monitor, { reference, candidate, test: key });
    const settings: TestSettings = {
      key,
      name,
      reference,
      candidate,
      leastEffect,
      level,
      leastHours: leastDuration.toHours(),
      largestHours: largestDuration.toHours(),
    };
    this.testFunction = new VariantTestFunction(this, { ...props, settings });
  }

  /** A rule that matches the end of the test, whose `detail.outcome` is `Better`, `Worse`, `NoDifference` or `Undecided`. */
  public onEnd(id: string, options: events.OnEventOptions = {}): events.Rule {
    requireProps({ id }, { id: TEXT }, this);
    return this.testFunction.onEnd(id, options);
  }
}

const NO_ENDPOINT: Problem = {
  prop: 'backToReference',
  got: true,
  allowed: 'a monitor of an endpoint, whose variants have weights',
};

/** What makes a test another one. */
const keyOf = (parts: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

function numberProblems(prop: string, got: number, most: number): Problem[] {
  if (!Token.isUnresolved(got) && got > 0 && got <= most && Number.isFinite(got)) return [];
  const atMost = most === Number.POSITIVE_INFINITY ? '' : `, at most ${most}`;
  return [{ prop, got, allowed: `a number above 0${atMost}, known when the app is synthesized` }];
}

function durationProblems(least: Duration, largest: Duration): Problem[] {
  const problems = [
    ...wholeDurationProblems('leastDuration', least, { unit: 'hours', least: 1 }),
    ...wholeDurationProblems('largestDuration', largest, { unit: 'hours', least: 1 }),
  ];
  if (problems.length > 0 || largest.toHours() >= least.toHours()) return problems;
  const allowed = `${least.toHumanString()} or more, as 'leastDuration'`;
  return [{ prop: 'largestDuration', got: largest.toHumanString(), allowed }];
}
