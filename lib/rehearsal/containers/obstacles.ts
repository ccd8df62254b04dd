import { memberEnding } from '../../cloud/account/sagemaker/monitoring-job';
import { isMembers, type Members } from '../../cloud/members';

/** The last part of the images that this library can stand in for. */
const ANALYZER = /\/sagemaker-model-monitor-analyzer$/;
const CLARIFY = /\/sagemaker-clarify-processing:1\.0$/;

/** Which of SageMaker's containers an image is; undefined for any other image. */
export function containerOf(imageUri: string): 'analyzer' | 'clarify' | undefined {
  if (ANALYZER.test(imageUri)) {
    return 'analyzer';
  }
  return CLARIFY.test(imageUri) ? 'clarify' : undefined;
}

/** Asks the model: nothing runs it here. */
export const ASKS_MODEL = 'it asks the model, which does not run in a rehearsal';

const SCRIPTS = "it runs a script of yours inside of SageMaker's container";

/** Why the job of a baseline cannot be rehearsed, as far as its request tells; undefined when it can. */
export function baselineObstacle(request: Members): string | undefined {
  const application = isMembers(request.AppSpecification) ? request.AppSpecification : {};
  const environment = isMembers(request.Environment) ? request.Environment : {};
  const scripts = [environment.record_preprocessor_script, environment.post_analytics_processor_script];
  return imageObstacle(application) ?? (scripts.some((script) => script !== undefined) ? SCRIPTS : undefined);
}

/** Why the runs of a job definition cannot be rehearsed; undefined when they can. */
export function definitionObstacle(definition: Members): string | undefined {
  const input = memberEnding(definition, 'JobInput');
  const application = memberEnding(definition, 'AppSpecification');
  return inputObstacle(isMembers(input) ? input : {}) ?? applicationObstacle(isMembers(application) ? application : {});
}

function inputObstacle({ EndpointInput: endpoint, GroundTruthS3Input: labels }: Members): string | undefined {
  if (labels !== undefined) {
    return 'SageMaker merges captured data with labels for it, which a rehearsal does not do: it rehearses labels on serverless() alone';
  }
  if (!isMembers(endpoint)) {
    return 'it watches batch transform jobs, whose lists SageMaker reads for it: a rehearsal has such jobs on serverless() alone';
  }
  return endpoint.ExcludeFeaturesAttribute === undefined
    ? undefined
    : 'it leaves features out, and nothing published says what the container makes of the columns that remain';
}

function applicationObstacle(application: Members): string | undefined {
  const image = imageObstacle(application);
  if (image !== undefined) {
    return image;
  }
  if (containerOf(String(application.ImageUri)) === 'clarify') {
    return ASKS_MODEL;
  }
  const scripts = [application.RecordPreprocessorSourceUri, application.PostAnalyticsProcessorSourceUri];
  return scripts.some((script) => script !== undefined) ? SCRIPTS : undefined;
}

function imageObstacle({ ImageUri, ContainerEntrypoint, ContainerArguments }: Members): string | undefined {
  const isOurs = containerOf(String(ImageUri)) !== undefined;
  const isChanged = ContainerEntrypoint !== undefined || ContainerArguments !== undefined;
  return isOurs && !isChanged
    ? undefined
    : `its container is your own (${ImageUri}), which does not run in a rehearsal`;
}
