import type { Assembly, AssemblyStack } from '../cloud/deployment/assembly';
import { isMembers, type Members } from '../cloud/members';
import { TemplateResolver } from '../cloud/semantics/intrinsics/intrinsics';
import { MONITOR_TAG } from '../core/contract';
import { PAGE_BUCKETS } from '../engine/page/contract';
import type { ReconcileEvent } from '../engine/reconciler/contract';
import type { MonitorRequest } from '../engine/serverless/contract';
import { metricNames, type TrainingWatchRequest } from '../training/contract';
import { type BilledMonitor, billedReading, endpointMemories } from './billed-monitor';

/** What costs something in an app that monitors. */
export interface AppParts {
  readonly monitors: readonly BilledMonitor[];
  /** that look for missed runs, one a stack */
  readonly watchers: number;
  /** watches of trainings that look at those under way */
  readonly trainingWatches: number;
  /** metrics that those look at for each training job, each time anew */
  readonly trainingMetrics: number;
  /** as they are billed: one for each metric that they watch */
  readonly alarms: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  /** custom metrics of monitors, front doors and watchers, each by the share of hours in which it is published */
  readonly metrics: number;
  readonly isArm: boolean;
  /** whether each run leaves a page */
  readonly hasPages: boolean;
  /** resources that say on a bill which monitor they are of */
  readonly tagged: number;
}

/** Metrics of single runs that are published on request: `Completed`, `Failed`, `NoData`, `Missed`. */
const RUN_METRICS = 4;

/** Of what a model's quality is a sign of: `ConceptDrift`, `ModelDecay`. */
const SIGNAL_METRICS = 2;

/** Reads the templates of a synthesized app: each watcher is told of all monitors of its stack. */
export function appParts({ stacks }: Pick<Assembly, 'stacks'>): AppParts {
  const resources = stacks.flatMap(resourcesOf);
  const ofType = (type: string) => resources.filter((one) => one.type === type).map(({ properties }) => properties);
  const inputs = ofType('AWS::Scheduler::Schedule').flatMap(inputOf);
  const watchers = inputs.filter(isWatch);
  const monitors = watchers.flatMap((watcher) => watcher.monitors);
  const requests = inputs.filter(isRun);
  const readings = readingsOf(requests, endpointMemories(resources));
  const looks = inputs.filter(isLook);
  return {
    monitors: monitors.map(({ id, engine, kind, everyHours: hours }) => ({ engine, kind, hours, ...readings.get(id) })),
    watchers: watchers.length,
    trainingWatches: looks.length,
    trainingMetrics: looks.reduce((sum, { settings: { checks = [] } }) => sum + metricNames(checks).length, 0),
    alarms: ofType('AWS::CloudWatch::Alarm').reduce((sum, alarm) => sum + billedMetrics(alarm), 0),
    compositeAlarms: ofType('AWS::CloudWatch::CompositeAlarm').length,
    dashboards: ofType('AWS::CloudWatch::Dashboard').length,
    metrics: watchers.length + publishedMetrics(monitors, requests),
    isArm: ofType('AWS::Lambda::Function').some(({ Architectures }) => JSON.stringify(Architectures) === '["arm64"]'),
    tagged: resources.filter(({ properties }) => JSON.stringify(properties.Tags ?? []).includes(MONITOR_TAG)).length,
    hasPages: ofType('AWS::Events::Rule').some(({ Targets }) => JSON.stringify(Targets ?? []).includes(PAGES)),
  };
}

/** In the template of an input, whose quotes are escaped. */
const PAGES = JSON.stringify(`"${PAGE_BUCKETS}":`).slice(1, -1);

type Expected = ReconcileEvent['monitors'][number];

/** Of monitors: their own, those of single runs, of features, of signals and of two variants beside each other, and one of each front door. Who runs once a day publishes in one hour of 24. */
function publishedMetrics(monitors: readonly Expected[], requests: readonly MonitorRequest[]): number {
  const asked = new Map(
    requests.map(({ monitor, featureMetrics, signalMetrics, variants }) => [
      monitor.id,
      featureMetrics.length + (signalMetrics ? SIGNAL_METRICS : 0) + (variants?.comparison?.metric ? 1 : 0),
    ]),
  );
  const doors = new Map<string, number>();
  let count = 0;
  for (const { id, monitoringId = id, everyHours, runMetrics } of monitors) {
    const share = publishedShare(everyHours);
    doors.set(monitoringId, Math.max(share, doors.get(monitoringId) ?? 0));
    count += share * (1 + (runMetrics ? RUN_METRICS : 0) + (asked.get(id) ?? 0));
  }
  return [...doors.values()].reduce((sum, share) => sum + share, count);
}

/**
 * The share of hours in which a metric is published of runs that are so many hours apart: what is billed of it.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/ (custom metrics are prorated by the hour, and metered when they are sent)
 */
export const publishedShare = (everyHours: number): number => 1 / Math.max(1, everyHours);

/** What the runs of requests read, by the ids of their monitors. */
function readingsOf(
  requests: readonly MonitorRequest[],
  memories: ReadonlyMap<string, number>,
): ReadonlyMap<string, Pick<BilledMonitor, 'reading'>> {
  const memoryOf = (endpointName: string) => memories.get(endpointName);
  return new Map(requests.map((request) => [request.monitor.id, { reading: billedReading(request, memoryOf) }]));
}

/**
 * An alarm is billed by the metrics that it looks at; the two edges of a band of anomalies are metrics.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
function billedMetrics({ Metrics: metrics, ThresholdMetricId: band }: Members): number {
  if (!Array.isArray(metrics)) return 1;
  const watched = metrics.filter((item) => isMembers(item) && item.MetricStat !== undefined).length;
  return band === undefined ? watched : watched + 2;
}

const isWatch = (input: Members): input is Members & ReconcileEvent => typeof input.reconcilerId === 'string';

/** Of a watch of trainings, on the schedule by which it looks at those under way. */
const isLook = (input: Members): input is Members & TrainingWatchRequest =>
  isMembers(input.settings) && Array.isArray(input.settings.stopOn);

const isRun = (input: Members): input is Members & MonitorRequest => input.mode === 'monitor';

interface TypedResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Members;
}

function resourcesOf(stack: AssemblyStack): TypedResource[] {
  const resolver = new TemplateResolver({
    template: stack.template,
    pseudo: {
      region: stack.region ?? 'us-east-1',
      accountId: stack.accountId ?? '123456789012',
      stackName: stack.name,
    },
    parameters: { BootstrapVersion: '6' },
    exports: new Proxy({}, { has: () => true, get: (_, name) => String(name), getOwnPropertyDescriptor: described }),
    lookup: { ref: (id) => id, getAtt: (id, name) => `${id}.${name}` },
  });
  const resources = isMembers(stack.template.Resources) ? stack.template.Resources : {};
  return Object.entries(resources).map(([id, resource]) => ({
    id,
    type: isMembers(resource) ? String(resource.Type) : '',
    properties: resolver.properties(id),
  }));
}

/** Of an export of another stack, which has its name for a value: what it is plays no part here. */
const described = (_: object, name: string | symbol) => ({ value: String(name), configurable: true, enumerable: true });

function inputOf({ Target: target }: Members): Members[] {
  const input: unknown = isMembers(target) && typeof target.Input === 'string' ? parsed(target.Input) : undefined;
  return isMembers(input) ? [input] : [];
}

/** Of a schedule that is not this library's, the input may be any text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
