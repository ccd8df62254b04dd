import { join } from 'node:path';
import type { Statement } from '../semantics/policy/policy';
import { cloudWatch } from '../stand-in/cloudwatch';
import { dynamoDb } from '../stand-in/dynamodb';
import { eventBridge } from '../stand-in/event-bridge';
import { ObjectStore } from '../stand-in/object-store';
import { S3 } from '../stand-in/s3';
import { sageMaker } from '../stand-in/sagemaker';
import { sageMakerRuntime } from '../stand-in/sagemaker-runtime';
import { StandIn } from '../stand-in/server';
import type { Caller, Service } from '../stand-in/service';
import { Sns } from '../stand-in/sns';
import { stepFunctions } from '../stand-in/step-functions';
import { Alarms } from './alarms';
import { Authorizer } from './authorizer';
import { EventBus } from './event-bus';
import { Faults, observed } from './faults';
import { Functions } from './functions';
import { Machines } from './machines';
import { Metrics } from './metrics';
import { Network } from './network';
import { tellExecutions } from './pipeline-events';
import { Pipelines } from './pipelines';
import { Recorder } from './recorder';
import type { ModelFunction } from './sagemaker/models';
import { SageMakerAccount } from './sagemaker/sagemaker';
import { Schedules } from './schedules';
import { Simulation } from './simulation';
import type { Table } from './tables';
import { type Queue, TargetDelivery } from './targets';
import type { TimelineEntry } from './timeline';
import { Topics } from './topics';

/** Where and when the account is. */
export interface AccountProps {
  readonly accountId: string;
  readonly region: string;
  /** epoch milliseconds, virtual */
  readonly startTime: number;
  /** holds the buckets' folders */
  readonly folder: string;
  readonly duplicateEvents: boolean;
  /** endpoints that exist beside the deployed ones; undefined takes every other name to exist */
  readonly outsideEndpoints?: readonly string[];
  readonly progress: (entry: TimelineEntry) => void;
}

/** Everything that stands in for one AWS account: what is deployed, what time it is, and what happened. */
export class Account {
  public readonly id: string;
  public readonly region: string;
  public readonly simulation: Simulation;
  public readonly recorder: Recorder;
  public readonly network = new Network();
  public readonly authorizer: Authorizer;
  public readonly objects: ObjectStore;
  public readonly functions: Functions;
  public readonly machines: Machines;
  public readonly topics: Topics;
  public readonly metrics: Metrics;
  public readonly pipelines: Pipelines;
  public readonly sageMaker: SageMakerAccount;
  public readonly faults: Faults;
  public readonly bus: EventBus;
  public readonly alarms: Alarms;
  public readonly schedules: Schedules;
  public readonly queues = new Map<string, Queue>();
  public readonly tables = new Map<string, Table>();
  /** statements of bucket policies, by bucket */
  public readonly bucketPolicies = new Map<string, Statement[]>();
  /** what lies in each bucket of the deployed stacks from its creation on, by key */
  public readonly bucketContents = new Map<string, Buffer>();
  /** answers of custom resources, by token */
  public readonly answers = new Map<string, string>();
  /** requests that custom resources have got: tells one request from the next */
  public requestCount = 0;
  /** what was sent to wait condition handles, by token */
  public readonly signals = new Map<string, string[]>();
  /** what stands for the models of endpoints; without one, the stand-in does not know what they answer */
  public models?: ModelFunction;
  private readonly callers = new Map<string, Caller>();

