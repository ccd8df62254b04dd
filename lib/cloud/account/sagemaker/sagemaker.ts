import type { ObjectStore } from '../../stand-in/object-store';
import type { Authorizer } from '../authorizer';
import type { EventBus } from '../event-bus';
import type { Metrics } from '../metrics';
import type { Recorder } from '../recorder';
import type { Simulation } from '../simulation';
import { SageMakerInventory } from './inventory';
import { JobStorage } from './job-storage';
import { MonitoringExecutions } from './monitoring-executions';
import { MonitoringSchedules } from './monitoring-schedules';
import { ProcessingJobs } from './processing-jobs';
import { TrainingJobs } from './training-jobs';

/** What SageMaker works with. */
export interface SageMakerAccountProps {
  readonly simulation: Simulation;
  readonly recorder: Recorder;
  readonly authorizer: Authorizer;
  readonly objects: ObjectStore;
  readonly bus: EventBus;
  readonly metrics: Metrics;
  /** `arn:aws:sagemaker:{region}:{account}` */
  readonly arnPrefix: string;
  /** endpoints beside the deployed ones; undefined takes any to exist */
  readonly outsideEndpoints?: readonly string[];
}

/** SageMaker's jobs, schedules and inventory of one account. */
export class SageMakerAccount {
  public readonly inventory: SageMakerInventory;
  public readonly jobs: ProcessingJobs;
  public readonly trainings: TrainingJobs;
  public readonly executions: MonitoringExecutions;
  public readonly schedules: MonitoringSchedules;

  public constructor(props: SageMakerAccountProps) {
    const storage = new JobStorage(props);
    this.inventory = new SageMakerInventory(props.outsideEndpoints);
    this.jobs = new ProcessingJobs({ ...props, storage });
    this.trainings = new TrainingJobs(props);
    this.executions = new MonitoringExecutions({ ...props, storage, jobs: this.jobs, inventory: this.inventory });
    this.schedules = new MonitoringSchedules({ ...props, inventory: this.inventory, executions: this.executions });
  }
}
