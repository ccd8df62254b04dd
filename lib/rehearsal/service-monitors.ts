import type { Account } from '../cloud/account/account';
import { endpointOf } from '../cloud/account/sagemaker/inventory';
import { addressOf } from '../cloud/account/sagemaker/job-storage';
import { baselineUri } from '../cloud/account/sagemaker/monitoring-job';
import type { MonitoringSchedule } from '../cloud/account/sagemaker/monitoring-schedules';
import { isMembers, type Members } from '../cloud/members';
import type { ObjectAddress } from '../cloud/stand-in/object-store';
import type { CapturedPlace } from './captured-place';
import { PLACEHOLDER } from './containers/jobs';
import { definitionObstacle } from './containers/obstacles';

/** A monitor that SageMaker Model Monitor runs: one of its schedules. */
export interface ServiceMonitor {
  readonly scheduleName: string;
  readonly scheduleArn: string;
  /** what it goes by */
  readonly title: string;
  /** why its runs cannot be rehearsed; absent when they can */
  readonly obstacle?: string;
  readonly endpointName?: string;
  /** where its endpoint captures; absent where that is not deployed with the app */
  readonly capture?: CapturedPlace;
  /** the files that its runs are compared with; those of some kinds have no statistics */
  readonly baseline: { readonly statistics?: ObjectAddress; readonly constraints?: ObjectAddress };
}

/** Virtual seconds from the full hour to the job of an execution: the service begins it up to 20 minutes late. */
const LATE_SECONDS = 600;

/** The monitors that SageMaker runs in an account. */
export function serviceMonitors(account: Account): ServiceMonitor[] {
  return account.sageMaker.schedules.all().map((schedule) => serviceMonitor(account, schedule));
}

function serviceMonitor(account: Account, schedule: MonitoringSchedule): ServiceMonitor {
  const { inventory } = account.sageMaker;
  const definition = inventory.definitionOf(schedule.config);
  const address = (uri: string | undefined) => (uri === undefined ? undefined : addressOf(uri));
  const statistics = address(baselineUri(definition, 'StatisticsResource'));
  const constraints = address(baselineUri(definition, 'ConstraintsResource'));
  const obstacle = obstacleOf(account, definition, constraints);
  const endpointName = endpointOf(definition);
  const captured = address(endpointName === undefined ? undefined : inventory.capturedBy(endpointName));
  return {
    scheduleName: schedule.name,
    scheduleArn: schedule.arn,
    title: account.recorder.title(schedule.arn).replace(/\/Schedule$/, ''),
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(endpointName === undefined ? {} : { endpointName }),
    ...(captured === undefined ? {} : { capture: { bucket: captured.bucket, prefix: captured.key } }),
    baseline: { ...(statistics && { statistics }), ...(constraints && { constraints }) },
  };
}

function obstacleOf(
  { objects, sageMaker: { inventory } }: Account,
  definition: Members,
  constraints: ObjectAddress | undefined,
): string | undefined {
  const endpointName = endpointOf(definition);
  const found = definitionObstacle(definition);
  if (found !== undefined) {
    return found;
  }
  if (endpointName !== undefined && inventory.capturedBy(endpointName) === undefined) {
    return `endpoint ${endpointName} is not part of the app, and only its configuration says where it captures`;
  }
  const file = constraints && objects.get(constraints.bucket, constraints.key);
  const content: unknown = file && JSON.parse(file.toString('utf8'));
  const reason = isMembers(content) ? content[PLACEHOLDER] : undefined;
  return typeof reason === 'string' ? `its baseline was not computed: ${reason}` : undefined;
}

/** Lets the executions of monitors begin when they are due; those that cannot be rehearsed stay Pending. */
export function planExecutions(account: Account, start: number, end: number): void {
  for (const { scheduleName: name, title, obstacle } of serviceMonitors(account)) {
    const planOf = () => {
      const why = obstacle === undefined ? undefined : `not rehearsed: ${obstacle}`;
      account.recorder.happened('schedule', `${title} is due`, why);
      return obstacle === undefined
        ? ({ outcome: 'AsItsJob', pendingSeconds: LATE_SECONDS } as const)
        : ({ outcome: 'Pending' } as const);
    };
    account.sageMaker.schedules.plan({ name, start, end, planOf });
  }
}
