import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BaselineConfig } from '../../baseline/baseline';
import { baselineFiles } from '../../baseline/baseline-resource';
import type { HandlerFunction } from '../../core/handler-function';
import { limitRequest, MAPPED_REQUEST_BYTES } from '../../core/request-size';
import {
  grantDeleteObjects,
  grantGetObjects,
  grantListPrefixes,
  grantPutObjects,
  grantPutTaggedObjects,
} from '../../core/s3-grants';
import { throwIfAny } from '../../core/validation-error';
import type { EngineBinding, IMonitoringEngine, MonitorSpec } from '../../monitor/monitoring-engine';
import { allowEvents } from '../../outcome/publishing-grant';
import { warnOfIntermediates } from '../../outcome/reports-bucket';
import { isMadeAtDeployment } from '../baseline-files';
import { type ComparedObject, RunPages } from '../page/run-pages';
import { Reconciler } from '../reconciler/reconciler';
import { type AnalysableSpec, requireAnalysable } from './analysable-spec';
import { AnalysisMachine } from './analysis-machine';
import type { LimitSettings } from './contract';
import { DriftMethod } from './drift-method';
import { withOtherSections } from './extract-sections';
import { extractsPlace } from './extracts-place';
import type { AnalysisBlueprint, BoundParts } from './kinds/blueprint';
import { MachineBaselines } from './machine-baselines';
import { monitorRequest, type RunSettings } from './monitor-request';
import { monitorSchedule } from './monitor-schedule';
import type { MonitoringLimits } from './monitoring-limits';
import { oneTimeRunCommand } from './one-time-run';
import { optionProblems, settleFrequencyProblems } from './option-problems';
import type { ServerlessEngineOptions } from './serverless-engine-options';
import { ServerlessMetrics } from './serverless-metrics';
import { RUN_CONCURRENCY, withSharedConcurrency } from './shared-concurrency';
import { graceMinutes, SETTLE_MINUTES, startMinute } from './start-times';

/**
 * Below a monitor, all that is this engine's own: CloudFormation cannot make one thing of another, as the schedule of one engine of that of
 * another, so things of different engines have different ids.
 */
const OWN_ID = 'Serverless';

/**
 * This library's own analyzer on Lambda and Step Functions.
 *
 * @internal
 */
export class ServerlessEngine implements IMonitoringEngine {
  private readonly settings: RunSettings;
  private readonly settleMinutes: number;
  /** where somebody says it */
  private readonly concurrency?: number;
  private readonly extractsBucket?: IBucket;

  constructor(options: ServerlessEngineOptions) {
    throwIfAny('InvalidServerlessEngine', optionProblems(options));
    const method = `${options.driftMethod ?? DriftMethod.MASS_SHIFT}` as const;
    this.settings = {
      maximumConcurrency: options.maxConcurrency ?? RUN_CONCURRENCY,
      drift: { method, falseAlarmRate: options.falseAlarmRate },
      checks: options.checks && (`${options.checks}` as const),
      limits: options.limits && limitSettings(options.limits),
    };
    this.concurrency = options.maxConcurrency;
    this.extractsBucket = options.extractsBucket;
    this.settleMinutes = options.settleTime?.toMinutes() ?? SETTLE_MINUTES;
  }

