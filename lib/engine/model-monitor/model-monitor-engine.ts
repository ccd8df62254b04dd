import { Annotations, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { throwIfAny } from '../../core/validation-error';
import { vpcProblems } from '../../core/vpc-props';
import { wholeDurationProblems } from '../../core/whole-duration';
import { monitoringProblems } from '../../endpoint/monitoring-problems';
import { KIND_SERVICES } from '../../kind/kind-services';
import type { EngineBinding, IMonitoringEngine, LabelsSpec, MonitorSpec } from '../../monitor/monitoring-engine';
import { RunPages } from '../page/run-pages';
import type { LimitedBaseline } from '../reconciler/contract';
import { Reconciler, type ReconcilerBinding } from '../reconciler/reconciler';
import { WHOLE_HOURS } from '../whole-hours';
import { MonitorBaselines } from './baseline/monitor-baselines';
import { decayProblems, probabilitiesProblems, signalProblems } from './decay-problems';
import { frequencyProblems } from './frequency-problems';
import { clusterProblems, jobResources, runtimeProblems, stoppingCondition } from './job/cluster';
import { executionRole } from './job/execution-role';
import { jobNetwork } from './job/network';
import { jobOutput } from './job/output';
import { tagProblems, tagsOf } from './job/tags';
import type { JobBlueprint } from './kinds/blueprint';
import { jobBlueprint } from './kinds/blueprints';
import { limitedBaseline } from './limited-baseline';
import { MonitorServiceMetrics } from './metric/monitor-service-metrics';
import { ServiceMetrics } from './metric/service-metrics';
import type { ModelMonitorEngineOptions } from './model-monitor-engine-options';
import { predictorProblems } from './predictor-problems';
import { inputProblems, readingProblems } from './reading-problems';
import { ScheduleDrain } from './schedule/drain/schedule-drain';
import { monitoringSchedule } from './schedule/monitoring-schedule';

/** What the reconciler is to know of a schedule. */
interface ExpectedSchedule {
  readonly monitoringScheduleName: string;
  readonly scheduleIdentity: string;
  /** Say which hours each run analyses; without, those since the run before. */
  readonly labels?: LabelsSpec;
  readonly baseline?: LimitedBaseline;
  readonly hoursWithoutData?: number;
}

/** Minutes after the full hour at which a run counts as missed: it starts up to 20 minutes late, and leaves its trace then. */
const GRACE_MINUTES = 110;

/**
 * SageMaker Model Monitor.
 *
 * @internal
 */
export class ModelMonitorEngine implements IMonitoringEngine {
  private readonly serviceMetrics: ServiceMetrics;

  constructor(private readonly options: ModelMonitorEngineOptions) {
    this.serviceMetrics = options.serviceMetrics ?? ServiceMetrics.none();
  }

  /** The same for every kind: role, baseline, job definition, schedule, and the reconciler that concludes its executions. */
  public bind(scope: Construct, spec: MonitorSpec): EngineBinding {
    throwIfAny('UnsupportedOnModelMonitor', inputProblems(spec), scope);
    const blueprint = jobBlueprint(scope, spec, this.options);
    sayThatItIsClosed(Stack.of(scope));
    this.validate(scope, spec, blueprint);
    const { options } = this;
    const tags = tagsOf(options, spec.monitorId);
    const role = executionRole(scope, spec, options);
    const { config: network, connections } = jobNetwork(scope, options, role);
    const baselines = new MonitorBaselines(scope, { spec, role, blueprint, options, network });
    const baseline = spec.baseline.bind(scope, baselines);
    const definition = blueprint.define({
      common: {
        roleArn: role.roleArn,
        jobResources: jobResources(options, role),
        networkConfig: network,
        stoppingCondition: stoppingCondition(this.runtimeOf(spec, blueprint)),
        tags,
      },
      role,
      baseline,
      output: jobOutput(spec),
      serviceMetrics: this.serviceMetrics,
    });
    if (baseline.ready) definition.node.addDependency(baseline.ready);
    const { kind } = blueprint;
    const parts = { definition, kind, nameFrom: options.jobDefinitionNameFrom, tags };
    const { creationTime, ...schedule } = monitoringSchedule(scope, spec, parts);
    const { monitoringScheduleName } = schedule;
    const { labels } = blueprint;
    const expected = expectRuns(scope, spec, {
      monitoringScheduleName,
      scheduleIdentity: creationTime,
      labels,
      baseline: limitedBaseline(scope, spec, { baseline, age: options.baselineAge }),
      hoursWithoutData: options.timeWithoutData?.toHours(),
    });
    const metrics = this.metricsOf(scope, spec, monitoringScheduleName);
    return { ...expected, ...schedule, metrics, grantPrincipal: role.grantPrincipal, connections };
  }

  private metricsOf(scope: Construct, spec: MonitorSpec, monitoringScheduleName: string): MonitorServiceMetrics {
    const { endpointName } = spec.endpointInput ?? {};
    const source = { endpointName, monitoringScheduleName };
    return new MonitorServiceMetrics(scope, {
      serviceMetrics: this.serviceMetrics,
      kind: spec.kind,
      source,
      frequency: spec.frequency,
      problem: spec.modelQuality?.problem,
    });
  }

  private validate(scope: Construct, spec: MonitorSpec, blueprint: JobBlueprint): void {
    const { endpointInput } = spec;
    const unsupported = [
      ...readingProblems(spec),
      ...predictorProblems(spec),
      ...decayProblems(spec),
      ...signalProblems(spec),
      ...probabilitiesProblems(spec),
      ...frequencyProblems(spec),
    ];
    throwIfAny('UnsupportedOnModelMonitor', unsupported, scope);
    const problems = [
      ...(endpointInput ? monitoringProblems(endpointInput.endpoint, KIND_SERVICES[blueprint.kind].captured) : []),
      ...clusterProblems(this.options),
      ...runtimeProblems(this.runtimeOf(spec, blueprint)),
      ...vpcProblems(this.options),
      ...blueprint.problems,
      ...tagProblems(this.options),
      ...wholeDurationProblems('baselineAge', this.options.baselineAge, WHOLE_HOURS),
      ...wholeDurationProblems('timeWithoutData', this.options.timeWithoutData, WHOLE_HOURS),
    ];
    throwIfAny('InvalidModelMonitorEngine', problems, scope);
  }

  private runtimeOf({ frequency }: MonitorSpec, { kind, container }: JobBlueprint) {
    return { kind, options: this.options, container, frequency };
  }
}

/** The reconciler concludes the schedule's executions, each with the window that it analyses. */
function expectRuns(scope: Construct, spec: MonitorSpec, schedule: ExpectedSchedule): ReconcilerBinding {
  const { labels, ...identity } = schedule;
  const reconciler = Reconciler.of(scope);
  reconciler.allowConcluding();
  ScheduleDrain.of(scope).allowTelling(spec);
  RunPages.draw(scope, spec);
  const window = labels?.window.bind(spec.frequency);
  const { bucket, prefix } = labels?.groundTruth ?? {};
  return reconciler.expect(spec, {
    engine: 'model-monitor',
    graceMinutes: GRACE_MINUTES,
    kind: spec.kind,
    alert: spec.alertPolicy?._settings,
    ...identity,
    window: window && { startHours: window.startHours, endHours: window.endHours },
    dataAt: dataAt(spec),
    groundTruthUri: bucket?.s3UrlForObject(prefix),
  });
}

/** Where the lists of transform jobs lie, as the serverless engine writes it in its reports. */
function dataAt({ batchTransformInput }: MonitorSpec): string | undefined {
  const { bucket, prefix } = batchTransformInput?.captured ?? {};
  return bucket?.s3UrlForObject(`${prefix}/`);
}

/** Stacks that say already that the service is closed: once is enough. */
const TOLD = new WeakSet<Stack>();

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-availability-change.html */
function sayThatItIsClosed(stack: Stack): void {
  if (TOLD.has(stack)) return;
  TOLD.add(stack);
  Annotations.of(stack).addInfoV2(
    'cdk-sagemaker-monitoring:modelMonitorClosed',
    'SageMaker Model Monitor is closed to new customers: only accounts that used it before can deploy monitors on it. ' +
      'MonitoringEngine.serverless() delivers the same outcome in every account.',
  );
}
