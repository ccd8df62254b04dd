import { isMembers, type Members, optionalText } from '../../members';
import type { ObjectStore } from '../../stand-in/object-store';
import { endpointOf, jobInputOf, outputOf, type SageMakerInventory } from './inventory';
import { addressOf } from './job-storage';
import { defined } from './processing-jobs';

/** Epoch milliseconds: `start` is in it, `end` is not. */
export interface AnalysedWindow {
  readonly start: number;
  readonly end: number;
}

/** One execution, and what it is made of. */
export interface MonitoringJobProps {
  readonly name: string;
  readonly scheduleName: string;
  readonly scheduledTime: Date;
  /** the hours since the execution before */
  readonly window: AnalysedWindow;
  readonly definition: Members;
  readonly objects: ObjectStore;
  readonly inventory: SageMakerInventory;
}

/** A job, or the reason why an execution has none. */
export type MonitoringJob = { readonly request: Members } | { readonly refusal: string };

const HOUR = 3_600_000;
const CONSTRAINTS = '/opt/ml/processing/baseline/constraints';
const STATISTICS = '/opt/ml/processing/baseline/stats';

/** The job of an execution as far as others see it, where no container runs: without inputs. */
export function outlinedJob(name: string, definition: Members): Members {
  return defined({
    ProcessingJobName: name,
    RoleArn: definition.RoleArn,
    ProcessingResources: definition.JobResources ?? definition.MonitoringResources,
    StoppingCondition: definition.StoppingCondition,
    NetworkConfig: definition.NetworkConfig,
    AppSpecification: memberEnding(definition, 'AppSpecification'),
  });
}

/**
 * The job that the service makes of a definition for one execution on captured data of an endpoint: the files of the baseline, a folder
 * for each hour with data, and the variables by which the container finds them. Without data there is no job.
 *
 * Of batch transform, and of labels that have to be merged first, it knows nothing.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
 */
export function monitoringJob(props: MonitoringJobProps): MonitoringJob {
  const { definition } = props;
  const inputs = capturedInputs(props);
  if (inputs.length === 0) {
    return { refusal: 'Job inputs had no data' };
  }
  const output = outputFolder(props);
  const outputs = [{ OutputName: 'result', S3Output: { ...output, S3UploadMode: 'EndOfJob' } }];
  return {
    request: {
      ...outlinedJob(props.name, definition),
      Environment: environmentOf(props, output.LocalPath),
      ProcessingInputs: [
        ...baselineInput(definition, { resource: 'ConstraintsResource', name: 'constraints', path: CONSTRAINTS }),
        ...baselineInput(definition, { resource: 'StatisticsResource', name: 'baseline', path: STATISTICS }),
        ...inputs,
      ],
      ProcessingOutputConfig: { Outputs: outputs },
    },
  };
}

/**
 * Endpoint reports are at `{S3Uri}/{endpoint}/{schedule}/yyyy/mm/dd/hh/`, those of batch transforms lack the endpoint; the hour is the
 * scheduled one.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-results.html
 */
export function reportFolderOf(definition: Members, scheduleName: string, scheduledTime: Date): string {
  const parts = [outputOf(definition)?.uri, endpointOf(definition), scheduleName, hourPath(scheduledTime.getTime())];
  return parts.filter((part) => part !== undefined).join('/');
}

function outputFolder({ definition, scheduleName, scheduledTime }: MonitoringJobProps) {
  return {
    S3Uri: reportFolderOf(definition, scheduleName, scheduledTime),
    LocalPath: outputOf(definition)?.localPath ?? '/opt/ml/processing/output',
  };
}

interface BaselineInput {
  readonly resource: string;
  readonly name: string;
  readonly path: string;
}

function baselineInput(definition: Members, { resource, name, path }: BaselineInput): Members[] {
  const uri = baselineUri(definition, resource);
  return uri === undefined ? [] : [s3Input(name, uri, path)];
}