  public bind(scope: Construct, given: MonitorSpec): EngineBinding {
    const monitor = requireAnalysable(scope, given, this.settings);
    const { spec } = monitor;
    const { settleMinutes } = this;
    throwIfAny('InvalidServerlessEngine', settleFrequencyProblems(settleMinutes, spec.frequency), scope);
    const machine = AnalysisMachine.of(scope);
    allowEvents(machine.conclude, spec.eventBus);
    grantWindow(machine, spec);
    monitor.blueprint.grantReading?.(machine);
    warnOfIntermediates(spec.reports.bucket);
    const own = new Construct(scope, OWN_ID);
    const { settings, extractsBucket } = this;
    const blueprint = withResources(monitor.blueprint, { own, machine, extractsBucket });
    const baseline = spec.baseline.bind(own, new MachineBaselines(scope, { machine, spec, blueprint, settings }));
    const extracts = extractsPlace(scope, { ...monitor, machine, settings, extractsBucket });
    grantColumns(machine.profile, spec, baseline);
    RunPages.draw(scope, spec, comparedElsewhere(spec, baseline));
    const shared = withSharedConcurrency(scope, settings, this.concurrency);
    const asked = monitorRequest(scope, { spec, blueprint, baseline, settings: shared, extracts });
    limitRequest(scope, asked, MAPPED_REQUEST_BYTES);
    const request = withOtherSections(scope, asked);
    const runs = monitorSchedule(own, { machine, frequency: spec.frequency, request, settleMinutes });
    if (baseline.ready) runs.node.addDependency(baseline.ready);
    const { stateMachineArn } = machine.stateMachine;
    const needsLabels = request.labels && (true as const);
    const start = { stateMachineArn, minute: startMinute(spec.monitorId, settleMinutes), request, needsLabels };
    const expected = Reconciler.of(scope).expect(spec, {
      kind: spec.kind,
      engine: 'serverless',
      graceMinutes: graceMinutes(settleMinutes, spec.frequency),
      scheduleIdentity: runs.ref,
      start: spec.frequency.timeZone === 'UTC' && !needsLabels ? undefined : start,
    });
    const metrics = new ServerlessMetrics(scope, { ...spec, featureMetrics: request.featureMetrics });
    const command = oneTimeRunCommand(scope, { stateMachineArn, scheduleName: runs.ref });
    const { grantPrincipal } = machine.profile;
    return { ...expected, metrics, grantPrincipal, oneTimeRunCommand: command };
  }
}

/** The blueprint of a monitor whose resources are there. */
function withResources(blueprint: AnalysisBlueprint, parts: BoundParts): AnalysisBlueprint {
  return { ...blueprint, request: { ...blueprint.request, ...blueprint.resources?.(parts) } };
}

/**
 * Lets each part of the machine do its share, and no more, on the captured data and on the reports of this stack's monitors.
 *
 * The reports' statements name the stack, not the monitor: one of each serves all monitors, so policies do not grow with them.
 */
function grantWindow(machine: AnalysisMachine, spec: AnalysableSpec): void {
  const { bucket, stackPattern } = spec.reports;
  const work = `${stackPattern}/work/*`; // intermediate objects: {monitor}/work/{execution}/
  spec.input.grant(machine);
  for (const writer of [machine.plan, machine.profile]) grantPutTaggedObjects(writer, bucket, work);
  grantGetObjects(machine.role, bucket, work); // the Distributed Map reads the plan
  grantListPrefixes(machine.conclude, bucket, stackPattern); // else a missing report looks like a denied one
  grantGetObjects(machine.conclude, bucket, stackPattern);
  grantPutObjects(machine.conclude, bucket, stackPattern);
  grantDeleteObjects(machine.conclude, bucket, work); // partial profiles hold values
}

/** Whoever reads captured records knows the columns of the baseline. One statement is for all baselines that are made for the stack's monitors. */
function grantColumns(profile: HandlerFunction, spec: AnalysableSpec, baseline: BaselineConfig): void {
  const { statisticsBucket: bucket, statisticsKey: key } = baseline;
  if (key === undefined) return;
  grantGetObjects(profile, bucket, isMadeAtDeployment(spec.reports, bucket, key) ? baselineFiles(spec) : key);
}

/** The files of a baseline that do not lie with the reports. */
function comparedElsewhere({ reports }: AnalysableSpec, baseline: BaselineConfig): ComparedObject[] {
  const { statisticsBucket, statisticsKey, constraintsBucket, constraintsKey } = baseline;
  const files = [
    { bucket: statisticsBucket, key: statisticsKey },
    { bucket: constraintsBucket, key: constraintsKey },
  ];
  return files.filter(
    (file): file is ComparedObject => file.key !== undefined && !isMadeAtDeployment(reports, file.bucket, file.key),
  );
}

function limitSettings({ baselineAge, timeWithoutData, ...shares }: MonitoringLimits): LimitSettings {
  return {
    ...shares,
    ...(baselineAge && { baselineAgeHours: baselineAge.toHours() }),
    ...(timeWithoutData && { hoursWithoutData: timeWithoutData.toHours() }),
  };
}
