import { type ChildProcess, spawn } from 'node:child_process';
import { isMembers, type Members } from '../members';

/** How one function's process is started. */
export interface FunctionProcessProps {
  readonly functionName: string;
  readonly functionArn: string;
  /** absolute path of the module that exports the handler */
  readonly file: string;
  /** the export's name, usually `handler` */
  readonly exportName: string;
  /** the whole environment: nothing is inherited */
  readonly environment: Readonly<Record<string, string>>;
  /** paths of the two modules of function-runtime-source.ts */
  readonly preload: string;
  readonly runtime: string;
  /** real seconds that one call may take, as the function's Timeout */
  readonly timeoutSeconds: number;
  readonly memorySize: number;
}

/** How a function failed: `name` is the error's type, as Lambda's `errorType`. */
export class FunctionError extends Error {
  public constructor(
    name: string,
    message: string,
    /** the last lines that the process printed */
    public readonly log: string,
  ) {
    super(message);
    this.name = name;
  }
}

/** Real milliseconds that a process may take to load its module. */
const LOAD_TIMEOUT = 20_000;
/** Characters of output that are kept for a failure's report. */
const LOG_LENGTH = 4000;

/** A warm execution environment of one function: a process of its own that takes one call after the other. */
export class FunctionProcess {
  private child?: ChildProcess;
  private queue: Promise<unknown> = Promise.resolve();
  private log = '';
  private count = 0;
  private calls = 0;
  private isGone = false;
  /** sha256 of the file as the process read it, hexadecimal; known after the first call */
  public sha256?: string;

  /**
   * @param keep whether the process stays when an account lets it go: the next that has the same function finds it warm
   */
  public constructor(
    public readonly props: FunctionProcessProps,
    private readonly keep = false,
  ) {}

  /** Whether the process was started and has not ended. */
  public get isRunning(): boolean {
    return this.child !== undefined;
  }

  /** Calls the handler with the clock at `now`; rejects with a FunctionError. Calls wait for each other. */
  public invoke(event: unknown, now: Date): Promise<unknown> {
    this.calls++;
    const call = this.queue.then(() => this.call(event, now)).finally(() => this.calls--);
    this.queue = call.catch(() => undefined); // the caller has the rejection; the queue goes on
    return call;
  }

  /** An account has no more use for the process: it ends, unless it is to be kept and does nothing. */
  public release(): void {
    if (this.keep && this.calls === 0) return;
    this.isGone = true; // calls that wait begin no process anew
    this.stop();
  }

  /** Ends the process. */
  public stop(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private async call(event: unknown, now: Date): Promise<unknown> {
    await this.start();
    const { functionName, functionArn, timeoutSeconds, memorySize } = this.props;
    this.count++;
    const context = {
      functionName,
      invokedFunctionArn: functionArn,
      functionVersion: '$LATEST',
      awsRequestId: `00000000-0000-4000-8000-${String(this.count).padStart(12, '0')}`,
      memoryLimitInMB: String(memorySize),
      logGroupName: `/aws/lambda/${functionName}`,
      logStreamName: 'rehearsal',
      timeoutMilliseconds: timeoutSeconds * 1000,
    };
    const answer = await this.ask({ invoke: { event, now: now.getTime(), context } }, timeoutSeconds * 1000);
    return JSON.parse(String(answer.payload));
  }

  private async start(): Promise<void> {
    if (this.isGone) throw this.failure('Runtime.ExitError', 'the process is gone');
    if (this.child !== undefined) {
      return;
    }
    const { preload, runtime, environment, file, exportName } = this.props;
    this.log = '';
    const child = spawn(process.execPath, ['--no-warnings', '--import', preload, runtime], {
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    const keep = (text: Buffer) => {
      this.log = (this.log + text.toString('utf8')).slice(-LOG_LENGTH);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('exit', () => {
      if (this.child === child) {
        this.child = undefined;
      }
    });
    try {
      this.sha256 = String((await this.ask({ load: { file, exportName } }, LOAD_TIMEOUT)).sha256);
    } catch (error) {
      this.stop(); // the next call begins anew
      throw error;
    }
  }

  /** Sends one message and waits for its answer, for the end of the process, or for the end of the time. */
  private ask(message: Members, milliseconds: number): Promise<Members> {
    const child = this.child;
    if (child === undefined) {
      return Promise.reject(this.failure('Runtime.ExitError', 'the process is gone'));
    }
    return new Promise((resolve, reject) => {
      const done = (finish: () => void) => {
        clearTimeout(timer);
        child.removeListener('message', onMessage).removeListener('exit', onExit).removeListener('error', onError);
        finish();
      };
      const onMessage = (answer: unknown) => done(() => this.settle(answer, resolve, reject));
      const onExit = (code: number | null, signal: string | null) =>
        done(() =>
          reject(this.failure('Runtime.ExitError', `the process ended with ${signal ?? `exit status ${code}`}`)),
        );
      const onError = (error: Error) => done(() => reject(this.failure('Runtime.ExitError', error.message)));
      const timer = setTimeout(() => {
        this.stop();
        done(() => reject(this.failure('Sandbox.Timedout', `Task timed out after ${milliseconds / 1000} seconds`)));
      }, milliseconds);
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      child.send({ id: this.count, ...message });
    });
  }

  private settle(answer: unknown, resolve: (answer: Members) => void, reject: (error: Error) => void): void {
    const members = isMembers(answer) ? answer : {};
    const error = members.error;
    if (isMembers(error)) {
      reject(this.failure(String(error.errorType), String(error.errorMessage)));
    } else {
      resolve(members);
    }
  }

  private failure(name: string, message: string): FunctionError {
    return new FunctionError(name, message, this.log.trim());
  }
}
