import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allow } from '../../../core/allow';
import type { HandlerFunction } from '../../../core/handler-function';
import { localArn } from '../../../core/local-arn';
import { spellingsOf } from '../../../endpoint/arn-spellings';
import { configOf } from '../../../endpoint/known-properties';
import { refuseReplacedElsewhere } from '../../../endpoint/replaced-elsewhere';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import type { Predictor } from '../../../monitor/predictor';
import { PredictorEndpoint } from './predictor-endpoint';

/** Of an endpoint that this library makes, where nobody says. */
const MEMORY_MIB = 2048;

/** Requests that are under way at once, where nobody says. */
const MAX_CONCURRENCY = 5;

/** An endpoint at which a model is asked. */
export interface AskedEndpoint {
  readonly endpointName: string;
  /** of whose answers alone the baseline is; absent where nobody knows */
  readonly variant?: string;
  /** whether that variant is asked for; false where absent */
  readonly targetsVariant?: true;
  /** what changes with its configuration; absent where nobody knows */
  readonly version?: string;
  readonly requestsAtOnce: number;
}

/** Who asks a model. */
export interface AskingMonitor {
  /** below it is what is the engine's own of the monitor */
  readonly own: Construct;
  readonly explain: HandlerFunction;
  readonly spec: MonitorSpec;
}

/**
 * The endpoint of a predictor: the one that is monitored where it says so, the one that it names, or else one that is made of its model. The function may ask it, and no other.
 *
 * @internal
 */
export function askedEndpoint(predictor: Predictor, { own, explain, spec }: AskingMonitor): AskedEndpoint {
  const { endpointName, modelName = '', memorySize, maxConcurrency = MAX_CONCURRENCY, _endpointVersion } = predictor;
  const { endpointInput, monitorId } = spec;
  const { _monitored } = predictor;
  if (_monitored && endpointInput) {
    const { variantName: variant } = _monitored;
    const { endpointName: watched, endpoint } = endpointInput;
    allowAsking(explain, endpointArns(own, watched));
    const version = configOf(endpoint)?.attrEndpointConfigName;
    return { endpointName: watched, variant, targetsVariant: true, version, requestsAtOnce: maxConcurrency };
  }
  if (endpointName !== undefined) {
    allowAsking(explain, endpointArns(own, endpointName));
    return { endpointName, version: _endpointVersion, requestsAtOnce: maxConcurrency };
  }
  refuseReplacedElsewhere(own, 'analysis.predictor', modelName);
  const memorySizeInMb = memorySize?.toMebibytes() ?? MEMORY_MIB;
  const made = new PredictorEndpoint(own, 'Predictor', { modelName, memorySizeInMb, maxConcurrency, monitorId });
  allowAsking(explain, [made.endpointArn, ...endpointArns(own, made.endpointName)]);
  return { endpointName: made.endpointName, variant: modelName, requestsAtOnce: maxConcurrency };
}

function endpointArns(scope: Construct, name: string): string[] {
  return spellingsOf(localArn(Stack.of(scope), 'sagemaker', `endpoint/${name}`), name);
}

function allowAsking(explain: HandlerFunction, resources: readonly string[]): void {
  allow(explain, { actions: ['sagemaker:InvokeEndpoint'], resources: [...new Set(resources)] });
}
