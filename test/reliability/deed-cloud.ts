import { Cloud } from './cloud';
import type { Invocation, Services } from './stage';

/** Seconds that Lambda waits before it tries again. */
const RETRIES = [60, 120];

/** What a training job, and the weights of an endpoint, are when somebody looks. */
export interface Watched {
  readonly status: string;
  readonly begun: Date;
}

/** The services that act and tell beside reports: S3 and the bus, a topic, a training job, and an endpoint of two variants. */
export class DeedCloud implements Services {
  public readonly store = new Cloud();
  /** `subject: body` of each message */
  public readonly messages: string[] = [];
  /** who could not do what it was invoked for, as the queue of the stack has it */
  public readonly deadLetters: string[] = [];
  /** those that were asked to stop */
  public readonly stopped: string[] = [];
  public readonly weights: Record<string, number> = { blue: 3, green: 1 };
  public job: Watched = { status: 'InProgress', begun: new Date(0) };

  public answer(command: string, input: Record<string, unknown>): object {
    switch (command) {
      case 'PublishCommand':
        this.messages.push(`${input.Subject}: ${input.Message}`);
        return { MessageId: `message ${this.messages.length}` };
      case 'DescribeTrainingJobCommand':
        return this.described(String(input.TrainingJobName));
      case 'StopTrainingJobCommand':
        this.stopped.push(String(input.TrainingJobName));
        this.job = { ...this.job, status: 'Stopping' };
        return {};
      case 'DescribeEndpointCommand':
        return { EndpointStatus: 'InService', ProductionVariants: Object.entries(this.weights).map(variant) };
      case 'UpdateEndpointWeightsAndCapacitiesCommand':
        for (const { VariantName, DesiredWeight } of input.DesiredWeightsAndCapacities as readonly Weight[])
          this.weights[VariantName] = DesiredWeight;
        return {};
      default:
        return this.store.answer(command, input);
    }
  }

  /** A function that Lambda invokes three times in all, and whose event then lies in the queue. */
  public invocation(name: string, limitSeconds: number, invoke: () => Promise<unknown>): Invocation {
    const followers: Invocation['followers'] = ({ hasSucceeded }) => {
      if (!hasSucceeded) this.deadLetters.push(name);
      return [];
    };
    return { name, attempts: 1 + RETRIES.length, retryAfterSeconds: RETRIES, limitSeconds, invoke, followers };
  }

  private described(TrainingJobName: string): object {
    const { status, begun } = this.job;
    const TrainingJobArn = `arn:aws:sagemaker:eu-west-1:111122223333:training-job/${TrainingJobName}`;
    return {
      TrainingJobArn,
      TrainingJobStatus: status,
      SecondaryStatus: 'Training',
      TrainingStartTime: begun,
      FailureReason: status === 'Failed' ? 'AlgorithmError: exit code 1' : undefined,
    };
  }
}

interface Weight {
  readonly VariantName: string;
  readonly DesiredWeight: number;
}

const variant = ([VariantName, DesiredWeight]: readonly [string, number]) => ({ VariantName, DesiredWeight });
