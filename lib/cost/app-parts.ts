import type { Assembly, AssemblyStack } from '../cloud/deployment/assembly';
import { isMembers, type Members } from '../cloud/members';
import { TemplateResolver } from '../cloud/semantics/intrinsics/intrinsics';
import type { MonitorRequest } from '../engine/serverless/contract';

/** What costs something in an app that monitors. */
export interface AppParts {
  /** on `serverless()`, each with the hours between its runs */
  readonly monitors: readonly { readonly id: string; readonly hours: number }[];
  /** on Model Monitor: schedules, by their cron expressions */
  readonly schedules: readonly string[];
  /** that look for missed runs, one a stack */
  readonly watchers: number;
  readonly alarms: number;
  /** custom metrics of monitors, front doors and watchers */
  readonly metrics: number;
  readonly isArm: boolean;
}

/** Metrics of single runs that are published on request: `Completed`, `Failed`, `NoData`, `Missed`. */
const RUN_METRICS = 4;

/** Reads the templates of a synthesized app. */
export function appParts({ stacks }: Pick<Assembly, 'stacks'>): AppParts {
  const resources = stacks.flatMap(resourcesOf);
  const ofType = (type: string) => resources.filter((one) => one.type === type).map(({ properties }) => properties);
  const requests = ofType('AWS::Scheduler::Schedule').flatMap(requestOf);
  const watchers = ofType('AWS::Scheduler::Schedule').length - requests.length;
  const frontDoors = new Set(requests.map(({ monitor }) => monitor.monitoringId ?? monitor.id));
  const schedules = ofType('AWS::SageMaker::MonitoringSchedule').map(cronOf);
  const asked = requests.reduce((sum, one) => sum + one.featureMetrics.length + (one.runMetrics ? RUN_METRICS : 0), 0);
  return {
    monitors: requests.map(({ monitor, windowHours }) => ({ id: monitor.id, hours: windowHours })),
    schedules,
    watchers,
    alarms: ofType('AWS::CloudWatch::Alarm').length,
    metrics: requests.length + schedules.length + frontDoors.size + watchers + asked,
    isArm: ofType('AWS::Lambda::Function').some(({ Architectures }) => JSON.stringify(Architectures) === '["arm64"]'),
  };
}

interface TypedResource {
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
    type: isMembers(resource) ? String(resource.Type) : '',
    properties: resolver.properties(id),
  }));
}

/** Of an export of another stack, which has its name for a value: what it is plays no part here. */
const described = (_: object, name: string | symbol) => ({ value: String(name), configurable: true, enumerable: true });

function requestOf({ Target: target }: Members): MonitorRequest[] {
  const input: unknown = isMembers(target) && typeof target.Input === 'string' ? JSON.parse(target.Input) : undefined;
  return isMembers(input) && input.mode === 'monitor' ? [input as unknown as MonitorRequest] : [];
}

function cronOf({ MonitoringScheduleConfig: config }: Members): string {
  const schedule = isMembers(config) && isMembers(config.ScheduleConfig) ? config.ScheduleConfig : {};
  return String(schedule.ScheduleExpression);
}
