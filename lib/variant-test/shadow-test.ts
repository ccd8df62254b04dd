import { Annotations } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { requireProps, TEXT } from '../core/prop-shapes';
import { Endpoint } from '../endpoint/endpoint';
import type { ModelQualityMonitor } from '../monitor/model-quality-monitor';
import { madeTest } from './made-test';
import type { VariantTestFunction } from './variant-test-function';
import { VARIANT_TEST, type VariantTestOptions } from './variant-test-options';

/** Props of a `ShadowTest`: its candidate is the shadow variant, its reference the production variant whose requests that is sent copies of. */
export interface ShadowTestProps extends VariantTestOptions {}

/**
 * A test of a shadow variant that may be looked at after every window: whether it predicts better than the variant whose requests it is sent copies of, by labels, and how often both
 * give the same answer. It is an `AbTest` in which nobody is answered by the candidate; AWS's inference experiments have no part in it.
 *
 * It ends with `Better`, `Worse`, `NoDifference` or `Undecided`, once, by an event and a message, which says how to promote the shadow, in order: the production variant is given its model, under the same
 * name. Two answers to one request meet by its identifier; what does not meet is counted, and told.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
 *
 * @example
 * declare const monitoring: ModelMonitoring; // of data with variants: ['live', 'candidate'], perVariant: true
 * declare const options: AddModelQualityMonitorOptions;
 *
 * new ShadowTest(this, 'Autumn', {
 *   monitor: monitoring.addModelQualityMonitor('ModelQuality', options),
 *   reference: 'live',
 *   candidate: 'candidate',
 *   leastEffect: 0.02,
 *   measures: [VariantMeasure.serverErrors(0.001), VariantMeasure.disagreement(0.05)],
 * });
 */
export class ShadowTest extends Construct {
  private readonly testFunction: VariantTestFunction;

  constructor(scope: Construct, id: string, props: ShadowTestProps) {
    super(scope, id);
    requireProps(props, VARIANT_TEST, this);
    const isScaled = isScaledShadow(props.monitor, props.candidate);
    const settings = { shadow: { isScaled } };
    this.testFunction = madeTest(this, props, { candidateIs: 'shadow', problems: [], settings });
    Annotations.of(this).addWarningV2('cdk-sagemaker-monitoring:shadowIdentifiers', UNKNOWN);
  }

  /** A rule that matches the end of the test, whose `detail.outcome` is `Better`, `Worse`, `NoDifference` or `Undecided`. */
  public onEnd(id: string, options: events.OnEventOptions = {}): events.Rule {
    requireProps({ id }, { id: TEXT }, this);
    return this.testFunction.onEnd(id, options);
  }
}

const UNKNOWN =
  'no source says whether records of a shadow variant are captured below its own name, and have the identifiers of the requests that they answer: call with an InferenceId, and see in ' +
  "'comparison.agreement' of report.json that answers meet";

/** Whether the number of a shadow's instances follows the requests; undefined where the app does not tell. */
function isScaledShadow({ _endpoint }: ModelQualityMonitor, candidate: string): boolean | undefined {
  if (!(_endpoint instanceof Endpoint)) return undefined;
  return _endpoint._allVariants.some(({ variantName, _capacity }) => variantName === candidate && _capacity.scaling);
}
