import { Token } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BOOLEAN, NUMBER, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import type { Problem } from '../core/validation-error';
import { Endpoint } from '../endpoint/endpoint';
import { type InitialWeights, leaveWeights, leftWeightsProblems } from '../endpoint/left-weights';
import type { TestSettings } from './contract';
import { madeTest } from './made-test';
import type { VariantTestFunction } from './variant-test-function';
import { VARIANT_TEST, type VariantTestOptions } from './variant-test-options';

/** Props of an `AbTest`. */
export interface AbTestProps extends VariantTestOptions {
  /**
   * Whether all requests of the candidate go to the reference as soon as the candidate is known to be worse, of an endpoint. Weights of variants are changed, never counts of
   * instances, while the endpoint is in service. An `Endpoint` of this library keeps them when it is updated (`RetainAllVariantProperties`), and its variants have no
   * `initialVariantWeight`, which would do nothing then; the next update of any other endpoint gives the weights of the code again.
   *
   * @default false - people decide
   */
  readonly backToReference?: boolean;

  /**
   * Which part of the requests that both get the candidate starts with, above 0, below 1: of a variant that is new to the endpoint. Later `update-endpoint-weights-and-capacities` changes
   * it. With `backToReference`, of an `Endpoint` of this library; elsewhere variants have their own weight.
   *
   * @default 0.5 - as many as the reference
   */
  readonly candidateShare?: number;
}

const PROPS: Shapes<AbTestProps> = {
  ...VARIANT_TEST,
  backToReference: optional(BOOLEAN),
  candidateShare: optional(NUMBER),
};

/**
 * A test of two variants that may be looked at after every window: whether the candidate predicts better than the variant in use, by labels. What the windows of a
 * monitor come to is added up until the difference is known well enough, by confidence sequences.
 *
 * After each run of the monitor a function of the test adds its window: how far the test is lies in `variant-test.json` beside `report.json`. It ends with `Better`, `Worse`, `NoDifference` or
 * `Undecided`, once, by an event, a message, and what it was asked to do; what has ended stays so. A test begins anew with another id, other variants, another `leastEffect`, other
 * `measures` or another `falseDecisionRate`, and when a week has passed without a window that counts.
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
    const { monitor, reference, candidate, backToReference, candidateShare } = props;
    const own = backToReference && monitor._endpoint instanceof Endpoint ? monitor._endpoint : undefined;
    const problems = [
      ...(backToReference && !monitor._endpoint ? [NO_ENDPOINT] : []),
      ...(backToReference && props.unit ? [KEPT_BY_CALLERS] : []),
      ...(own ? leftWeightsProblems(own) : []),
      ...shareProblems(candidateShare, own),
      ...(props.measures?.some(({ _settings }) => _settings.metric === 'disagreement') ? [NEVER_SHARED] : []),
    ];
    const settings: Partial<TestSettings> = own ? { keepsWeights: true } : {};
    this.testFunction = madeTest(this, props, { candidateIs: 'production', backToReference, problems, settings });
    if (own) leaveWeights(own, weightsOf({ reference, candidate, candidateShare }));
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

const KEPT_BY_CALLERS: Problem = {
  prop: 'backToReference',
  got: true,
  allowed: "nothing beside 'unit': callers keep units with a variant by TargetVariant, which weights do not change",
  advice: 'let them pin all units to the reference when the test ends, which onEnd tells',
};

const NEVER_SHARED: Problem = {
  prop: 'measures',
  got: 'disagreement',
  allowed: 'measures of either variant: each request is answered by one of the two',
  advice: 'ShadowTest tests two variants that answer the same requests',
};

function shareProblems(got: number | undefined, own: Endpoint | undefined): Problem[] {
  if (got === undefined) return [];
  if (!own) {
    const allowed = "nothing without 'backToReference', or of an endpoint that this library does not make";
    return [{ prop: 'candidateShare', got, allowed, advice: 'give the weights to the variants' }];
  }
  if (!Token.isUnresolved(got) && got > 0 && got < 1) return [];
  return [{ prop: 'candidateShare', got, allowed: 'a number above 0 and below 1, known when the app is synthesized' }];
}

/** Both together have the weight of two variants, so that others keep their part. */
function weightsOf({
  reference,
  candidate,
  candidateShare = 0.5,
}: Pick<AbTestProps, 'reference' | 'candidate' | 'candidateShare'>): InitialWeights {
  return { [reference]: 2 * (1 - candidateShare), [candidate]: 2 * candidateShare };
}
