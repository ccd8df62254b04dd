import type { JobMetrics } from './metric-issues';

/** A rule of SageMaker Debugger that is evaluated beside a training. */
export interface WatchedRule {
  readonly name: string;
  readonly details?: string;
}

/** A training job, or an execution of a pipeline, as far as it is judged. */
export interface TrainingWork {
  /** name of the job, or ARN of the execution */
  readonly name: string;
  readonly arn: string;
  readonly status: 'UnderWay' | 'Stopping' | 'Completed' | 'Failed' | 'Stopped';
  /** of a job, what it is doing: `Downloading` */
  readonly stage?: string;
  readonly begun?: Date;
  readonly ended?: Date;
  /** the last sign of life; unknown where absent */
  readonly lively?: Date;
  /** why it ended */
  readonly reason?: string;
  /** that found issues */
  readonly rules: readonly WatchedRule[];
  /** of a job, those that are looked at */
  readonly metrics?: JobMetrics;
}
