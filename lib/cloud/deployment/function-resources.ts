import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CloudError } from '../cloud-error';
import { isMembers, type Members, objectMember, optionalNumber, optionalText, textMember } from '../members';
import { createRequest } from './create-request';
import { assetFingerprint, sha256 } from './fingerprint';
import { type Creator, type DeploymentContext, physicalName, type Resource } from './resource';

/** The endings of a module that the runtime loads, in the order in which it looks for them. */
const MODULE_ENDINGS = ['.js', '.mjs', '.cjs'];

const lambdaFunction: Creator = (resource, context) => {
  const { account } = context;
  const { properties, logicalId } = resource;
  const name = physicalName(resource, 'FunctionName');
  const arn = account.arn('lambda', `function:${name}`);
  const roleArn = textMember(properties, 'Role', logicalId);
  const environment = environmentOf(properties, logicalId);
  createRequest('lambda CreateFunction', {
    ...properties,
    FunctionName: name,
    Code: {},
    Environment: { Variables: environment },
    Tags: undefined, // a list in templates, a map in requests
  });
  const code = codeOf(resource, context);
  const lambda = { name, arn, roleArn, environment, subnets: subnetsOf(properties) };
  account.functions.add({
    ...lambda,
    policy: account.functions.find(arn)?.policy ?? [],
    ...('unsupported' in code
      ? { unsupported: code.unsupported }
      : { sha256: sha256(code.file), process: processOf({ ...lambda, ...code }, resource, context) }),
  });
  return { ref: name, attributes: { Arn: arn }, undo: () => account.functions.remove(arn) };
};

/** A function that is to run. */
interface RunningFunction extends RunnableCode {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly subnets?: readonly string[];
}

function processOf(lambda: RunningFunction, resource: Resource, context: DeploymentContext) {
  const { properties, logicalId, title } = resource;
  return context.workshop.processOf({
    functionName: lambda.name,
    functionArn: lambda.arn,
    file: lambda.file,
    exportName: lambda.exportName,
    environment: { ...lambda.environment, ...runtimeEnvironment(lambda, title, context) },
    timeoutSeconds: optionalNumber(properties, 'Timeout', logicalId) ?? 3,
    memorySize: optionalNumber(properties, 'MemorySize', logicalId) ?? 128,
  });
}

interface RunnableCode {
  readonly file: string;
  readonly exportName: string;
}

type Code = RunnableCode | { readonly unsupported: string };

/** The handler's file in the assembly. Throws `UnusableAssembly` where the asset's files are not what its hash in the manifest says. */
function codeOf({ properties, logicalId, title }: Resource, { account, assets }: DeploymentContext): Code {
  const code = objectMember(properties, 'Code', logicalId);
  const key = optionalText(code, 'S3Key', logicalId);
  const runtime = optionalText(properties, 'Runtime', logicalId) ?? 'a container image';
  const asset = assets.find(({ objectKey }) => objectKey === key);
  if (asset === undefined || !runtime.startsWith('nodejs')) {
    return {
      unsupported: `it runs ${runtime}, with code ${key ?? 'outside the assembly'}: only Node.js assets are run`,
    };
  }
  const [moduleName = '', exportName = ''] = textMember(properties, 'Handler', logicalId).split('.');
  const file = MODULE_ENDINGS.map((ending) => join(asset.path, moduleName + ending)).find(existsSync);
  if (file === undefined) {
    return { unsupported: `${asset.path} holds no module '${moduleName}'` };
  }
  const found = assetFingerprint(asset.path);
  const detail = `asset ${asset.hash}, ${file.slice(asset.path.length + 1)} has sha256 ${sha256(file)}`;
  if (found !== asset.hash) {
    const words = `${title} would not run what was synthesized: ${detail}, but its files give ${found}; synthesize anew`;
    throw new CloudError('UnusableAssembly', words);
  }
  account.recorder.happened('deployment', `${title} runs the bundle of the assembly, unchanged`, detail);
  return { file, exportName };
}

function environmentOf(properties: Members, logicalId: string): Record<string, string> {
  const environment = isMembers(properties.Environment) ? properties.Environment.Variables : undefined;
  const entries = Object.entries(isMembers(environment) ? environment : {});
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value === 'object') {
        throw new CloudError('MalformedMember', `${logicalId}: environment variable '${name}' is no text`);
      }
      return [name, String(value)];
    }),
  );
}

function subnetsOf({ VpcConfig }: Members): string[] | undefined {
  const subnets = isMembers(VpcConfig) ? (VpcConfig.SubnetIds as string[]) : [];
  return subnets.length > 0 ? subnets : undefined;
}

/**
 * What Lambda itself sets, and what leads the SDK to the stand-in; nothing of the user's own configuration is read.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
function runtimeEnvironment(
  { name, roleArn, subnets }: RunningFunction,
  title: string,
  { account, workshop }: DeploymentContext,
): Record<string, string> {
  return {
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_ENDPOINT_URL: workshop.endpoint,
    AWS_ACCESS_KEY_ID: account.accessKeyOf({ roleArn, name: title, subnets }),
    AWS_SECRET_ACCESS_KEY: 'rehearsal',
    AWS_SESSION_TOKEN: 'rehearsal',
    AWS_CONFIG_FILE: join(workshop.home, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(workshop.home, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'rehearsal',
    HOME: workshop.home,
    TZ: 'UTC',
  };
}

const stateMachine: Creator = (resource, { account }) => {
  const { properties, logicalId } = resource;
  const name = physicalName(resource, 'StateMachineName', 80);
  const arn = account.arn('states', `stateMachine:${name}`);
  const definition = optionalText(properties, 'DefinitionString', logicalId) ?? JSON.stringify(properties.Definition);
  if (definition === undefined || properties.DefinitionSubstitutions !== undefined) {
    throw new CloudError(
      'NotRehearsed',
      `${logicalId}: the rehearsal reads 'DefinitionString' or 'Definition', without substitutions or S3 location`,
    );
  }
  createRequest('states CreateStateMachine', {
    name,
    definition,
    roleArn: properties.RoleArn,
    type: properties.StateMachineType,
  });
  account.machines.add({ arn, name, roleArn: textMember(properties, 'RoleArn', logicalId), definition });
  return { ref: arn, attributes: { Arn: arn, Name: name }, undo: () => account.machines.remove(arn) };
};

/** Creators of functions and state machines. */
export const FUNCTION_RESOURCES: Readonly<Record<string, Creator>> = {
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::StepFunctions::StateMachine': stateMachine,
};
