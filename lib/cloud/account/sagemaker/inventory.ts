import { isMembers, type Members, objectList, optionalText } from '../../members';
import { ServiceError } from '../../stand-in/service';

/** An endpoint of the account. */
export interface DeployedEndpoint {
  readonly name: string;
  readonly configName: string;
}

/** Endpoints, their configurations, job definitions and model packages: what schedules and jobs refer to by name. */
export class SageMakerInventory {
  public readonly endpoints = new Map<string, DeployedEndpoint>();
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
  const inputs = [
    ...JOB_INPUTS.map((name) => definition[name]),
    ...objectList(definition, 'MonitoringInputs', 'MonitoringJobDefinition'),
  ];
  for (const input of inputs.filter(isMembers)) {
    if (isMembers(input.EndpointInput)) {
      return optionalText(input.EndpointInput, 'EndpointName', 'EndpointInput');
    }
  }
  return undefined;
}

/** The S3 URI that a definition's reports go below, without slash at the end; undefined where it has none. */
export function outputOf(definition: Members): string | undefined {
  for (const config of [...JOB_OUTPUTS, 'MonitoringOutputConfig'].map((name) => definition[name]).filter(isMembers)) {
    const [output] = objectList(config, 'MonitoringOutputs', 'MonitoringOutputConfig');
    if (isMembers(output?.S3Output)) {
      return optionalText(output.S3Output, 'S3Uri', 'S3Output')?.replace(/\/$/, '');
    }
  }
  return undefined;
}
