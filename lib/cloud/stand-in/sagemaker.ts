import type { Pipelines } from '../account/pipelines';
import type { TrainingJobs } from '../account/sagemaker/training-jobs';
import { type EndpointOperationsProps, endpointOperations } from './sagemaker-endpoints';
import { type JobOperationsProps, jobOperations } from './sagemaker-jobs';
import { pipelineOperations } from './sagemaker-pipelines';
import { type ScheduleOperationsProps, scheduleOperations } from './sagemaker-schedules';
import { trainingOperations } from './sagemaker-training';
import { jsonService, type Service } from './service';

/** What SageMaker's operations work on. */
export interface SageMakerProps extends JobOperationsProps, ScheduleOperationsProps, EndpointOperationsProps {
  readonly pipelines: Pipelines;
  readonly trainings: TrainingJobs;
}

/** SageMaker: pipelines, processing and training jobs, monitoring schedules, endpoints and model packages, every request held to the published figures. */
export function sageMaker(props: SageMakerProps): Service {
  return jsonService(
    { name: 'SageMaker', version: '1.1', model: 'sagemaker' },
    {
      ...pipelineOperations(props.pipelines, props.authorizer),
      ...jobOperations(props),
      ...trainingOperations(props.trainings, props.authorizer),
      ...scheduleOperations(props),
      ...endpointOperations(props),
    },
  );
}
