import { createHash } from 'node:crypto';
import type { Authorizer } from './authorizer';
import type { Functions } from './functions';
import type { Machines } from './machines';
import type { Recorder } from './recorder';
import { dueTimes, firstDue, parseSchedule } from './schedule-expression';
import type { Simulation } from './simulation';
import { serviceOf } from './targets';

/** A schedule of EventBridge Scheduler. */
export interface Schedule {
  readonly arn: string;
  readonly groupArn: string;
  readonly name: string;
  readonly expression: string;
  /** by whose clocks the expression is meant; UTC where absent */
  readonly timeZone?: string;
  readonly enabled: boolean;
  readonly target: { readonly arn: string; readonly roleArn: string; readonly input: string };
}

/** What schedules start things with. */
export interface SchedulesProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  readonly functions: Functions;
  readonly machines: Machines;
}

const SCHEDULER = 'scheduler.amazonaws.com';
const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far is looked ahead: a week that is a clock's change longer. */
const MOST_DAYS = 8;

/** EventBridge Scheduler: starts state machines and functions with the role of each schedule. */
export class Schedules {
  private readonly schedules: Schedule[] = [];
  /** since when each exists, by ARN: a change in place does not begin it anew */
  private readonly begun = new Map<string, number>();
  private isLive = false;

  public constructor(private readonly props: SchedulesProps) {}

  public add(schedule: Schedule): void {
    parseSchedule(schedule.expression, 0, schedule.timeZone); // an unknown expression fails the deployment
    this.schedules.push(schedule);
    if (this.isLive) this.goLive(schedule);
  }

  /** From now on each fires whenever it is due, while stacks are deployed, too: nothing needs to be planned. */
  public live(): void {
    this.isLive = true;
    for (const schedule of this.schedules) this.goLive(schedule);
  }

  /** What it has planned does not happen any more. */
  public remove(arn: string): void {
    this.schedules.splice(0, this.schedules.length, ...this.schedules.filter((schedule) => schedule.arn !== arn));
  }

  public all(): readonly Schedule[] {
    return this.schedules;
  }

  /** Plans every due time from `start` up to `end`, epoch milliseconds. */
  public plan(start: number, end: number): void {
    if (this.isLive) return;
    for (const schedule of this.schedules.filter(({ enabled }) => enabled)) {
      const due = parseSchedule(schedule.expression, start, schedule.timeZone);
      for (const time of dueTimes(due, start, end)) {
        this.props.simulation.at(time, () => this.fire(schedule, time));
      }
    }
  }

  private goLive(schedule: Schedule): void {
    const { simulation } = this.props;
    const now = simulation.now.getTime();
    const begin = this.begun.get(schedule.arn) ?? now;
    this.begun.set(schedule.arn, begin);
    const due = parseSchedule(schedule.expression, begin, schedule.timeZone);
    const next = (from: number): void => {
      const time = firstDue(due, from, from + MOST_DAYS * DAY);
      if (time === undefined || !schedule.enabled) return;
      simulation.at(time, async () => {
        if (!this.schedules.includes(schedule)) return;
        next(time + MINUTE);
        await this.fire(schedule, time);
      });
    };
    next(now);
  }

  private async fire(schedule: Schedule, time: number): Promise<void> {
    if (!this.schedules.includes(schedule)) {
      return;
    }
    const { arn: from, target } = schedule;
    const id = createHash('sha256').update(`${from} ${time}`).digest('hex').slice(0, 32);
    const input = withContext(target.input, { schedule, time, id });
    const refusal = this.refusal(schedule) ?? (await this.start(schedule, input, id));
    const delivered = refusal === undefined;
    const reason = refusal ?? 'allowed';
    this.props.recorder.deliveries.push({ time: this.props.recorder.time, from, to: target.arn, delivered, reason });
    if (!delivered) {
      this.props.recorder.problem(
        'schedule',
        `${this.props.recorder.title(from)} could not start its target`,
        `${target.arn}: ${reason}`,
      );
    }
  }

  /** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html (the group is the source) */
  private refusal({ groupArn, target }: Schedule): string | undefined {
    const { authorizer } = this.props;
    const action = serviceOf(target.arn) === 'states' ? 'states:StartExecution' : 'lambda:InvokeFunction';
    return (
      authorizer.refuseAssume({ service: SCHEDULER, roleArn: target.roleArn, sourceArn: groupArn }, 'schedule') ??
      authorizer.refuseRole(target.roleArn, { action, resource: target.arn }, 'schedule')
    );
  }

  private async start({ arn, target }: Schedule, input: string, id: string): Promise<string | undefined> {
    const { functions, machines, recorder } = this.props;
    recorder.happened('schedule', `${recorder.title(arn)} is due`, recorder.title(target.arn));
    if (serviceOf(target.arn) === 'states') {
      machines.start({ arn: target.arn, name: id, input, startedBy: arn });
      return undefined;
    }
    return functions.invokeAsynchronously(target.arn, JSON.parse(input), arn).then(
      () => undefined,
      (error: Error) => error.message,
    );
  }
}

/**
 * The target's input with the context attributes filled in.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
function withContext(input: string, { schedule, time, id }: { schedule: Schedule; time: number; id: string }): string {
  const values: Record<string, string> = {
    'schedule-arn': schedule.arn,
    'scheduled-time': new Date(time).toISOString().replace('.000Z', 'Z'),
    'execution-id': id,
    'attempt-number': '1',
  };
  return input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, name: string) => values[name] ?? whole);
}
