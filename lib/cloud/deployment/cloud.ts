import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../account/account';
import type { Faults } from '../account/faults';
import { addressOf } from '../account/sagemaker/job-storage';
import type { MonitoringSchedules } from '../account/sagemaker/monitoring-schedules';
import type { ProcessingJobs } from '../account/sagemaker/processing-jobs';
import type { TrainingJobs } from '../account/sagemaker/training-jobs';
import { CloudError } from '../cloud-error';
import { type Assembly, readAssembly } from './assembly';
import { Stacks } from './deployment';
import type { DeployedResource } from './resource';
import type { StackOutcome } from './stack';
import { Workshop } from './workshop';

/** Where and when a cloud begins. */
export interface CloudOptions {
  /**
   * virtual time of the beginning
   * @default 2026-01-05T00:00:00Z
   */
  readonly startTime?: Date;
  /** @default 123456789012 */
  readonly accountId?: string;
  /** @default us-east-1 */
  readonly region?: string;
  /**
   * endpoints beside the deployed ones, their data capture on; a schedule for any other is refused
   * @default none
   */
  readonly outsideEndpoints?: readonly string[];
  /**
   * delivers every event twice to every target, as EventBridge may
   * @default false
   */
  readonly duplicateEvents?: boolean;
  /**
   * whether schedules of EventBridge Scheduler fire while stacks are deployed, too
   * @default false
   */
  readonly liveSchedules?: boolean;
  /**
   * where functions' processes are started; whoever gives one closes it, after the cloud
   * @default one of its own
   */
  readonly workshop?: Workshop;
}

/** Where a resource is found: all that are given have to fit. */
export interface ResourceQuery {
  readonly type?: string;
  /** part of the logical id or of the construct path */
  readonly name?: string;
  readonly stackName?: string;
}

const MINUTE = 60_000;

/**
 * A cloud to try synthesized templates in, step by step: create, update, roll back and delete stacks in CloudFormation's order, their
 * functions run from the assembly's bundles against the stand-in of the AWS APIs, in virtual time, without a network.
 *
 * ```ts
 * const cloud = await Cloud.open();
 * cloud.put('s3://data/train.csv', 'a,b\n1,2\n'); // creates the bucket, too
 * cloud.jobs.script(() => ({ status: 'Completed', afterSeconds: 600, files: { 'monitoring_output/constraints.json': '{}' } }));
 * cloud.faults.next('SageMaker', 'CreateProcessingJob', THROTTLED); // of account/faults
 * const created = await cloud.deploy(app.synth().directory); // 'CREATE_COMPLETE', or what else and why; never throws for a refusal
 * const { attributes } = cloud.resource({ type: 'AWS::SageMaker::MonitoringSchedule' });
 * cloud.schedules.execute(attributes.MonitoringScheduleName, { outcome: 'CompletedWithViolations', files: {...} });
 * await cloud.pass({ hours: 2 }); // schedules of EventBridge Scheduler fire, alarms are evaluated
 * const updated = await cloud.deploy(changed.synth().directory); // 'UPDATE_COMPLETE' or 'UPDATE_ROLLBACK_COMPLETE'
 * const gone = await cloud.destroy('Stack'); // 'DELETE_COMPLETE', or 'DELETE_FAILED' with the reason
 * cloud.account.recorder; // apiCalls, invocations (with their events), metrics, events, messages, denied calls, timeline
 * await cloud.close();
 * ```
 *
 * An operation on a stack takes the virtual time that its custom resources, wait conditions and schedules take; what else is planned goes
 * on meanwhile, but for alarms and, unless `liveSchedules` says otherwise, schedules of EventBridge Scheduler, which only `pass` runs.
 */
export class Cloud {
  /** Opens an empty account; close it, or its processes and its socket stay. */
  public static async open(options: CloudOptions = {}): Promise<Cloud> {
    const folder = mkdtempSync(join(tmpdir(), 'account-'));
    const startTime = (options.startTime ?? new Date('2026-01-05T00:00:00Z')).getTime();
    const account = new Account({
      accountId: options.accountId ?? '123456789012',
      region: options.region ?? 'us-east-1',
      startTime,
      folder,
      duplicateEvents: options.duplicateEvents ?? false,
      outsideEndpoints: options.outsideEndpoints ?? [],
      progress: () => undefined,
    });
    if (options.liveSchedules) account.schedules.live();
    const workshop = options.workshop ?? new Workshop({ now: startTime });
    const standIn = await account.listen(workshop.socketPath);
    const close = async () => {
      account.functions.stop();
      await standIn.stop();
      rmSync(folder, { recursive: true });
      if (workshop !== options.workshop) workshop.close();
    };
    return new Cloud({ account, close, stacks: new Stacks(account, workshop) });
  }

