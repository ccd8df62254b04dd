import { ServiceError } from '../stand-in/service';
import type { Recorder } from './recorder';
import type { Simulation } from './simulation';

/** One run of a SageMaker pipeline. */
export interface PipelineExecution {
  readonly arn: string;
  readonly startTime: Date;
  readonly token: string;
  readonly description?: string;
  status: 'Executing' | 'Succeeded';
}

/** How long a pipeline runs here, in virtual milliseconds. */
const RUN_TIME = 40 * 60_000;

/** SageMaker pipelines: they do nothing but run for forty virtual minutes, and succeed. */
export class Pipelines {
  private readonly executions = new Map<string, PipelineExecution[]>();

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
    };
    this.executions.set(arn, [...this.list(arn), execution]);
    const pipeline = arn.slice(arn.lastIndexOf('/') + 1);
    this.recorder.retrainings.push({ time: this.recorder.time, pipeline, clientRequestToken: token, executionArn });
    this.recorder.happened('retraining', `pipeline ${pipeline} started`, executionArn);
    this.simulation.after(RUN_TIME, () => {
      execution.status = 'Succeeded';
      this.recorder.happened('retraining', `pipeline ${pipeline} succeeded`, executionArn);
    });
    return execution;
  }
}
