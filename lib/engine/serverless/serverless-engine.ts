import { createHash } from 'node:crypto';
import { type Duration, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { type BaselineConfig, type IBaselineConsumer, statisticsKeyOf } from '../../baseline/baseline';
import { baselineHandler } from '../../baseline/baseline-handler';
import { BASELINE_FOLDER, type BaselineSpec, type FileRigour } from '../../baseline/contract';
import { besides, type DatasetConfig, datasetFormatOf, TextValues } from '../../baseline/dataset';
import { deadLetterQueue } from '../../core/dead-letter-queue';
import type { HandlerFunction } from '../../core/handler-function';
import { limitRequest, MAPPED_REQUEST_BYTES } from '../../core/request-size';
import {
  grantDeleteObjects,
  grantGetObjects,
  grantListPrefixes,
  grantPutObjects,
  grantPutTaggedObjects,
} from '../../core/s3-grants';
import { type Problem, throwIfAny, ValidationError } from '../../core/validation-error';
import { monitoringProblems } from '../../endpoint/monitoring-problems';
import { KINDS } from '../../kind/kinds';
import type { MonitorKind } from '../../kind/monitor-kind';
import { type DataQualityMonitorSpec, validateSpec } from '../../monitor/kind-spec';
import type { EndpointInput, EngineBinding, IMonitoringEngine, MonitorSpec } from '../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import { allowEvents } from '../../outcome/publishing-grant';
import { sayWhatStays } from '../../outcome/reports-bucket';
import type { ReportsPlace } from '../../outcome/reports-place';
import { ownTelling } from '../own-telling';
import { Reconciler } from '../reconciler/reconciler';
import { AnalysisMachine } from './analysis-machine';
import { Checks } from './checks';
import type { MonitorRequest } from './contract';
import { DriftMethod } from './drift-method';
import type { ServerlessEngineOptions } from './serverless-engine-options';
import { ServerlessMetrics } from './serverless-metrics';

/** Minutes after the full hour at which the first runs start: captured data arrive some minutes late, without a guarantee. */
const FIRST_START = 20;
/** Minutes over which the starts of all monitors are spread, so that they do not ask for the same functions and objects at once. */
const START_MINUTES = 10;

/** Minutes after the full hour at which a run that left no report counts as missed. */
const GRACE_MINUTES = 80;

/**
 * Below a monitor, all that is this engine's own: CloudFormation cannot make one thing of another, as the schedule of one engine of that of
 * another, so things of different engines have different ids.
 */
const OWN_ID = 'Serverless';

/** What each request says of the engine's options. */
type RunSettings = Required<Pick<MonitorRequest, 'maximumConcurrency' | 'drift'>> &
  Pick<MonitorRequest, 'checks' | 'limits'>;

/**
 * This library's own analyzer on Lambda and Step Functions.
 *
 * @internal
 */
export class ServerlessEngine implements IMonitoringEngine {
  private readonly settings: RunSettings;

  constructor(options: ServerlessEngineOptions) {
    throwIfAny('InvalidServerlessEngine', problemsOf(options));
    const method = `${options.driftMethod ?? DriftMethod.MASS_SHIFT}` as const;
    this.settings = {
      maximumConcurrency: options.maxConcurrency ?? 10,
      drift: { method, falseAlarmRate: options.falseAlarmRate },
      checks: options.checks && (`${options.checks}` as const),
      limits: options.limits,
    };
  }

  public bind(scope: Construct, spec: MonitorSpec): EngineBinding {
    validateSpec(scope, spec);
    refuseOtherKinds(scope, spec);
    if (!isSupported(spec)) throw new ValidationError('UnsupportedOnServerless', unsupportedOptions(spec), scope);
    checkEndpoint(scope, spec);
    throwIfAny('InvalidExcludedFeatures', excludedProblems(spec), scope);
    const machine = AnalysisMachine.of(scope);
    allowEvents(machine.conclude, spec.eventBus);
    grantWindow(machine, spec);
    sayWhatStays(spec.reports.bucket);
    const own = new Construct(scope, OWN_ID);
    const baseline = spec.baseline.bind(own, new MachineBaselines(scope, { machine, spec, settings: this.settings }));
    grantColumns(machine.profile, spec, baseline);
    const request = monitorRequest(spec, baseline, this.settings);
    limitRequest(scope, request, MAPPED_REQUEST_BYTES);
    const runs = schedule(own, { machine, frequency: spec.frequency, request });
    if (baseline.ready) runs.node.addDependency(baseline.ready);
    const { reconcilerId } = Reconciler.of(scope).expect(spec, {
      kind: spec.kind,
      engine: 'serverless',
      graceMinutes: GRACE_MINUTES,
      scheduleIdentity: runs.ref,
    });
    const metrics = new ServerlessMetrics(scope, { ...spec, ...spec.dataQuality });
    return { reconcilerId, metrics, grantPrincipal: machine.profile.grantPrincipal };
  }
}

/** Throws for an endpoint of the app that a monitor of its kind cannot watch. */
function checkEndpoint(scope: Construct, { kind, endpointInput: { endpoint } }: EndpointSpec): void {
  throwIfAny('InvalidMonitoredData', monitoringProblems(endpoint, KINDS[kind].captured), scope);
}

/** Refuses kinds that this engine does not analyse: their sheets do not name it. */
function refuseOtherKinds(scope: Construct, { kind }: MonitorSpec): void {
  const { engines, aspect } = KINDS[kind];
  if (engines.includes('serverless')) return;
  const analysed = Object.values(KINDS).filter((sheet) => sheet.engines.includes('serverless'));
  const allowed = `${analysed.map((sheet) => sheet.aspect).join(', ')} on serverless()`;
  const got = `serverless() for a monitor of ${aspect}`;
  const advice = 'give this monitor engine: MonitoringEngine.modelMonitor(), which runs all four kinds';
  throw new ValidationError('UnsupportedMonitorKind', [{ prop: 'engine', got, allowed, advice }], scope);
}

/** A specification of what this engine can analyse. */
interface EndpointSpec extends DataQualityMonitorSpec {
  readonly endpointInput: EndpointInput;
}

function isSupported(spec: MonitorSpec): spec is EndpointSpec {
  return spec.endpointInput !== undefined && spec.dataQuality !== undefined;
}

function unsupportedOptions({ batchTransformInput }: MonitorSpec): Problem[] {
  if (!batchTransformInput) return [];
  const advice = 'engine: MonitoringEngine.modelMonitor() takes it';
  const allowed = 'MonitoredData.endpoint(...) on serverless()';
  return [{ prop: 'data', got: 'MonitoredData.batchTransform(...)', allowed, advice }];
}

/** Of a name that is known at deployment only, nothing is judged. */
function excludedProblems({ dataQuality: { excludedFeatures, featureMetrics } }: EndpointSpec): Problem[] {
  const isNoName = (name: string, index: number) => name === '' || excludedFeatures.indexOf(name) !== index;
  const noNames = excludedFeatures
    .filter((name, index) => !Token.isUnresolved(name) && isNoName(name, index))
    .map((got) => ({ prop: 'excludedFeatures', got, allowed: 'a name that is not empty, once' }));
  const measured = featureMetrics
    .filter((name) => excludedFeatures.includes(name))
    .map((got) => ({ prop: 'featureMetrics', got, allowed: 'features that are not excluded' }));
  return [...noNames, ...measured];
}

/** What is known at deployment only is not judged. */
function problemsOf(options: ServerlessEngineOptions): Problem[] {
  const { maxConcurrency } = options;
  const problems = [...rateProblems(options), ...checksProblems(options), ...limitProblems(options)];
  if (isKnown(maxConcurrency) && !isConcurrency(maxConcurrency)) {
    problems.unshift({ prop: 'maxConcurrency', got: maxConcurrency, allowed: 'a whole number, 1 to 1000' });
  }
  return problems;
}

function rateProblems({ driftMethod, falseAlarmRate }: ServerlessEngineOptions): Problem[] {
  const rate = { prop: 'falseAlarmRate', got: falseAlarmRate };
  if (driftMethod === DriftMethod.MODEL_MONITOR && falseAlarmRate !== undefined) {
    const advice = 'the rule of Model Monitor has no test; leave it out, or choose another drift method';
    return [{ ...rate, allowed: 'nothing with DriftMethod.MODEL_MONITOR', advice }];
  }
  if (!isKnown(falseAlarmRate) || (falseAlarmRate > 0 && falseAlarmRate <= 1)) return [];
  return [{ ...rate, allowed: 'a number above 0, at most 1' }];
}

function checksProblems({ driftMethod, checks }: ServerlessEngineOptions): Problem[] {
  if (driftMethod !== DriftMethod.MODEL_MONITOR || checks !== Checks.BY_MEANING) return [];
  const advice =
    'the drift method compares what the container compares; leave checks out, or choose another drift method';
  return [{ prop: 'checks', got: checks, allowed: 'Checks.MODEL_MONITOR with DriftMethod.MODEL_MONITOR', advice }];
}

function limitProblems({ limits = {} }: ServerlessEngineOptions): Problem[] {
  return Object.entries(limits).flatMap(([name, share]) =>
    !isKnown(share) || (share >= 0 && share <= 1) ? [] : [{ prop: `limits.${name}`, got: share, allowed: '0 to 1' }],
  );
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Token.isUnresolved(value);
}

function isConcurrency(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 1000;
}

/** What a monitor's baseline is made with. */
interface BaselineParts {
  readonly machine: AnalysisMachine;
  readonly spec: MonitorSpec;
  readonly settings: RunSettings;
}

/** The container's rules make do with what they are given. */
function rigourOf({ checks, drift }: RunSettings): FileRigour {
  return checks === 'ModelMonitor' || drift.method === 'ModelMonitor' ? 'Type' : 'Meaning';
}

/** What a monitor's baseline asks of the machine. */
class MachineBaselines implements IBaselineConsumer {
  public readonly monitorKind: MonitorKind;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly reports: ReportsPlace;
  public readonly readPattern: string;
  /** @internal */
  public readonly _rigour: FileRigour;

  constructor(
    private readonly scope: Construct,
    private readonly parts: BaselineParts,
  ) {
    const { machine, spec } = parts;
    this.monitorKind = spec.kind;
    this._rigour = rigourOf(parts.settings);
    this.grantPrincipal = machine.conclude.grantPrincipal;
    this.reports = spec.reports;
    this.readPattern = spec.reports.stackPattern; // the conclusion reads the reports of all monitors of the stack already
  }

  /** @internal */
  public _analysisOf(dataset: DatasetConfig, timeout?: Duration): Pick<BaselineSpec, 'dataset'> {
    if (timeout !== undefined)
      throw new ValidationError('UnsupportedOnServerless', [timeoutProblem(timeout)], this.scope);
    throwIfAny('UnsupportedDataset', typeProblems(dataset, this._rigour), this.scope);
    const { machine, settings } = this.parts;
    const { bucket, objectKey, columnTypes, textValues } = dataset;
    machine.allowBaselines(baselineHandler(this.scope));
    grantListPrefixes(machine.plan, bucket, objectKey);
    grantGetObjects(machine.profile, bucket, objectKey.endsWith('/') ? `${objectKey}*` : objectKey);
    const location = { bucket: bucket.bucketName, key: objectKey };
    const { maximumConcurrency } = settings;
    const keepsRowOrder = this._rigour === 'Type' || undefined;
    const keepsTextValues = textValues === TextValues.IN_CLEAR || undefined;
    const format = datasetFormatOf(dataset);
    return { dataset: { location, format, columnTypes, keepsTextValues, maximumConcurrency, keepsRowOrder } };
  }
}

/** The container's rules compare the type that values look like with that of the baseline, and look at no text of many values. */
function typeProblems({ columnTypes, textValues }: DatasetConfig, rigour: FileRigour): Problem[] {
  if (rigour !== 'Type') return [];
  const allowed = 'nothing with the rules of Model Monitor';
  const asked = [
    {
      prop: 'columnTypes',
      got: columnTypes,
      allowed,
      advice:
        "the container's rules go by the values of a column alone; leave the types out, or take Checks.BY_MEANING",
    },
    {
      prop: 'textValues',
      got: besides(TextValues.HASHED, textValues),
      allowed,
      advice: "the container's rules look at no text of many values; leave it out, or take Checks.BY_MEANING",
    },
  ];
  return asked.filter(({ got }) => got !== undefined);
}

/**
 * Lets each part of the machine do its share, and no more, on the captured data and on the reports of this stack's monitors.
 *
 * The reports' statements name the stack, not the monitor: one of each serves all monitors, so policies do not grow with them.
 */
function grantWindow(machine: AnalysisMachine, spec: EndpointSpec): void {
  const { bucket, stackPattern } = spec.reports;
  const { capturedData, endpointName } = spec.endpointInput;
  const work = `${stackPattern}/work/*`; // intermediate objects: {monitor}/work/{execution}/
  capturedData.grantList(machine.plan, endpointName);
  capturedData.grantGet(machine.profile, endpointName);
  for (const writer of [machine.plan, machine.profile]) grantPutTaggedObjects(writer, bucket, work);
  grantGetObjects(machine.role, bucket, work); // the Distributed Map reads the plan
  grantListPrefixes(machine.conclude, bucket, stackPattern); // else a missing report looks like a denied one
  grantGetObjects(machine.conclude, bucket, stackPattern);
  grantPutObjects(machine.conclude, bucket, stackPattern);
  grantDeleteObjects(machine.conclude, bucket, work); // partial profiles hold values
}

/** Whoever reads captured records knows the columns of the baseline. One statement is for all baselines that are made for the stack's monitors. */
function grantColumns(profile: HandlerFunction, { reports }: EndpointSpec, baseline: BaselineConfig): void {
  const { statisticsBucket: bucket } = baseline;
  const key = statisticsKeyOf(baseline);
  const isMade = bucket === reports.bucket && Token.isUnresolved(key);
  grantGetObjects(profile, bucket, isMade ? `${reports.stackPattern}/${BASELINE_FOLDER}/*` : key);
}

/** A baseline has the hour that CloudFormation waits for its custom resource. */
function timeoutProblem(timeout: Duration): Problem {
  const advice = 'it has an hour; MonitoringEngine.modelMonitor() takes other times';
  return { prop: 'timeout', got: timeout.toString(), allowed: 'nothing on serverless()', advice };
}

function monitorRequest(spec: EndpointSpec, baseline: BaselineConfig, settings: RunSettings): MonitorRequest {
  const { capturedData, endpointName, filter, format, transformations = [] } = spec.endpointInput;
  const { excludedFeatures, featureMetrics } = spec.dataQuality;
  const { monitoringId, runMetrics } = ownTelling(spec);
  return {
    mode: 'monitor',
    scheduledTime: '<aws.scheduler.scheduled-time>',
    monitor: {
      id: spec.monitorId,
      kind: spec.kind,
      endpointName,
      monitoringId,
    },
    capture: { bucket: capturedData.bucket.bucketName, prefix: capturedData.prefix },
    filter: filter?._condition,
    recordFormat: format?._settings,
    transformations: transformations.length > 0 ? transformations.map(({ _settings }) => _settings) : undefined,
    windowHours: spec.frequency.intervalHours,
    baseline: {
      statistics: { bucket: baseline.statisticsBucket.bucketName, key: statisticsKeyOf(baseline) },
      constraints: { bucket: baseline.constraintsBucket.bucketName, key: baseline.constraintsKey },
    },
    ...settings,
    excludedFeatures: excludedFeatures.length > 0 ? excludedFeatures : undefined,
    alert: spec.alertPolicy?._settings,
    output: { bucket: spec.reports.bucket.bucketName, prefix: spec.reports.prefix },
    runMetrics,
    featureMetrics,
    eventBus: spec.eventBus?.eventBusArn,
  };
}

interface ScheduleParts {
  readonly machine: AnalysisMachine;
  readonly frequency: MonitoringFrequency;
  readonly request: MonitorRequest;
}

/**
 * A start that could not be made lies in the stack's dead-letter queue, with the request of the run.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
function schedule(scope: Construct, { machine, frequency, request }: ScheduleParts): scheduler.CfnSchedule {
  return new scheduler.CfnSchedule(scope, 'Schedule', {
    description: `Runs the monitor ${request.monitor.id}`,
    scheduleExpression: `cron(${startMinute(request.monitor.id)} ${hoursField(frequency)} * * ? *)`,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: machine.stateMachine.stateMachineArn,
      roleArn: machine.schedulerRole.roleArn,
      input: Stack.of(scope).toJsonString(request),
      retryPolicy: { maximumEventAgeInSeconds: 1800, maximumRetryAttempts: 5 },
      deadLetterConfig: { arn: deadLetterQueue(scope).queueArn },
    },
  });
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */ function hoursField({
  intervalHours,
  startHour,
}: MonitoringFrequency): string {
  if (intervalHours === 1) return '*';
  return intervalHours === 24 ? `${startHour}` : `${startHour}/${intervalHours}`;
}

/** The same for each synthesis: it follows from the monitor's id. */
function startMinute(monitorId: string): number {
  const [byte] = createHash('sha256').update(monitorId).digest();
  return FIRST_START + (byte % START_MINUTES);
}
