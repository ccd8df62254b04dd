import {
  isMembers,
  type Members,
  objectList,
  objectMember,
  optionalNumber,
  optionalText,
  textMember,
} from '../../members';
import { ServiceError } from '../../stand-in/service';
import type { Authorizer } from '../authorizer';
import type { EventBus } from '../event-bus';
import type { Recorder } from '../recorder';
import type { Simulation } from '../simulation';
import type { Container, ContainerEnd } from './container';
import type { JobStorage } from './job-storage';

/** Statuses of a job. */
export type ProcessingJobStatus = 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

/** How a job goes, if nobody stops it. */
export interface JobOutcome {
  /** `InProgress` never ends by itself, but at MaxRuntimeInSeconds */
  readonly status: 'Completed' | 'Failed' | 'Stopped' | 'InProgress';
  /**
   * virtual seconds from the call to the end
   * @default 240
   */
  readonly afterSeconds?: number;
  /** what a completed job writes, by `{output name}/{path below the output's S3Uri}` */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly failureReason?: string;
  readonly exitMessage?: string;
  /** does the job's work once its inputs are there, and says how it ended, in place of all the above but the time */
  readonly container?: Container;
}

/** Decides how a job goes; undefined leaves it to the script before. */
export type JobScript = (job: ProcessingJob) => JobOutcome | undefined;

/** One processing job. */
export interface ProcessingJob {
  readonly name: string;
  readonly arn: string;
  /** the input of CreateProcessingJob */
  readonly request: Members;
  readonly creationTime: Date;
  /** of the schedule that started it */
  readonly monitoringScheduleArn?: string;
  lastModifiedTime: Date;
  status: ProcessingJobStatus;
  endTime?: Date;
  failureReason?: string;
  exitMessage?: string;
}

/** What jobs work with. */
export interface ProcessingJobsProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  readonly bus: EventBus;
  readonly storage: JobStorage;
  /** `arn:aws:sagemaker:{region}:{account}` */
  readonly arnPrefix: string;
}

/** What a job is started with. */
export interface NewJob {
  readonly request: Members;
  /** how it goes; decided by the scripts where absent */
  readonly outcome?: JobOutcome;
  readonly monitoringScheduleArn?: string;
  /** called once, when the job has ended */
  readonly onEnd?: (job: ProcessingJob) => void;
}

/** Virtual seconds: a usual run, a failed download, and the time from Stopping to Stopped. */
const RUN_SECONDS = 240;
const DOWNLOAD_SECONDS = 60;
const STOP_SECONDS = 45;
const SAGEMAKER = 'sagemaker.amazonaws.com';

/** How the service begins the reason of a failure that is not its own. */
export const CLIENT_ERROR = 'ClientError';

/**
 * SageMaker processing jobs: no image runs. A script says how each job goes, or gives a function that does the container's work.
 *
 * Before that the job's role has to trust SageMaker and allow reading every input of S3; a completed job's files are written with the role.
 * A job that runs into MaxRuntimeInSeconds ends as Stopped. Each change of status is an event, with what DescribeProcessingJob says.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html
 * @see https://github.com/aws/sagemaker-python-sdk/issues/1937 (a job that timed out is Stopped)
 */
export class ProcessingJobs {
  private readonly jobs = new Map<string, ProcessingJob>();
  private readonly ends = new Map<string, (job: ProcessingJob) => void>();
  private readonly scripts: JobScript[] = [() => ({ status: 'Completed' })];

  public constructor(private readonly props: ProcessingJobsProps) {}

  /** Decides how jobs go from now on; the last script that answers counts. Without any, jobs complete and write nothing. */
  public script(script: JobScript): void {
    this.scripts.unshift(script);
  }

  /** Oldest first. */
  public all(): ProcessingJob[] {
    return [...this.jobs.values()];
  }

  /** Throws as the service does for a name that no job has. */
  public get(name: string): ProcessingJob {
    const job = this.jobs.get(name);
    if (job === undefined) {
      throw new ServiceError('ResourceNotFound', `there is no processing job with the name ${name}`);
    }
    return job;
  }

  public arnOf(name: string): string {
    return `${this.props.arnPrefix}:processing-job/${name}`;
  }

