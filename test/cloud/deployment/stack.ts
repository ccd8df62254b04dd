import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Cloud } from '../../../lib/cloud/deployment/cloud';
import { customResources } from './requests';

/**
 * A handler that does what the resource's property `Do` says: answers, fails, throws (always or as often as `Times` says), keeps silent,
 * starts a state machine with the request, or signals a wait condition.
 */
const HANDLER = `
import { createRequire } from 'node:module';
const require = createRequire(ROOT);
let thrown = 0;
const put = (url, body) => fetch(url, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) });
const answer = ({ ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId }, { Id, Data }, more) =>
  put(ResponseURL, { Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, Data, PhysicalResourceId: Id ?? PhysicalResourceId ?? LogicalResourceId, ...more });
export const handler = async (event) => {
  const request = event.request ?? event;
  const properties = request.ResourceProperties;
  const behaviour = request.RequestType === 'Delete' ? (properties.OnDelete ?? 'answer') : event.request ? 'answer' : (properties.Do ?? 'answer');
  switch (behaviour) {
    case 'answer': return void (await answer(request, properties, {}));
    case 'lie': return void (await answer(request, properties, { RequestId: 'another' }));
    case 'fail': return void (await answer(request, properties, { Status: 'FAILED', Reason: 'it was told to' }));
    case 'throw': if (thrown++ < Number(properties.Times ?? 99)) throw new Error('broken'); return void (await answer(request, properties, {}));
    case 'silence': return;
    case 'machine': {
      const { SFNClient, StartExecutionCommand } = require('@aws-sdk/client-sfn');
      await new SFNClient({}).send(new StartExecutionCommand({ stateMachineArn: properties.Machine, name: request.RequestId, input: JSON.stringify({ request }) }));
      return;
    }
    case 'signal': {
      for (const body of JSON.parse(properties.Signals)) await put(properties.Handle, body);
      return void (await answer(request, properties, {}));
    }
  }
};`;

const folders: string[] = [];

/** A new folder, gone after the tests. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-test-'));
  folders.push(folder);
  return folder;
}

let handlerFolder: string | undefined;

/** The handler's folder: the same for all apps, so that they have the same asset. */
function handler(): string {
  if (handlerFolder === undefined) {
    handlerFolder = newFolder();
    const root = JSON.stringify(resolve(__dirname, '../../..', 'package.json'));
    writeFileSync(join(handlerFolder, 'index.mjs'), HANDLER.replace('ROOT', root));
  }
  return handlerFolder;
}

/** A stack with a function for custom resources, and resources by logical id as they stand in a template. */
export class TestStack extends Stack {
  public readonly handler: lambda.Function;

  public constructor(app: App, id = 'Test') {
    super(app, id, { env: { account: '123456789012', region: 'us-east-1' } });
    this.handler = new lambda.Function(this, 'Handler', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(handler()),
      timeout: Duration.seconds(20),
    });
  }

  public add(logicalId: string, type: string, properties: object = {}): CfnResource {
    const resource = new CfnResource(this, logicalId, { type, properties: { ...properties } });
    resource.overrideLogicalId(logicalId);
    return resource;
  }

  /** A custom resource answered by the function. */
  public custom(logicalId: string, properties: object = {}): CfnResource {
    const resource = this.add(logicalId, 'Custom::Test', { ServiceToken: this.handler.functionArn, ...properties });
    resource.node.addDependency(this.handler);
    return resource;
  }

  /** A state machine that waits, then calls the function with its input; its ARN. */
  public machine(seconds: number): string {
    const trust = new iam.ServicePrincipal('states.amazonaws.com');
    const role = new iam.Role(this, 'MachineRole', { assumedBy: trust });
    this.handler.grantInvoke(role);
    const definition = {
      StartAt: 'Wait',
      States: {
        Wait: { Type: 'Wait', Seconds: seconds, Next: 'Answer' },
        Answer: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { FunctionName: this.handler.functionArn, 'Payload.$': '$' },
          End: true,
        },
      },
    };
    const machine = this.add('Machine', 'AWS::StepFunctions::StateMachine', {
      RoleArn: role.roleArn,
      DefinitionString: this.toJsonString(definition),
    });
    machine.node.addDependency(role);
    this.handler.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: ['arn:aws:states:*:*:stateMachine:*'] }),
    );
    return machine.ref;
  }
}

/** Synthesizes a stack and returns its assembly's path. */
export function assembly(build: (stack: TestStack) => void, id?: string): string {
  const app = new App({ outdir: newFolder() });
  build(new TestStack(app, id));
  return app.synth().directory;
}

/** Opens a cloud whose endpoint `churn` exists. */
export function openCloud(): Promise<Cloud> {
  return Cloud.open({ outsideEndpoints: ['churn'] });
}

export function removeFolders(): void {
  handlerFolder = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

export { customResources };