  public constructor(props: AccountProps) {
    const { accountId, region, duplicateEvents } = props;
    this.id = accountId;
    this.region = region;
    const simulation = new Simulation(props.startTime);
    const now = () => simulation.now;
    const recorder = new Recorder(now, props.progress);
    const authorizer = new Authorizer(accountId, recorder, this.network);
    const objects = new ObjectStore(join(props.folder, 's3'), now);
    this.faults = new Faults(simulation);
    const functions = new Functions({ simulation, recorder, authorizer, faults: this.faults });
    const machines = new Machines({ simulation, recorder, authorizer, functions, objects });
    const topics = new Topics(recorder);
    const metrics = new Metrics(recorder);
    const arnPrefix = `arn:aws:sagemaker:${region}:${accountId}`;
    const pipelines = new Pipelines(simulation, recorder, arnPrefix);
    const core = { simulation, recorder, authorizer, functions, machines, topics };
    const targets = new TargetDelivery({ ...core, pipelines, queues: this.queues });
    this.bus = new EventBus({ simulation, recorder, targets, accountId, region, duplicateEvents });
    tellExecutions(pipelines, this.bus);
    this.alarms = new Alarms({ ...core, metrics, bus: this.bus });
    this.schedules = new Schedules(core);
    const { outsideEndpoints } = props;
    this.sageMaker = new SageMakerAccount({ ...core, objects, metrics, bus: this.bus, arnPrefix, outsideEndpoints });
    [this.simulation, this.recorder, this.authorizer, this.objects] = [simulation, recorder, authorizer, objects];
    [this.functions, this.machines, this.topics, this.metrics] = [functions, machines, topics, metrics];
    this.pipelines = pipelines;
  }

  /** ARN of a resource of this account and region. */
  public arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.id}:${resource}`;
  }

  /** The access key of a function with a role: each function has its own, so that the stand-in knows who calls. */
  public accessKeyOf(caller: Caller): string {
    const key = `AKIAREHEARSAL${String(this.callers.size).padStart(7, '0')}`;
    this.callers.set(key, caller);
    return key;
  }

  /** Opens the stand-in of the AWS APIs on a Unix domain socket. */
  public listen(socketPath: string): Promise<StandIn> {
    return StandIn.start({
      socketPath,
      services: this.services(),
      callerOf: (accessKeyId) => this.callers.get(accessKeyId),
      obstacle: ({ subnets = [] }, service) => this.network.obstacle(subnets, service),
      onCustomResourceAnswer: (token, body) => {
        this.answers.set(token, this.answers.get(token) ?? body); // CloudFormation takes the first answer
      },
      onSignal: (token, body) => this.signals.set(token, [...(this.signals.get(token) ?? []), body]),
      onUnreached: (message) => this.recorder.problem('analysis', 'a call that does not leave its VPC', message),
      onUnknown: (message) => this.recorder.problem('analysis', 'a call that the rehearsal does not model', message),
      onRefused: (message) => this.recorder.problem('analysis', 'a call that the service does not take', message),
    });
  }

  /** By the name in a signature's credential scope. */
  private services(): Record<string, Service> {
    const { authorizer, objects, pipelines } = this;
    const { jobs, trainings, executions, schedules, inventory } = this.sageMaker;
    const bucketPolicy = (bucket: string) => this.bucketPolicies.get(bucket) ?? [];
    const arnPrefix = this.arn('sagemaker', '').replace(/:$/, '');
    const { recorder } = this;
    const sageMakerProps = {
      pipelines,
      jobs,
      trainings,
      executions,
      schedules,
      inventory,
      authorizer,
      arnPrefix,
      recorder,
    };
    const clock = () => this.simulation.now;
    const { metrics, alarms } = this;
    const watchProps = { metrics, alarms, authorizer, recorder, arn: this.arn('cloudwatch', 'alarm:*'), now: clock };
    const runtimeProps = { inventory, authorizer, arnPrefix, models: () => this.models, clock };
    return {
      s3: observed('S3', new S3({ objects, authorizer, bucketPolicy }), this),
      monitoring: observed('CloudWatch', cloudWatch(watchProps), this),
      sns: observed('SNS', new Sns(this.topics, authorizer), this),
      events: observed('EventBridge', eventBridge(this.bus, authorizer), this),
      sagemaker: observed('SageMaker', sageMaker(sageMakerProps), this),
      'sagemaker-runtime': observed('SageMakerRuntime', sageMakerRuntime(runtimeProps), this),
      dynamodb: observed('DynamoDB', dynamoDb(this.tables, authorizer), this),
      states: observed('StepFunctions', stepFunctions(this.machines, authorizer), this),
    };
  }
}