  /** Starts a job; throws ResourceInUse for a name that was used before. */
  public start(start: NewJob): ProcessingJob {
    const { request, monitoringScheduleArn } = start;
    const name = textMember(request, 'ProcessingJobName', 'CreateProcessingJob');
    const arn = this.arnOf(name);
    if (this.jobs.has(name)) {
      throw new ServiceError(
        'ResourceInUse',
        `a processing job of this account and region already exists with this name: ${arn}`,
      );
    }
    this.refuse(request, arn);
    const now = this.props.simulation.now;
    const source = monitoringScheduleArn === undefined ? {} : { monitoringScheduleArn };
    const job: ProcessingJob = {
      name,
      arn,
      request,
      creationTime: now,
      lastModifiedTime: now,
      status: 'InProgress',
      ...source,
    };
    this.jobs.set(name, job);
    if (start.onEnd !== undefined) {
      this.ends.set(name, start.onEnd);
    }
    this.changed(job);
    this.run(job, start.outcome ?? this.outcomeOf(job));
    return job;
  }

  /**
   * Stops a job that runs; refuses for any other.
   *
   * @see https://github.com/awslabs/benchmark-ai/issues/928 (the refusal, of a training job)
   */
  public stop(name: string): void {
    const job = this.get(name);
    if (job.status !== 'InProgress') {
      throw new ServiceError(
        'ValidationException',
        `The request was rejected because the processing job is in status ${job.status}.`,
      );
    }
    job.status = 'Stopping';
    this.changed(job);
    this.props.simulation.after(STOP_SECONDS * 1000, () => this.end(job, { status: 'Stopped' }));
  }

  /** What DescribeProcessingJob answers. */
  public describe(job: ProcessingJob): Members {
    const { name, arn, request, status, creationTime, lastModifiedTime, endTime, failureReason, exitMessage } = job;
    const { Tags: _, ...described } = request;
    return defined({
      ...described,
      ProcessingJobName: name,
      ProcessingJobArn: arn,
      ProcessingJobStatus: status,
      CreationTime: seconds(creationTime),
      LastModifiedTime: seconds(lastModifiedTime),
      ProcessingEndTime: endTime && seconds(endTime),
      FailureReason: failureReason,
      ExitMessage: exitMessage,
      MonitoringScheduleArn: job.monitoringScheduleArn,
    });
  }

  /** What the service refuses beyond its figures. */
  private refuse(request: Members, arn: string): void {
    const roleArn = textMember(request, 'RoleArn', 'CreateProcessingJob');
    const untrusted = this.props.authorizer.refuseAssume({ service: SAGEMAKER, roleArn, sourceArn: arn }, 'analysis');
    if (untrusted !== undefined) {
      throw new ServiceError('ValidationException', `Could not assume role ${roleArn}: ${untrusted}`);
    }
    const paths = localPaths(request);
    const repeated = paths.find((path, index) => paths.indexOf(path) !== index);
    if (repeated !== undefined) {
      throw new ServiceError('ValidationException', `two inputs or outputs have the LocalPath '${repeated}'`);
    }
  }

  private outcomeOf(job: ProcessingJob): JobOutcome {
    for (const script of this.scripts) {
      const outcome = script(job);
      if (outcome !== undefined) {
        return outcome;
      }
    }
    return { status: 'Completed' };
  }

  private run(job: ProcessingJob, outcome: JobOutcome): void {
    const after = (time: number, end: JobOutcome) =>
      this.props.simulation.after(time * 1000, () => {
        if (job.status === 'InProgress') {
          this.end(job, end);
        }
      });
    const unreadable = this.props.storage.refusalOfInputs(job.request);
    if (unreadable !== undefined) {
      after(DOWNLOAD_SECONDS, {
        status: 'Failed',
        failureReason: `${CLIENT_ERROR}: Data download failed: ${unreadable}`,
      });
      return;
    }
    const limit = runtimeLimit(job.request);
    const time = outcome.status === 'InProgress' ? Number.POSITIVE_INFINITY : (outcome.afterSeconds ?? RUN_SECONDS);
    if (time > limit) {
      after(limit, { status: 'Stopped' });
    } else if (outcome.container !== undefined) {
      this.contain(job, outcome.container, time);
    } else if (Number.isFinite(time)) {
      after(time, outcome);
    }
  }

