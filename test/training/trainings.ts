import type { TrainingCourse } from '../../lib/cloud/account/sagemaker/training-jobs';
import type { Cloud } from '../../lib/cloud/deployment/cloud';

/** The input of CreateTrainingJob, with what a test adds. */
export function trainingRequest(name: string, more: object = {}) {
  return {
    TrainingJobName: name,
    RoleArn: 'arn:aws:iam::111122223333:role/training',
    AlgorithmSpecification: {
      TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1',
      TrainingInputMode: 'File',
      MetricDefinitions: [
        { Name: 'train:loss', Regex: 'train_loss=([0-9.]+)' },
        { Name: 'validation:loss', Regex: 'validation_loss=([0-9.]+)' },
        { Name: 'loss:nan', Regex: 'epoch=([0-9]+) train_loss=[-+]?(?:nan|inf)' },
      ],
    },
    OutputDataConfig: { S3OutputPath: 's3://models/churn' },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 30 },
    StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
    ...more,
  };
}

/** Stages of a usual training, which trains from its fourth minute on. */
export const STAGES: TrainingCourse['stages'] = [
  { stage: 'Starting', atSeconds: 0 },
  { stage: 'Downloading', atSeconds: 120 },
  { stage: 'Training', atSeconds: 240 },
];

/** A loss that falls, and validation near it. */
export const HEALTHY = {
  'train:loss': (minute: number) => 1 / minute,
  'validation:loss': (minute: number) => 1.02 / minute,
};

/** Begins a training by its name, as a pipeline or a person does. */
export function train(cloud: Cloud, name: string, { more, ...course }: Partial<TrainingCourse> & { more?: object }) {
  return cloud.trainings.begin(trainingRequest(name, more), { stages: STAGES, metrics: HEALTHY, ...course });
}