  /** All that the cloud consists of, and the record of what happened in it. */
  public readonly account: Account;

  private constructor(private readonly props: CloudProps) {
    this.account = props.account;
  }

  /** Processing jobs: `script` says how they go. */
  public get jobs(): ProcessingJobs {
    return this.account.sageMaker.jobs;
  }

  /** Monitoring schedules: `execute` and `plan` begin executions. */
  public get schedules(): MonitoringSchedules {
    return this.account.sageMaker.schedules;
  }

  /** Training jobs: `begin` starts one that goes as it is told. */
  public get trainings(): TrainingJobs {
    return this.account.sageMaker.trainings;
  }

  /** What goes wrong: `next` plans it, `pending` tells what has not happened yet. */
  public get faults(): Faults {
    return this.account.faults;
  }

  /** The virtual time. */
  public get now(): Date {
    return this.account.simulation.now;
  }

  /**
   * Creates or updates the stacks of a cloud assembly (its folder, or what was read of one), dependencies first, and rolls back the first that fails. Returns the
   * outcome of the one that failed, or of the last.
   */
  public async deploy(assembly: string | Assembly): Promise<StackOutcome> {
    const read = typeof assembly === 'string' ? readAssembly(assembly) : assembly;
    const outcome = (await this.props.stacks.deploy(read, { rollback: true })).at(-1);
    if (outcome === undefined) {
      throw new CloudError('UnusableAssembly', 'the assembly holds no stack');
    }
    return outcome;
  }

  /** Deletes a stack. */
  public destroy(stackName: string): Promise<StackOutcome> {
    return this.props.stacks.destroy(stackName);
  }

  /** Resources that are deployed, in the order of their creation. */
  public resources({ type, name = '', stackName }: ResourceQuery = {}): DeployedResource[] {
    return this.props.stacks
      .resources()
      .filter(
        (resource) =>
          (type === undefined || resource.type === type) &&
          (stackName === undefined || resource.stackName === stackName) &&
          (resource.logicalId.includes(name) || resource.title.includes(name)),
      );
  }

  /** The one resource that fits; throws when there is none or several. */
  public resource(query: ResourceQuery): DeployedResource {
    const found = this.resources(query);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      const names = found.map(({ logicalId }) => logicalId).join(', ');
      throw new CloudError(
        'MissingResource',
        `one resource of ${JSON.stringify(query)} was asked for, there are ${found.length}${names && `: ${names}`}`,
      );
    }
    return first;
  }

  /** Puts an object at `s3://bucket/key`; the bucket is created if need be. */
  public put(uri: string, content: string | Buffer): void {
    const { bucket, key } = addressOf(uri);
    this.account.objects.createBucket(bucket);
    this.account.objects.put({ bucket, key }, content);
  }

  /** The text of the object at `s3://bucket/key`; undefined when there is none. */
  public text(uri: string): string | undefined {
    const { bucket, key } = addressOf(uri);
    return this.account.objects.get(bucket, key)?.toString('utf8');
  }

  /** Keys below `s3://bucket/prefix`. */
  public keys(uri: string): string[] {
    const { bucket, key } = addressOf(uri);
    return this.account.objects.list(bucket, key).map((object) => object.key);
  }

  /** Invokes a function, by ARN or name, with an event; rejects as the function does. */
  public invoke(function_: string, event: unknown): Promise<unknown> {
    return this.account.functions.invoke(function_, event, 'test');
  }

  /** Lets virtual time pass: what is due happens, schedules of EventBridge Scheduler fire, alarms are evaluated every minute. */
  public async pass({ hours = 0, minutes = 0, seconds = 0 }: Duration): Promise<void> {
    const { simulation, schedules, alarms } = this.account;
    const start = simulation.now.getTime();
    const end = start + ((hours * 60 + minutes) * 60 + seconds) * 1000;
    schedules.plan(start, end);
    for (let time = Math.ceil(start / MINUTE) * MINUTE; time < end; time += MINUTE) {
      simulation.at(time, () => alarms.evaluate());
    }
    await simulation.run(end);
  }

  /** Ends the functions' processes and removes the cloud's files. */
  public close(): Promise<void> {
    return this.props.close();
  }
}

/** A length of virtual time; its parts add up. */
export interface Duration {
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

interface CloudProps {
  readonly account: Account;
  readonly close: () => Promise<void>;
  readonly stacks: Stacks;
}
