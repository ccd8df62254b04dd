import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BaselineConfig } from '../../baseline/baseline';
import { bucketLocation } from '../../core/bucket-location';
import { testedPair, testedUnit } from '../../monitor/tested-pair';
import { ownTelling } from '../own-telling';
import type { AnalysableMonitor } from './analysable-spec';
import type { MonitorRequest } from './contract';
import { ownCallLedger } from './own-call-ledger';

/** What each request says of the engine's options. */
export type RunSettings = Required<Pick<MonitorRequest, 'maximumConcurrency' | 'drift'>> &
  Pick<MonitorRequest, 'checks' | 'limits'>;

/** What a monitor's runs are made with. */
export interface RunParts extends AnalysableMonitor {
  readonly baseline: BaselineConfig;
  readonly settings: RunSettings;
  /** where its runs leave extracts, if they do */
  readonly extracts: MonitorRequest['extracts'];
}

/**
 * What a monitor's schedule asks of the machine.
 *
 * @internal
 */
export function monitorRequest(
  scope: Construct,
  { spec, blueprint, baseline, settings, extracts }: RunParts,
): MonitorRequest {
  const located = (bucket: IBucket) => bucketLocation(scope, bucket);
  const { watched, requested } = spec.input;
  const { statisticsBucket, statisticsKey, constraintsBucket, constraintsKey } = baseline;
  const { monitoringId, runMetrics } = ownTelling(spec);
  return {
    mode: 'monitor',
    scheduledTime: '<aws.scheduler.scheduled-time>',
    monitor: {
      id: spec.monitorId,
      kind: spec.kind,
      ...watched,
      monitoringId,
    },
    ...withTest(scope, requested(located)),
    windowHours: spec.frequency.intervalHours,
    clock: spec.frequency._clock,
    baseline: {
      statistics: statisticsKey === undefined ? undefined : { ...located(statisticsBucket), key: statisticsKey },
      constraints: { ...located(constraintsBucket), key: constraintsKey },
    },
    ...settings,
    alert: spec.alertPolicy?._settings,
    output: { ...located(spec.reports.bucket), prefix: spec.reports.prefix },
    extracts,
    ownCalls: spec.endpointInput && ownCallLedger(scope, spec.endpointInput.endpointName),
    runMetrics,
    featureMetrics: [],
    ...blueprint.request,
    eventBus: spec.eventBus?.eventBusArn,
  };
}

/** Of variants that are judged apart two may be tested, which is said after the monitor is made. */
function withTest<Input extends Pick<MonitorRequest, 'variants'>>(scope: Construct, input: Input): Input {
  const { variants } = input;
  if (!variants?.apart) return input;
  const comparison = testedPair(scope, variants.read, variants.comparison);
  return { ...input, variants: { ...variants, comparison }, unit: testedUnit(scope) };
}
