import type { Alarm } from '../../cloud/account/alarms';
import type { EventRule } from '../../cloud/account/event-bus';
import type { LambdaFunction } from '../../cloud/account/functions';
import type { StateMachine } from '../../cloud/account/machines';
import type { Recorder } from '../../cloud/account/recorder';
import type { MonitoringExecution } from '../../cloud/account/sagemaker/monitoring-executions';
import type { EventTarget } from '../../cloud/account/targets';
import { type Members, textList } from '../../cloud/members';
import type { ObjectAddress } from '../../cloud/stand-in/object-store';
import { PAGE_BUCKETS } from '../../engine/page/contract';
import type { MonitorRequest } from '../../engine/serverless/contract';
import { DIGEST_TOPIC } from '../../notification/contract';
import { METRIC_NAMESPACE } from '../../outcome/contract';
import type { Expectation, RehearsalResult, WindowResult } from '../result';
import type { ServiceMonitor } from '../service-monitors';
import type { BaselinePlace } from '../windows';

/** What was deployed and what happened: all that expectations are decided by. */
export interface Facts {
  readonly expectDrift: boolean;
  /** whether the traffic says what should have been predicted */
  readonly hasLabels: boolean;
  /** why the deployment failed; undefined when it did not */
  readonly deploymentFailure: string | undefined;
  /** as they were synthesized */
  readonly templates: readonly Members[];
  /** of the serverless engine's monitors */
  readonly requests: readonly MonitorRequest[];
  /** of Model Monitor */
  readonly serviceMonitors: readonly ServiceMonitor[];
  readonly executions: readonly MonitoringExecution[];
  readonly baselinePlaces: readonly BaselinePlace[];
  /** the first of their files that is not there */
  readonly missingFile: ObjectAddress | undefined;
  readonly baseline: RehearsalResult['baseline'];
  readonly windows: readonly WindowResult[];
  readonly dashboards: RehearsalResult['dashboards'];
  readonly alarms: readonly Alarm[];
  readonly rules: readonly EventRule[];
  readonly machines: readonly StateMachine[];
  /** of functions, that no stack of the app has */
  readonly outsideSubnets: readonly string[];
  readonly functions: readonly LambdaFunction[];
  readonly schedules: readonly { readonly arn: string; readonly target: { readonly arn: string } }[];
  readonly recorded: Recorder;
}

/** A link of the chain: decides whether it held. */
export type Link = (facts: Facts) => Expectation;

/** The link held. */
export function met(name: string, detail: string): Expectation {
  return { name, met: true, detail };
}

/** The link did not hold: what is missing, and where to look. */
export function unmet(name: string, detail: string): Expectation {
  return { name, met: false, detail };
}

/** Monitors that found violations, by id. */
export function driftedMonitors({ windows }: Facts): string[] {
  const drifted = windows.filter(({ outcome }) => outcome.status === 'CompletedWithViolations');
  return [...new Set(drifted.map(({ outcome }) => outcome.monitorId))];
}

/** Monitors on Model Monitor whose runs are rehearsed. */
export function rehearsedMonitors({ serviceMonitors }: Facts): ServiceMonitor[] {
  return serviceMonitors.filter(({ obstacle }) => obstacle === undefined);
}

/** Whether a rule's target tells a topic what a run found: the input that is made for it names the topic. */
export function isDigest({ transformer }: EventTarget): boolean {
  return transformer?.template.includes(`"${DIGEST_TOPIC}"`) ?? false;
}

/** Whether a rule's target draws what a run found. */
export function isPage({ transformer }: EventTarget): boolean {
  return transformer?.template.includes(`"${PAGE_BUCKETS}"`) ?? false;
}

/** Whether a rule's target does nothing but show people what a run found. */
export function isForPeople(target: EventTarget): boolean {
  return isDigest(target) || isPage(target);
}

/** Whom the alarms of monitors, and of what watches them, tell. */
export function alarmActions({ alarms }: Facts): string[] {
  const ours = alarms.filter(({ props }) => JSON.stringify(props).includes(`"${METRIC_NAMESPACE}"`));
  return ours.flatMap(({ props, name }) => textList(props, 'AlarmActions', name));
}

/** What a pipeline's ARN or name ends with: its name. */
export function nameOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