  /** Lets a container do the job's work, with what its inputs hold when the download has ended. */
  private contain(job: ProcessingJob, container: Container, time: number): void {
    const { simulation, storage, recorder } = this.props;
    const start = simulation.now.getTime();
    simulation.after(Math.min(DOWNLOAD_SECONDS, time) * 1000, async () => {
      if (job.status !== 'InProgress') {
        return;
      }
      const { imageUri, environment } = application(job.request);
      const end = await container({ imageUri, environment, files: storage.filesOf(job.request) });
      if (end.by !== undefined) {
        recorder.happened(
          'analysis',
          `processing job ${job.name}: its container's work is done by ${end.by}`,
          imageUri,
        );
      }
      simulation.at(start + time * 1000, () => {
        if (job.status === 'InProgress') {
          this.end(job, { ...end, files: byOutput(job.request, end) });
        }
      });
    });
  }

  private end(job: ProcessingJob, { status, files, failureReason, exitMessage }: JobOutcome): void {
    const refusal = status === 'Completed' ? this.props.storage.write(job.request, files ?? {}) : undefined;
    job.status = refusal === undefined ? (status as ProcessingJobStatus) : 'Failed';
    job.failureReason = refusal === undefined ? failureReason : `${CLIENT_ERROR}: Failed to upload: ${refusal}`;
    job.exitMessage = exitMessage;
    job.endTime = this.props.simulation.now;
    this.changed(job);
    this.ends.get(job.name)?.(job);
  }

  private changed(job: ProcessingJob): void {
    const { recorder, bus, simulation } = this.props;
    job.lastModifiedTime = simulation.now;
    const words = `processing job ${job.name}: ${job.status}`;
    if (job.status === 'Failed') {
      recorder.problem('analysis', words, job.failureReason ?? 'no reason');
    } else {
      recorder.happened('analysis', words, job.exitMessage);
    }
    const event = {
      source: 'aws.sagemaker',
      detailType: 'SageMaker Processing Job State Change',
      resources: [job.arn],
    };
    bus.put({ ...event, detail: this.describe(job) }, bus.arnOf('default'));
  }
}

/** Epoch seconds, as AWS JSON has times. */
export function seconds(time: Date): number {
  return time.getTime() / 1000;
}

/** Without the members that are undefined. */
export function defined(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function application(request: Members): { imageUri: string; environment: Record<string, string> } {
  const specification = objectMember(request, 'AppSpecification', 'CreateProcessingJob');
  const environment = isMembers(request.Environment) ? request.Environment : {};
  return {
    imageUri: textMember(specification, 'ImageUri', 'AppSpecification'),
    environment: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)])),
  };
}

/** The files of a container by `{output name}/{path}`: what lies below no output's path stays in the container, and is lost. */
function byOutput(request: Members, { files = {} }: ContainerEnd): Record<string, string | Buffer> {
  const config = isMembers(request.ProcessingOutputConfig) ? request.ProcessingOutputConfig : {};
  const outputs = objectList(config, 'Outputs', 'ProcessingOutputConfig').map(({ OutputName, S3Output }) => ({
    name: String(OutputName),
    path: `${isMembers(S3Output) ? optionalText(S3Output, 'LocalPath', 'S3Output') : ''}/`,
  }));
  const entries = Object.entries(files).flatMap(([path, content]) => {
    const output = outputs.find((one) => path.startsWith(one.path));
    return output === undefined ? [] : [[`${output.name}/${path.slice(output.path.length)}`, content] as const];
  });
  return Object.fromEntries(entries);
}

function runtimeLimit(request: Members): number {
  const condition = isMembers(request.StoppingCondition) ? request.StoppingCondition : {};
  return optionalNumber(condition, 'MaxRuntimeInSeconds', 'StoppingCondition') ?? Number.POSITIVE_INFINITY;
}

/**
 * Paths in the container; the service refuses one that occurs twice.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/issues/4939
 */
function localPaths(request: Members): string[] {
  const config =
    request.ProcessingOutputConfig === undefined ? {} : objectMember(request, 'ProcessingOutputConfig', '');
  const channels = [
    ...objectList(request, 'ProcessingInputs', 'CreateProcessingJob').map(({ S3Input }) => S3Input),
    ...objectList(config, 'Outputs', 'ProcessingOutputConfig').map(({ S3Output }) => S3Output),
  ];
  return channels.filter(isMembers).flatMap((channel) => optionalText(channel, 'LocalPath', 'a channel') ?? []);
}
