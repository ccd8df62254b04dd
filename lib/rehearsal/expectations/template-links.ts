import { isMembers, type Members } from '../../cloud/members';
import { PAGE_BUCKETS } from '../../engine/page/contract';
import { DIGEST_TOPIC } from '../../notification/contract';
import { EVENT_SOURCE, METRIC_NAMESPACE, METRICS } from '../../outcome/contract';
import { GATE_ENV } from '../../retraining/contract';
import type { Expectation } from '../result';
import { unmet } from './facts';

/** A resource as a template declares it, nothing resolved. */
interface Declared {
  readonly id: string;
  readonly type: string;
  readonly properties: Members;
}

/**
 * Links that the templates lack: for a deployment that failed, where nothing happened that could be looked at. What a missing resource was
 * referred to by makes the deployment fail, in the words of a reference that leads nowhere.
 */
export function missingLinks(templates: readonly Members[]): Expectation[] {
  const declared = templates.flatMap(resourcesOf);
  const of = (type: string) => declared.filter((resource) => resource.type === type);
  const missing: Expectation[] = [];
  const need = (present: boolean, name: string, detail: string) => {
    if (!present) missing.push(unmet(name, detail));
  };
  const alarms = of('AWS::CloudWatch::Alarm').filter(watchesViolations);
  const gates = functionsWith(declared, GATE_ENV.pipelineName);
  const rules = of('AWS::Events::Rule').filter((rule) => matchesOurEvents(rule) && !isForPeople(rule));
  const permissions = of('AWS::Lambda::Permission').filter(({ properties }) =>
    refersTo(properties.FunctionName, gates),
  );
  need(
    of('AWS::SageMaker::MonitoringSchedule').length > 0 || of('AWS::StepFunctions::StateMachine').some(hasMapState),
    'Map state',
    'no state machine has a Map state: nothing profiles the captured data',
  );
  need(alarms.length > 0, 'drift alarm', `no AWS::CloudWatch::Alarm watches ${METRIC_NAMESPACE} ${METRICS.violations}`);
  need(
    alarms.some(({ properties }) => Array.isArray(properties.AlarmActions)),
    'alarm action',
    'no drift alarm has AlarmActions',
  );
  need(of('AWS::SNS::TopicPolicy').length > 0, 'topic policy', 'no AWS::SNS::TopicPolicy lets alarms publish');
  need(rules.length > 0, 'rule', `no AWS::Events::Rule beside the digest's matches events of ${EVENT_SOURCE}`);
  need(
    rules.some(({ properties }) => refersTo(properties.Targets, gates)),
    'rule target',
    'no such rule has the gate among its Targets',
  );
  need(permissions.length > 0, 'gate permission', 'no AWS::Lambda::Permission lets EventBridge invoke the gate');
  const lacking = [
    ...(gates.length === 0 ? RETRAINING : []),
    ...(of('AWS::SNS::Topic').length === 0 ? NOTIFICATION : []),
  ];
  return missing.filter(({ name }) => !lacking.includes(name));
}

const RETRAINING = ['rule', 'rule target', 'gate permission'];
const NOTIFICATION = ['alarm action', 'topic policy'];

function resourcesOf(template: Members): Declared[] {
  const resources = isMembers(template.Resources) ? template.Resources : {};
  return Object.entries(resources).flatMap(([id, resource]) =>
    isMembers(resource)
      ? [{ id, type: String(resource.Type), properties: isMembers(resource.Properties) ? resource.Properties : {} }]
      : [],
  );
}

function watchesViolations({ properties }: Declared): boolean {
  const text = JSON.stringify(properties);
  return text.includes(`"${METRIC_NAMESPACE}"`) && text.includes(`"${METRICS.violations}"`);
}

/** The definition is a text inside intrinsics, its quotes escaped. */
function hasMapState({ properties }: Declared): boolean {
  return /Type\\*":\s*\\*"Map/.test(JSON.stringify(properties));
}

function matchesOurEvents({ properties }: Declared): boolean {
  return JSON.stringify(properties.EventPattern ?? {}).includes(`"${EVENT_SOURCE}"`);
}

/** Whether a rule does nothing but show people what was found. The input's template is a text inside intrinsics, its quotes escaped. */
function isForPeople({ properties }: Declared): boolean {
  const members = `${DIGEST_TOPIC}|${PAGE_BUCKETS}`;
  return new RegExp(`\\\\*"(${members})\\\\*":`).test(JSON.stringify(properties.Targets ?? null));
}

function functionsWith(declared: readonly Declared[], variable: string): string[] {
  const functions = declared.filter(({ type }) => type === 'AWS::Lambda::Function');
  return functions
    .filter(({ properties }) => JSON.stringify(properties.Environment ?? {}).includes(`"${variable}"`))
    .map(({ id }) => id);
}

function refersTo(value: unknown, ids: readonly string[]): boolean {
  const text = JSON.stringify(value ?? null);
  return ids.some((id) => text.includes(`"${id}"`));
}
