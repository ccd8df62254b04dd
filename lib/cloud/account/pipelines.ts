import { ServiceError } from '../stand-in/service';
import type { Recorder } from './recorder';
import type { Simulation } from './simulation';

/** One run of a SageMaker pipeline. */
export interface PipelineExecution {
  readonly arn: string;
  readonly startTime: Date;
  readonly token: string;
  readonly description?: string;
  status: 'Executing' | 'Succeeded' | 'Failed' | 'Stopping' | 'Stopped';
  lastModifiedTime: Date;
  failureReason?: string;
}

/** How an execution ends, if nobody stops it. */
export interface ExecutionEnd {
  readonly status: 'Succeeded' | 'Failed';
  readonly afterSeconds: number;
  readonly failureReason?: string;
}

/** Hears of an execution whose status has changed. */
type ExecutionListener = (execution: PipelineExecution, previous: string) => void;

/** How long a pipeline runs here, in virtual seconds, and how long its steps take to stop: as a training job does; of others no source says it. */
const RUN_SECONDS = 40 * 60;
const STOP_SECONDS = 120;

/** SageMaker pipelines: they do nothing but run, for forty virtual minutes and with success unless somebody says otherwise. */
export class Pipelines {
  /** how executions that begin from now on end; never where undefined */
  public end: ExecutionEnd | undefined = { status: 'Succeeded', afterSeconds: RUN_SECONDS };
  private readonly executions = new Map<string, PipelineExecution[]>();
  private readonly listeners: ExecutionListener[] = [];

  public constructor(
    private readonly simulation: Simulation,
    private readonly recorder: Recorder,
    private readonly arnPrefix: string,
  ) {}

  /** The pipeline's ARN; a name may be given by ARN as well. */
  public arnOf(nameOrArn: string): string {
    return nameOrArn.startsWith('arn:') ? nameOrArn : `${this.arnPrefix}:pipeline/${nameOrArn}`;
  }

  /** Executions of a pipeline, oldest first. A pipeline outside the app is taken to exist. */
  public list(arn: string): readonly PipelineExecution[] {
    return this.executions.get(arn) ?? [];
  }

  /** Calls a listener with each change of an execution. */
  public onChange(listener: ExecutionListener): void {
    this.listeners.push(listener);
  }

  /** Throws as the service does for an ARN that no execution has. */
  public get(executionArn: string): PipelineExecution {
    const found = [...this.executions.values()].flat().find(({ arn }) => arn === executionArn);
    if (found === undefined) {
      throw new ServiceError('ResourceNotFound', `there is no pipeline execution with the ARN ${executionArn}`);
    }
    return found;
  }

  /** Stops an execution that is under way; refuses for any other. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopPipelineExecution.html */
  public stop(executionArn: string): PipelineExecution {
    const execution = this.get(executionArn);
    if (execution.status !== 'Executing') {
      throw new ServiceError('ConflictException', `the pipeline execution is in status ${execution.status}`);
    }
    this.change(execution, 'Stopping');
    this.simulation.after(STOP_SECONDS * 1000, () => this.change(execution, 'Stopped'));
    return execution;
  }

  /** Starts an execution, unless the token has started one: the same token answers with the same execution. */
  public start(arn: string, token: string, description?: string): PipelineExecution {
    if (!/^[a-zA-Z0-9-]{32,128}$/.test(token)) {
      throw new ServiceError(
        'ValidationException',
        `ClientRequestToken '${token}': 32 to 128 letters, digits and hyphens`,
      );
    }
    const earlier = this.list(arn).find((execution) => execution.token === token);
    if (earlier !== undefined) {
      this.recorder.happened('retraining', 'the same start once more', `${earlier.arn}: the same ClientRequestToken`);
      return earlier;
    }
    return this.run(arn, token, description);
  }

  private run(arn: string, token: string, description?: string): PipelineExecution {
    const number = this.list(arn).length + 1;
    const executionArn = `${arn}/execution/${number.toString(36).padStart(12, '0')}`;
    const execution: PipelineExecution = {
      arn: executionArn,
      startTime: this.simulation.now,
      token,
      description,
      status: 'Executing',
      lastModifiedTime: this.simulation.now,
    };
    this.executions.set(arn, [...this.list(arn), execution]);
    const pipeline = arn.slice(arn.lastIndexOf('/') + 1);
    this.recorder.retrainings.push({ time: this.recorder.time, pipeline, clientRequestToken: token, executionArn });
    this.recorder.happened('retraining', `pipeline ${pipeline} started`, executionArn);
    this.tell(execution, 'Executing');
    this.plan(execution);
    return execution;
  }

  private plan(execution: PipelineExecution): void {
    const { end } = this;
    if (end === undefined) return;
    this.simulation.after(end.afterSeconds * 1000, () => {
      if (execution.status !== 'Executing') return;
      execution.failureReason = end.failureReason;
      this.change(execution, end.status);
    });
  }

  private change(execution: PipelineExecution, status: PipelineExecution['status']): void {
    const previous = execution.status;
    [execution.status, execution.lastModifiedTime] = [status, this.simulation.now];
    const [pipeline] = execution.arn.slice(execution.arn.indexOf(':pipeline/') + ':pipeline/'.length).split('/');
    this.recorder.happened('retraining', `pipeline ${pipeline} ${IN_WORDS[status]}`, execution.arn);
    this.tell(execution, previous);
  }

  private tell(execution: PipelineExecution, previous: string): void {
    for (const listener of this.listeners) listener(execution, previous);
  }
}

const IN_WORDS: { readonly [status in PipelineExecution['status']]: string } = {
  Executing: 'started',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Stopping: 'is being stopped',
  Stopped: 'was stopped',
};
