import type * as events from 'aws-cdk-lib/aws-events';
import type { TrainingSettings } from './contract';

/**
 * What the watch of a training is made of.
 */
export interface TrainingBinding extends Pick<TrainingSettings, 'jobPrefix' | 'pipelineName'> {
  /** of SageMaker's events, those that may tell an issue */
  readonly eventPattern: events.EventPattern;
  /** where the event has which training it is of */
  readonly workPath: string;
  readonly listing: { readonly action: string; readonly resources: string[]; readonly because?: string };
  readonly describing: { readonly action: string; readonly stopping: string; readonly resources: string[] };
}