/** Where a definition finds a file of its baseline: `ConstraintsResource` or `StatisticsResource`. */
export function baselineUri(definition: Members, resource: string): string | undefined {
  const config = memberEnding(definition, 'BaselineConfig');
  const found = isMembers(config) ? config[resource] : undefined;
  return isMembers(found) ? optionalText(found, 'S3Uri', resource) : undefined;
}

function capturedInputs({ definition, window, objects, inventory }: MonitoringJobProps): Members[] {
  const endpointName = endpointOf(definition) ?? '';
  const captured = inventory.capturedBy(endpointName);
  if (captured === undefined) {
    return [];
  }
  const { bucket, key: prefix } = addressOf(`${captured}/${endpointName}/`);
  const hours = hoursOf(window).map(hourPath);
  const folders = objects.hasBucket(bucket) ? foldersOf(objects, bucket, prefix) : [];
  const withData = folders.filter((folder) => hours.some((hour) => folder.endsWith(`/${hour}`)));
  const localPath = optionalText(jobInputOf(definition), 'LocalPath', 'EndpointInput') ?? '';
  return withData.map((folder, index) =>
    s3Input(
      `endpoint_input_${index + 1}`,
      `s3://${bucket}/${prefix}${folder}`,
      `${localPath}/${endpointName}/${folder}`,
    ),
  );
}

/** Folders with objects below a prefix, relative to it. */
function foldersOf(objects: ObjectStore, bucket: string, prefix: string): string[] {
  const keys = objects.list(bucket, prefix).map(({ key }) => key.slice(prefix.length));
  return [...new Set(keys.map((key) => key.slice(0, Math.max(key.lastIndexOf('/'), 0))))];
}

function hoursOf({ start, end }: AnalysedWindow): number[] {
  return Array.from({ length: Math.ceil((end - start) / HOUR) }, (_, index) => start + index * HOUR);
}

function environmentOf(props: MonitoringJobProps, outputPath: string): Members {
  const { definition, window, scheduleName } = props;
  const application = memberEnding(definition, 'AppSpecification');
  const given = isMembers(application) && isMembers(application.Environment) ? application.Environment : {};
  const endpointName = endpointOf(definition) ?? '';
  const input = jobInputOf(definition);
  const file = (resource: string, folder: string) => {
    const name = baselineUri(definition, resource)?.split('/').at(-1);
    return name === undefined ? undefined : `${folder}/${name}`;
  };
  const [start, end] = [window.start, window.end].map((time) => new Date(time).toISOString().replace('.000Z', 'Z'));
  return defined({
    ...given,
    baseline_constraints: file('ConstraintsResource', CONSTRAINTS),
    baseline_statistics: file('StatisticsResource', STATISTICS),
    dataset_format: JSON.stringify({
      sagemakerCaptureJson: { captureIndexNames: ['endpointInput', 'endpointOutput'] },
    }),
    dataset_source: optionalText(input, 'LocalPath', 'EndpointInput'),
    end_time: end,
    exclude_features_attribute: optionalText(input, 'ExcludeFeaturesAttribute', 'EndpointInput'),
    metric_time: start,
    output_path: outputPath,
    sagemaker_endpoint_name: endpointName,
    sagemaker_monitoring_schedule_name: scheduleName,
    start_time: start,
  });
}

function s3Input(InputName: string, S3Uri: string, LocalPath: string): Members {
  return { InputName, S3Input: { S3Uri, LocalPath, S3DataType: 'S3Prefix', S3InputMode: 'File' } };
}

/** `yyyy/mm/dd/hh` of a time in epoch milliseconds, UTC. */
function hourPath(time: number): string {
  return new Date(time).toISOString().slice(0, 13).replace(/[-T]/g, '/');
}

/** The member that each kind of definition calls by another name, such as `DataQualityBaselineConfig`. */
export function memberEnding(definition: Members, ending: string): unknown {
  return Object.entries(definition).find(([name]) => name.endsWith(ending))?.[1];
}
