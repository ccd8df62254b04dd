import type { MonitoringExecution } from '../../cloud/account/sagemaker/monitoring-executions';
import { isMembers } from '../../cloud/members';
import { counted } from '../../kind/counted';
import { OUR_ANALYZER } from '../containers/container-end';
import { type Facts, type Link, met, rehearsedMonitors, unmet } from './facts';

/** Monitors are there whose runs are rehearsed, and their executions began. */
export const monitoringSchedule: Link = (facts) => {
  const name = 'monitoring schedule';
  const monitors = rehearsedMonitors(facts);
  if (monitors.length === 0) {
    return unmet(name, 'no AWS::SageMaker::MonitoringSchedule has runs that can be rehearsed');
  }
  const executions = executionsOf(facts);
  return executions.length === 0
    ? unmet(name, 'no monitoring schedule was due in the rehearsed hours: rehearse more hours of traffic')
    : met(name, `${counted(executions.length, 'execution')} of ${counted(monitors.length, 'monitor')} begun`);
};

/** The jobs of executions read the data and wrote their reports, with the role of the monitor. */
export const execution: Link = (facts) => {
  const executions = executionsOf(facts);
  const failed = executions.find(
    ({ status, processingJobArn }) => status === 'Failed' && processingJobArn !== undefined,
  );
  if (failed !== undefined) {
    return unmet('execution', `of ${failed.scheduledTime.toISOString()}: ${failed.failureReason ?? 'no reason'}`);
  }
  const completed = executions.filter(({ status }) => status.startsWith('Completed'));
  return completed.length === 0
    ? unmet('execution', `no execution found captured data: ${executions[0]?.failureReason ?? 'none has ended'}`)
    : met(
        'execution',
        `${counted(completed.length, 'job')} completed; their containers' work was done by ${OUR_ANALYZER}`,
      );
};

/** What executions came to was told: SageMaker itself tells nobody. */
export const reconciler: Link = (facts) => {
  const name = 'reconciler';
  const runs = facts.recorded.invocations.filter(({ event }) => isMembers(event) && event.reconcilerId !== undefined);
  const lastRun = runs.at(-1)?.time ?? '';
  if (runs.length === 0) {
    return unmet(name, 'nothing looks at ended executions: no AWS::Scheduler::Schedule started the reconciler');
  }
  const due = executionsOf(facts).filter((one) => hasEnded(one) && one.lastModifiedTime.toISOString() < lastRun);
  const untold = due.find((one) => !isTold(facts, one));
  if (untold === undefined) {
    return met(name, `${counted(due.length, 'ended execution')} concluded in ${counted(runs.length, 'run')}`);
  }
  const error = runs.find((run) => run.error !== undefined)?.error;
  const denied = facts.recorded.denied.at(-1);
  const why = denied === undefined ? error : `${denied.action} on ${denied.resource} is denied: ${denied.reason}`;
  const which = `the execution of ${untold.scheduledTime.toISOString()}`;
  return unmet(
    name,
    `${which} was not concluded: ${why ?? 'its schedule is not among the monitors that are expected'}`,
  );
};

function executionsOf(facts: Facts): MonitoringExecution[] {
  const names = rehearsedMonitors(facts).map(({ scheduleName }) => scheduleName);
  return facts.executions.filter(({ scheduleName }) => names.includes(scheduleName));
}

function hasEnded({ status }: MonitoringExecution): boolean {
  return status === 'Failed' || status.startsWith('Completed');
}

/** The event's window ends when the execution was scheduled, and the report lies in its schedule's folder. */
function isTold({ windows }: Facts, { scheduleName, scheduledTime }: MonitoringExecution): boolean {
  return windows.some(
    ({ outcome }) =>
      Date.parse(outcome.windowEnd) === scheduledTime.getTime() && outcome.reportUri.includes(`/${scheduleName}/`),
  );
}
