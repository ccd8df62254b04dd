import type { Authorizer } from '../account/authorizer';
import type { MonitoringExecution, MonitoringExecutions } from '../account/sagemaker/monitoring-executions';
import type { MonitoringSchedule, MonitoringSchedules } from '../account/sagemaker/monitoring-schedules';
import { type Members, textMember } from '../members';
import { isBetween, page, sorted } from './page';
import { operation } from './sagemaker-jobs';
import type { Caller, JsonOperation } from './service';

/** What the operations work on. */
export interface ScheduleOperationsProps {
  readonly schedules: MonitoringSchedules;
  readonly executions: MonitoringExecutions;
  readonly authorizer: Authorizer;
}

type Key<T> = (item: T) => string | number;

const EXECUTION_KEYS: Readonly<Record<string, Key<MonitoringExecution>>> = {
  CreationTime: ({ creationTime }) => creationTime.getTime(),
  ScheduledTime: ({ scheduledTime }) => scheduledTime.getTime(),
  Status: ({ status }) => status,
};
const SCHEDULE_KEYS: Readonly<Record<string, Key<MonitoringSchedule>>> = {
  Name: ({ name }) => name,
  CreationTime: ({ creationTime }) => creationTime.getTime(),
  Status: ({ status }) => status,
};
const CREATED = ['CreationTimeAfter', 'CreationTimeBefore'] as const;
const MODIFIED = ['LastModifiedTimeAfter', 'LastModifiedTimeBefore'] as const;
const SCHEDULED = ['ScheduledTimeAfter', 'ScheduledTimeBefore'] as const;

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListMonitoringExecutions.html (10 a page) */
const PAGE_SIZE = 10;

/**
 * SageMaker monitoring schedules and their executions. List operations have no resource in IAM.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export function scheduleOperations(props: ScheduleOperationsProps): Record<string, JsonOperation> {
  const { schedules } = props;
  const onOne = (name: string, run: (scheduleName: string) => Members): JsonOperation =>
    operation(name, (input, caller) => {
      const scheduleName = textMember(input, 'MonitoringScheduleName', name);
      const resource = schedules.arnOf(scheduleName);
      props.authorizer.require(caller, { action: `sagemaker:${name}`, resource });
      return run(scheduleName);
    });
  const done = (change: (name: string) => void) => (name: string) => {
    change(name);
    return {};
  };
  return {
    DescribeMonitoringSchedule: onOne('DescribeMonitoringSchedule', (name) => schedules.describe(schedules.get(name))),
    StartMonitoringSchedule: onOne(
      'StartMonitoringSchedule',
      done((name) => schedules.start(name)),
    ),
    StopMonitoringSchedule: onOne(
      'StopMonitoringSchedule',
      done((name) => schedules.stop(name)),
    ),
    DeleteMonitoringSchedule: onOne(
      'DeleteMonitoringSchedule',
      done((name) => schedules.delete(name)),
    ),
    ListMonitoringSchedules: operation('ListMonitoringSchedules', (input, caller) =>
      listSchedules(input, caller, props),
    ),
    ListMonitoringExecutions: operation('ListMonitoringExecutions', (input, caller) =>
      listExecutions(input, caller, props),
    ),
  };
}

function listSchedules(input: Members, caller: Caller, { schedules, authorizer }: ScheduleOperationsProps): Members {
  authorizer.require(caller, { action: 'sagemaker:ListMonitoringSchedules', resource: '*' });
  const filters = {
    EndpointName: 'EndpointName',
    MonitoringJobDefinitionName: 'MonitoringJobDefinitionName',
    MonitoringTypeEquals: 'MonitoringType',
    StatusEquals: 'MonitoringScheduleStatus',
  };
  const items = schedules
    .all()
    .filter((schedule) => matches(input, schedules.summary(schedule), filters))
    .filter(({ name }) => input.NameContains === undefined || name.includes(String(input.NameContains)))
    .filter(({ creationTime }) => isBetween(input, creationTime, CREATED))
    .filter(({ lastModifiedTime }) => isBetween(input, lastModifiedTime, MODIFIED));
  const summary = (schedule: MonitoringSchedule) => schedules.summary(schedule);
  const inOrder = sorted(input, items, SCHEDULE_KEYS[String(input.SortBy ?? 'CreationTime')]);
  return page(input, { items: inOrder, member: 'MonitoringScheduleSummaries', size: PAGE_SIZE, summary });
}

function listExecutions(input: Members, caller: Caller, { executions, authorizer }: ScheduleOperationsProps): Members {
  authorizer.require(caller, { action: 'sagemaker:ListMonitoringExecutions', resource: '*' });
  const filters = {
    MonitoringScheduleName: 'MonitoringScheduleName',
    EndpointName: 'EndpointName',
    MonitoringJobDefinitionName: 'MonitoringJobDefinitionName',
    MonitoringTypeEquals: 'MonitoringType',
    StatusEquals: 'MonitoringExecutionStatus',
  };
  const items = executions
    .all()
    .filter((execution) => matches(input, executions.summary(execution), filters))
    .filter(({ scheduledTime }) => isBetween(input, scheduledTime, SCHEDULED))
    .filter(({ creationTime }) => isBetween(input, creationTime, CREATED))
    .filter(({ lastModifiedTime }) => isBetween(input, lastModifiedTime, MODIFIED));
  const summary = (execution: MonitoringExecution) => executions.summary(execution);
  const inOrder = sorted(input, items, EXECUTION_KEYS[String(input.SortBy ?? 'CreationTime')]);
  return page(input, { items: inOrder, member: 'MonitoringExecutionSummaries', size: PAGE_SIZE, summary });
}

/** Whether a summary has what the input's filters ask for; `filters` names the summary's member by the input's. */
function matches(input: Members, summary: Members, filters: Readonly<Record<string, string>>): boolean {
  return Object.entries(filters).every(
    ([name, member]) => input[name] === undefined || input[name] === summary[member],
  );
}
