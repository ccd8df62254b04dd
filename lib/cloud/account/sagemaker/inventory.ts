import { isMembers, type Members, objectList, optionalText, textMember } from '../../members';
import { ServiceError } from '../../stand-in/service';

/** An endpoint of the account. */
export interface DeployedEndpoint {
  readonly name: string;
  readonly configName: string;
  /** that were set while it was in service, by variant; those of its configuration where absent */
  readonly weights?: { readonly [variantName: string]: number };
}

/**
 * What comes of an update that SageMaker takes back: the endpoint is in service with the configuration of before, and no source says whether CloudFormation's update
 * then fails or succeeds.
 */
export type TakenBack = 'update fails' | 'update succeeds';

/** Endpoints, their configurations, job definitions and model packages: what schedules and jobs refer to by name. */
export class SageMakerInventory {
  public readonly endpoints = new Map<string, DeployedEndpoint>();
  /** updates of endpoints to another configuration that will be taken back, the next one first */
  public readonly takenBack: TakenBack[] = [];
  /** inputs of CreateEndpointConfig by name */
  public readonly endpointConfigs = new Map<string, Members>();
  /** inputs of the Create calls of job definitions, by name */
  public readonly jobDefinitions = new Map<string, Members>();
  /** what DescribeModelPackage answers, by ARN or by name */
  public readonly modelPackages = new Map<string, Members>();

  /** `outside`: endpoints that exist beside the deployed ones, their capture on; undefined takes every other name to exist. */
  public constructor(private readonly outside: readonly string[] | undefined) {}

  /** Refuses a schedule as the service does: without an endpoint, or for one without data capture. */
  public checkMonitored(endpointName: string): void {
    const endpoint = this.endpoints.get(endpointName);
    if (endpoint === undefined) {
      if (this.outside === undefined || this.outside.includes(endpointName)) {
        return;
      }
      throw new ServiceError('ValidationException', `Could not find endpoint "${endpointName}"`);
    }
    const capture = this.endpointConfigs.get(endpoint.configName)?.DataCaptureConfig;
    if (!isMembers(capture) || capture.EnableCapture === false) {
      throw new ServiceError('ValidationException', `Endpoint "${endpointName}" has no data capture configured`);
    }
  }

  /** Whether there is an endpoint of this name, as far as the account knows. */
  public has(endpointName: string): boolean {
    return this.endpoints.has(endpointName) || this.outside === undefined || this.outside.includes(endpointName);
  }

  /** The S3 URI below which an endpoint captures, without slash at the end; undefined where it does not, or is not deployed here. */
  public capturedBy(endpointName: string): string | undefined {
    const configName = this.endpoints.get(endpointName)?.configName ?? '';
    const capture = this.endpointConfigs.get(configName)?.DataCaptureConfig;
    return isMembers(capture)
      ? optionalText(capture, 'DestinationS3Uri', 'DataCaptureConfig')?.replace(/\/$/, '')
      : undefined;
  }

  /** The definition of a schedule: named, or inline; throws for a name that is not there. */
  public definitionOf(config: Members): Members {
    const name = optionalText(config, 'MonitoringJobDefinitionName', 'MonitoringScheduleConfig');
    if (name === undefined) {
      return isMembers(config.MonitoringJobDefinition) ? config.MonitoringJobDefinition : {};
    }
    const definition = this.jobDefinitions.get(name);
    if (definition === undefined) {
      throw new ServiceError('ValidationException', `Could not find the job definition "${name}"`);
    }
    return definition;
  }
}

const JOB_INPUTS = ['DataQualityJobInput', 'ModelQualityJobInput', 'ModelBiasJobInput', 'ModelExplainabilityJobInput'];
const JOB_OUTPUTS = JOB_INPUTS.map((name) => `${name.replace(/Input$/, '')}OutputConfig`);

/** Name of the endpoint that a definition monitors; undefined for a batch transform. */
export function endpointOf(definition: Members): string | undefined {
  return optionalText(jobInputOf(definition), 'EndpointName', 'EndpointInput');
}

/** `EndpointInput` of a definition; empty for a batch transform. */
export function jobInputOf(definition: Members): Members {
  const inputs = [
    ...JOB_INPUTS.map((name) => definition[name]),
    ...objectList(definition, 'MonitoringInputs', 'MonitoringJobDefinition'),
  ];
  return (
    inputs
      .filter(isMembers)
      .map(({ EndpointInput }) => EndpointInput)
      .find(isMembers) ?? {}
  );
}

/** Where reports go: an S3 URI without slash at the end, and the path in the container. */
export interface MonitoringOutput {
  readonly uri: string;
  readonly localPath?: string;
}

/** Where a definition's reports go; undefined where it has no output. */
export function outputOf(definition: Members): MonitoringOutput | undefined {
  for (const config of [...JOB_OUTPUTS, 'MonitoringOutputConfig'].map((name) => definition[name]).filter(isMembers)) {
    const [output] = objectList(config, 'MonitoringOutputs', 'MonitoringOutputConfig');
    if (isMembers(output?.S3Output)) {
      const uri = textMember(output.S3Output, 'S3Uri', 'S3Output').replace(/\/$/, '');
      const localPath = optionalText(output.S3Output, 'LocalPath', 'S3Output');
      return { uri, ...(localPath === undefined ? {} : { localPath }) };
    }
  }
  return undefined;
}
