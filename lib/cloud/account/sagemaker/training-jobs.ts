import { isMembers, type Members, optionalNumber, textMember } from '../../members';
import { refuseViolations, ServiceError } from '../../stand-in/service';
import type { EventBus } from '../event-bus';
import type { Metrics } from '../metrics';
import type { Recorder } from '../recorder';
import type { Simulation } from '../simulation';
import { defined, seconds } from './processing-jobs';

/** How a training goes, by seconds from its creation, if nobody stops it. */
export interface TrainingCourse {
  /** that begin, in order: `Starting`, `Downloading`, `Training` */
  readonly stages: readonly { readonly stage: string; readonly atSeconds: number }[];
  /**
   * how it ends
   * @default - it goes on, until its MaxRuntimeInSeconds
   */
  readonly end?: TrainingEnd & { readonly atSeconds: number };
  /** values by the minute of the stage `Training`; of undefined and of what is no finite number, nothing is published */
  readonly metrics?: Readonly<Record<string, (minute: number) => number | undefined>>;
  /** rules of Debugger that find issues */
  readonly issues?: readonly { readonly rule: string; readonly details?: string; readonly atSeconds: number }[];
}

interface TrainingEnd {
  readonly status: 'Completed' | 'Failed' | 'Stopped';
  /** as the service says how it ended; the status where absent */
  readonly stage?: string;
  readonly failureReason?: string;
}

/** One training job. */
export interface TrainingJob {
  readonly name: string;
  readonly arn: string;
  /** the input of CreateTrainingJob */
  readonly request: Members;
  readonly creationTime: Date;
  status: 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';
  stage: string;
  lastModifiedTime: Date;
  startTime?: Date;
  endTime?: Date;
  failureReason?: string;
  readonly transitions: { readonly stage: string; readonly startTime: Date }[];
  /** the last value of each metric */
  readonly metrics: Map<string, { readonly value: number; readonly time: Date }>;
  readonly rules: Map<string, { status: string; details?: string; time: Date }>;
}

/** What training jobs work with. */
export interface TrainingJobsProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly bus: EventBus;
  readonly metrics: Metrics;
  /** `arn:aws:sagemaker:{region}:{account}` */
  readonly arnPrefix: string;
}

const MINUTE = 60_000;

/**
 * Virtual seconds from Stopping to Stopped: the service gives an algorithm two minutes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopTrainingJob.html
 */
const STOP_SECONDS = 120;

