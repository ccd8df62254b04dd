import { RehearsalError } from '../rehearsal-error';

/** Something that happens at a virtual time. */
interface Task {
  /** epoch milliseconds */
  readonly time: number;
  /** tells tasks of the same time apart: first come, first served */
  readonly order: number;
  readonly run: () => Promise<void> | void;
}

/** The most tasks that one rehearsal runs; more of them is a loop of events that feeds itself. */
const TASK_LIMIT = 1_000_000;

/** Virtual time: tasks run one after the other, in the order of their times; time passes only between and by tasks. */
export class Simulation {
  private readonly tasks: Task[] = [];
  private order = 0;
  private count = 0;

  /** `now` in epoch milliseconds, virtual. */
  public constructor(private time: number) {}

  public get now(): Date {
    return new Date(this.time);
  }

  /** Lets time pass within a task. */
  public pass(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** Runs the task `milliseconds` from now. */
  public after(milliseconds: number, run: Task['run']): void {
    this.at(this.time + milliseconds, run);
  }

  /** Runs the task at a time in epoch milliseconds; at once when that is past. */
  public at(time: number, run: Task['run']): void {
    const task = { time, order: this.order++, run };
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tasks[middle]?.time ?? 0) > time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    this.tasks.splice(low, 0, task); // descending: the next task is the last one
  }

  /** Runs all tasks before `end` (epoch milliseconds), then stands at `end`; without `end`, until no task is left. */
  public async run(end = Number.POSITIVE_INFINITY): Promise<void> {
    for (let task = this.tasks.at(-1); task !== undefined && task.time < end; task = this.tasks.at(-1)) {
      this.tasks.pop();
      this.count++;
      if (this.count > TASK_LIMIT) {
        throw new RehearsalError(
          'EndlessEvents',
          `more than ${TASK_LIMIT} things happened: events seem to cause each other without end`,
        );
      }
      this.time = Math.max(this.time, task.time);
      await task.run();
    }
    if (Number.isFinite(end)) {
      this.time = Math.max(this.time, end);
    }
  }
}
