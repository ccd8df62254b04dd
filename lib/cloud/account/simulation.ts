import { CloudError } from '../cloud-error';

/** Something that happens at a virtual time. */
interface Task {
  /** epoch milliseconds */
  readonly time: number;
  /** tells tasks of the same time apart: first come, first served */
  readonly order: number;
  readonly run: () => Promise<void> | void;
}

/** Lets virtual milliseconds pass for one process, and other tasks run meanwhile. */
export type Sleep = (milliseconds: number) => Promise<void>;

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

  /**
   * Runs a process that may sleep; resolves when it sleeps for the first time or ends, and rejects when it fails before. While it
   * sleeps other tasks run; what it does after waking is a task of its own.
   */
  public spawn(body: (sleep: Sleep) => Promise<void>): Promise<void> {
    let part = withResolvers();
    const sleep: Sleep = (milliseconds) =>
      new Promise((wake) => {
        const slept = part;
        part = withResolvers();
        const next = part;
        this.after(milliseconds, () => {
          wake();
          return next.promise;
        });
        slept.resolve();
      });
    const first = part.promise;
    body(sleep).then(
      () => part.resolve(),
      (error: unknown) => part.reject(error),
    );
    return first;
  }

  /** Runs tasks until the condition holds or no task is left before `end` (epoch milliseconds); says whether it holds. */
  public async runUntil(condition: () => boolean, end = Number.POSITIVE_INFINITY): Promise<boolean> {
    while (!condition()) {
      const task = this.tasks.at(-1);
      if (task === undefined || task.time > end) {
        return false;
      }
      await this.runNext();
    }
    return true;
  }

  /** Runs all tasks before `end` (epoch milliseconds), then stands at `end`; without `end`, until no task is left. */
  public async run(end = Number.POSITIVE_INFINITY): Promise<void> {
    for (let task = this.tasks.at(-1); task !== undefined && task.time < end; task = this.tasks.at(-1)) {
      await this.runNext();
    }
    if (Number.isFinite(end)) {
      this.time = Math.max(this.time, end);
    }
  }

  private async runNext(): Promise<void> {
    const task = this.tasks.pop();
    if (task === undefined) {
      return;
    }
    this.count++;
    if (this.count > TASK_LIMIT) {
      throw new CloudError(
        'EndlessEvents',
        `more than ${TASK_LIMIT} things happened: events seem to cause each other without end`,
      );
    }
    this.time = Math.max(this.time, task.time);
    await task.run();
  }
}

interface Resolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

function withResolvers(): Resolvers {
  let resolve: Resolvers['resolve'] = () => undefined;
  let reject: Resolvers['reject'] = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    [resolve, reject] = [onResolve, onReject];
  });
  return { promise, resolve, reject };
}
