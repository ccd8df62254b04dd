import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { BASELINE_ENV } from '../../lib/baseline/contract';
import { Dataset } from '../../lib/baseline/dataset';
import { handler as baselineJobHandler } from '../../lib/engine/model-monitor/baseline/handler/baseline-job.lambda';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { analysisDefinition } from '../../lib/engine/serverless/definition';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { invoked } from '../handlers/invocation';
import { awsError } from '../handlers/s3-store';
import { newEndpoint, newMonitor, newStack } from '../monitor/fixtures';
import { readable, resourceOf } from '../monitor/readable-template';
import { DeploymentCloud, type Put } from './deployment-cloud';

/** Environment of the function that answers the custom resources of baselines. */
export const ENVIRONMENT = {
  [BASELINE_ENV.analysisMachineArn]: 'analysis',
  [BASELINE_ENV.jobMachineArn]: 'jobs',
  [BASELINE_ENV.jobNamePrefix]: 'baseline-12345678',
};

/** The machine that awaits jobs, as a template has it, but that it looks at them every ten minutes: a trial has fewer steps. */
function jobsDefinition(): string {
  const stack = newStack();
  const baseline = Baseline.fromDataset(Dataset.csv(Bucket.fromBucketName(stack, 'Training', 'training'), 'a.csv'));
  const data = MonitoredData.endpoint(newEndpoint(stack));
  newMonitor(stack, { engine: MonitoringEngine.modelMonitor(), data, baseline });
  const machine = resourceOf(stack, 'AWS::StepFunctions::StateMachine', 'BaselineJobs');
  return String(readable(machine.Properties.DefinitionString))
    .replaceAll(`\${AWS::Partition}`, 'aws')
    .replace('"Seconds":30', '"Seconds":600');
}

const MACHINES = {
  analysis: {
    definition: JSON.stringify(
      analysisDefinition({
        partition: 'aws',
        planFunctionArn: 'plan',
        profileFunctionArn: 'profile',
        concludeFunctionArn: 'conclude',
      }),
    ),
    functions: { plan, profile, conclude: invoked(concludeHandler) },
  },
  jobs: { definition: jobsDefinition(), functions: { BaselineJobs: invoked(baselineJobHandler) } },
};

/** How a job ends, and after how many minutes. */
export interface JobPlan {
  readonly minutes: number;
  readonly status: 'Completed' | 'Failed';
}

interface Job {
  readonly folder: string;
  /** epoch milliseconds */
  ends: number;
  status: 'InProgress' | 'Stopping' | 'Completed' | 'Failed' | 'Stopped';
}

/** The services that make baselines; a job writes its files when it completes. */
export class BaselineCloud extends DeploymentCloud {
  /** what was told as made and was not there, or not whole */
  public readonly notWhole: string[] = [];
  private readonly jobs = new Map<string, Job>();

  /** @param files what a job writes, by name */
  constructor(
    objects: ReadonlyMap<string, string>,
    private readonly plan: JobPlan,
    private readonly files: { readonly [name: string]: string },
    /** URLs of custom resources that a wait condition stands behind */
    private readonly signalled: readonly string[] = [],
  ) {
    super(objects, MACHINES);
  }

  public override answer(command: string, input: Record<string, unknown>): object {
    for (const job of this.jobs.values()) this.pass(job);
    const name = String(input.ProcessingJobName);
    switch (command) {
      case 'CreateProcessingJobCommand':
        return this.create(name, input as never);
      case 'DescribeProcessingJobCommand':
        return { ProcessingJobStatus: this.job(name).status };
      case 'StopProcessingJobCommand':
        return this.stop(this.job(name));
      case 'PutCommand':
        this.notWhole.push(...this.missing(input as unknown as Put));
        return super.answer(command, input);
      default:
        return super.answer(command, input);
    }
  }

  /** What a success names, of that which is not there; where a wait condition is signalled, the signal is the one that counts. */
  private missing({ url, Status, Data }: Put): string[] {
    if (Status !== 'SUCCESS') return [];
    const answered = this.puts.find((put) => `${put.url}/signal` === url)?.Data;
    const isAwaited = this.signalled.includes(url);
    const keys = isAwaited ? [] : Object.values((Data || answered || {}) as Record<string, string>);
    return keys.filter((key) => !isWhole(this.objects.get(`out/${key}`))).map((key) => `${key} is not whole`);
  }

  private create(name: string, input: JobInput): object {
    if (this.jobs.has(name)) throw awsError('ResourceInUse');
    const folder = input.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri.replace('s3://', '');
    this.jobs.set(name, { folder, ends: Date.now() + this.plan.minutes * 60_000, status: 'InProgress' });
    return { ProcessingJobArn: name };
  }

  private job(name: string): Job {
    const job = this.jobs.get(name);
    if (!job) throw awsError('ValidationException');
    return job;
  }

  private stop(job: Job): object {
    if (!['InProgress', 'Stopping'].includes(job.status)) throw awsError('ValidationException');
    job.status = 'Stopping';
    job.ends = Date.now() + 60_000;
    return {};
  }

  private pass(job: Job): void {
    if (Date.now() < job.ends) return;
    if (job.status === 'Stopping') job.status = 'Stopped';
    if (job.status !== 'InProgress') return;
    job.status = this.plan.status;
    if (job.status === 'Failed') return;
    for (const [name, text] of Object.entries(this.files)) this.objects.set(`${job.folder}/${name}`, text);
  }
}

function isWhole(text: string | undefined): boolean {
  try {
    return typeof JSON.parse(text ?? '') === 'object';
  } catch {
    return false;
  }
}

interface JobInput {
  readonly ProcessingOutputConfig: { readonly Outputs: [{ readonly S3Output: { readonly S3Uri: string } }] };
}
