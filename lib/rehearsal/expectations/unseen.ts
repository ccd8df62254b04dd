import { labelledRequests } from '../labels';
import type { Unseen } from '../result';
import { alarmActions, type Facts, isDigest, isPage } from './facts';
import { gates, leadsToPipeline } from './retraining-links';

/** What the rehearsal says nothing about: links that the app lacks, and monitors whose runs are not rehearsed. */
export function unseen(facts: Facts): Unseen[] {
  return [
    ...facts.serviceMonitors.flatMap((monitor): Unseen[] => {
      const detail = monitor.obstacle ?? notDue(facts, monitor.scheduleName);
      return detail === undefined ? [] : [{ name: monitor.title, why: 'not rehearsed', detail }];
    }),
    ...(facts.hasLabels ? [] : labelledRequests(facts.requests).map(({ monitor }) => withoutLabels(monitor.id))),
    ...(facts.outsideSubnets.length === 0 ? [] : [unknownNetwork(facts.outsideSubnets)]),
    ...(hasAlarmActions(facts)
      ? []
      : [lacks('alarm action', 'no alarm tells anybody: no notificationTopic, no action')]),
    ...(hasDigest(facts) ? [] : [lacks('digest', 'no rule sends what a run found to a topic')]),
    ...(hasRetraining(facts) ? [] : [lacks('retraining', 'no RetrainingTrigger, and no rule starts a pipeline')]),
  ];
}

const lacks = (name: string, detail: string): Unseen => ({ name, why: 'lacks', detail });

const withoutLabels = (name: string): Unseen => ({
  name,
  why: 'not rehearsed',
  detail:
    'the traffic has no labels, so each label is what the model said: name their column by --label-column, or their file by --labels',
});

const unknownNetwork = (subnets: readonly string[]): Unseen => ({
  name: 'network',
  why: 'not rehearsed',
  detail: `the VPC of ${subnets.join(', ')} is not part of the app: it is taken to lead to every service that functions call, which docs/network.md lists`,
});

function notDue({ executions }: Facts, scheduleName: string): string | undefined {
  const began = executions.some((execution) => execution.scheduleName === scheduleName);
  return began ? undefined : 'it was not due in the rehearsed hours';
}

/** Whether one of the monitors' alarms tells anybody. */
export function hasAlarmActions(facts: Facts): boolean {
  return alarmActions(facts).length > 0;
}

/** Whether one of the monitors' alarms tells a topic. */
export function hasTopic(facts: Facts): boolean {
  return alarmActions(facts).some((arn) => arn.split(':')[2] === 'sns');
}

/** Whether what a run found is sent in words. */
export function hasDigest({ rules }: Facts): boolean {
  return rules.some(({ targets }) => targets.some(isDigest));
}

/** Whether what a run found is drawn. */
export function hasPages({ rules }: Facts): boolean {
  return rules.some(({ targets }) => targets.some(isPage));
}

/** Whether anything is there that starts a pipeline. */
export function hasRetraining(facts: Facts): boolean {
  return gates(facts).length > 0 || facts.rules.some(({ targets }) => targets.some(leadsToPipeline));
}