/**
 * SageMaker training jobs that somebody begins: nothing is trained, a course says how each goes.
 *
 * Each change of status or stage, and each rule of Debugger that finds issues, is an event, with what DescribeTrainingJob says. Metrics are published in the namespace
 * `/aws/sagemaker/TrainingJobs`, by the job's name.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeTrainingJob.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
export class TrainingJobs {
  private readonly jobs = new Map<string, TrainingJob>();

  public constructor(private readonly props: TrainingJobsProps) {}

  /** Oldest first. */
  public all(): TrainingJob[] {
    return [...this.jobs.values()];
  }

  /** Throws as the service does for a name that no job has. @see https://github.com/boto/boto3/issues/2808 */
  public get(name: string): TrainingJob {
    const job = this.jobs.get(name);
    if (job === undefined) throw new ServiceError('ValidationException', 'Requested resource not found.');
    return job;
  }

  public arnOf(name: string): string {
    return `${this.props.arnPrefix}:training-job/${name}`;
  }

  /** Begins a job as CreateTrainingJob does, which a user calls. */
  public begin(request: Members, course: TrainingCourse): TrainingJob {
    refuseViolations('sagemaker CreateTrainingJob', request, 'ValidationException');
    const name = textMember(request, 'TrainingJobName', 'CreateTrainingJob');
    if (this.jobs.has(name)) {
      throw new ServiceError('ResourceInUse', `Training job names must be unique: ${this.arnOf(name)} exists`);
    }
    const job = this.created(request, name);
    this.jobs.set(name, job);
    const { simulation } = this.props;
    for (const { stage, atSeconds } of course.stages) {
      simulation.after(atSeconds * 1000, () => this.enter(job, stage, course));
    }
    for (const { rule, details, atSeconds } of course.issues ?? []) {
      simulation.after(atSeconds * 1000, () => this.found(job, rule, details));
    }
    const { end } = course;
    if (end) simulation.after(end.atSeconds * 1000, () => this.endIfUnderWay(job, end));
    return job;
  }

  /** Stops a job that is under way; refuses for any other. @see https://github.com/awslabs/benchmark-ai/issues/928 (the refusal) */
  public stop(name: string): void {
    const job = this.get(name);
    if (!this.isUnderWay(job)) {
      const message = `The request was rejected because the training job is in status ${job.status}.`;
      throw new ServiceError('ValidationException', message);
    }
    [job.status, job.stage] = ['Stopping', 'Stopping'];
    this.changed(job);
    this.props.simulation.after(STOP_SECONDS * 1000, () => this.end(job, { status: 'Stopped' }));
  }

  /** What DescribeTrainingJob answers. */
  public describe(job: TrainingJob): Members {
    const { name, arn, request, status, stage, startTime, endTime } = job;
    const { Tags: _, ...described } = request;
    const rules = [...job.rules].map(([rule, { status: found, details, time }]) =>
      defined({
        RuleConfigurationName: rule,
        RuleEvaluationStatus: found,
        StatusDetails: details,
        LastModifiedTime: seconds(time),
      }),
    );
    return defined({
      ...described,
      TrainingJobName: name,
      TrainingJobArn: arn,
      TrainingJobStatus: status,
      SecondaryStatus: stage,
      CreationTime: seconds(job.creationTime),
      LastModifiedTime: seconds(job.lastModifiedTime),
      TrainingStartTime: startTime && seconds(startTime),
      TrainingEndTime: endTime && seconds(endTime),
      FailureReason: job.failureReason,
      ModelArtifacts: status === 'Completed' ? { S3ModelArtifacts: artifactsOf(job) } : undefined,
      SecondaryStatusTransitions: job.transitions.map(({ stage: Status, startTime: time }, index) =>
        defined({ Status, StartTime: seconds(time), EndTime: nextTime(job, index) }),
      ),
      FinalMetricDataList: [...job.metrics].map(([MetricName, { value: Value, time }]) => ({
        MetricName,
        Value,
        Timestamp: seconds(time),
      })),
      DebugRuleEvaluationStatuses: rules.length > 0 ? rules : undefined,
    });
  }

  private created(request: Members, name: string): TrainingJob {
    const { now } = this.props.simulation;
    const asked = Array.isArray(request.DebugRuleConfigurations) ? request.DebugRuleConfigurations : [];
    const rules = asked.filter(isMembers).map(({ RuleConfigurationName: rule }) => String(rule));
    return {
      name,
      arn: this.arnOf(name),
      request,
      creationTime: now,
      lastModifiedTime: now,
      status: 'InProgress',
      stage: 'Starting',
      transitions: [],
      metrics: new Map(),
      rules: new Map(rules.map((rule) => [rule, { status: 'InProgress', time: now }])),
    };
  }

  private isUnderWay({ status }: TrainingJob): boolean {
    return status === 'InProgress';
  }

  private enter(job: TrainingJob, stage: string, course: TrainingCourse): void {
    if (!this.isUnderWay(job)) return;
    const { now } = this.props.simulation;
    job.stage = stage;
    job.transitions.push({ stage, startTime: now });
    if (stage === 'Training' && job.startTime === undefined) {
      job.startTime = now;
      this.limit(job);
      this.publish(job, course.metrics ?? {}, 1);
    }
    this.changed(job);
  }

  private limit(job: TrainingJob): void {
    const condition = isMembers(job.request.StoppingCondition) ? job.request.StoppingCondition : {};
    const most = optionalNumber(condition, 'MaxRuntimeInSeconds', 'StoppingCondition');
    if (most === undefined) return;
    const end = { status: 'Stopped', stage: 'MaxRuntimeExceeded' } as const;
    this.props.simulation.after(most * 1000, () => this.endIfUnderWay(job, end));
  }

  private publish(job: TrainingJob, metrics: NonNullable<TrainingCourse['metrics']>, minute: number): void {
    const { simulation } = this.props;
    if (Object.keys(metrics).length === 0) return;
    simulation.after(MINUTE, () => {
      if (!this.isUnderWay(job) || job.stage !== 'Training') return;
      const time = simulation.now;
      for (const [name, valueAt] of Object.entries(metrics))
        this.published(job, { name, value: valueAt(minute), time });
      this.publish(job, metrics, minute + 1);
    });
  }

  private published(
    job: TrainingJob,
    {
      name: metricName,
      value,
      time,
    }: { readonly name: string; readonly value: number | undefined; readonly time: Date },
  ): void {
    if (value === undefined || !Number.isFinite(value)) return;
    const dimensions = { TrainingJobName: job.name };
    this.props.metrics.put([{ namespace: '/aws/sagemaker/TrainingJobs', metricName, dimensions, time, value }]);
    job.metrics.set(metricName, { value, time });
  }

  private found(job: TrainingJob, rule: string, details?: string): void {
    if (!this.isUnderWay(job)) return;
    job.rules.set(rule, { status: 'IssuesFound', details, time: this.props.simulation.now });
    this.changed(job);
  }

  private endIfUnderWay(job: TrainingJob, end: TrainingEnd): void {
    if (this.isUnderWay(job)) this.end(job, end);
  }

  private end(job: TrainingJob, { status, stage = status, failureReason }: TrainingEnd): void {
    [job.status, job.stage, job.failureReason] = [status, stage, failureReason];
    job.endTime = this.props.simulation.now;
    job.transitions.push({ stage, startTime: job.endTime });
    this.changed(job);
  }

  private changed(job: TrainingJob): void {
    const { recorder, bus, simulation } = this.props;
    job.lastModifiedTime = simulation.now;
    recorder.happened('retraining', `training job ${job.name}: ${job.status}, ${job.stage}`, job.failureReason);
    const event = {
      source: 'aws.sagemaker',
      detailType: 'SageMaker Training Job State Change',
      resources: [job.arn],
    };
    bus.put({ ...event, detail: this.describe(job) }, bus.arnOf('default'));
  }
}

function nextTime({ transitions }: TrainingJob, index: number): number | undefined {
  const next = transitions[index + 1];
  return next && seconds(next.startTime);
}

function artifactsOf({ name, request }: TrainingJob): string {
  const output = isMembers(request.OutputDataConfig) ? request.OutputDataConfig : {};
  return `${output.S3OutputPath}/${name}/output/model.tar.gz`;
}
