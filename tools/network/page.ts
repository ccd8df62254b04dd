import { s3EndpointPolicy } from './endpoint-policy';
import type { NetworkedFunction, Way } from './functions';

/** What `docs/network.md` has to say. */
export function networkPage(functions: readonly NetworkedFunction[]): string {
  return PAGE.replace('{ways}', () => wayTable(functions))
    .replace('{functions}', () => functions.map(functionRow).join('\n'))
    .replace('{policy}', () =>
      JSON.stringify(s3EndpointPolicy({ account: '111122223333', region: 'eu-west-1' }), null, 2),
    );
}

function wayTable(functions: readonly NetworkedFunction[]): string {
  const features = [...new Set(functions.map(({ feature }) => feature))];
  const ways = new Map(functions.flatMap((one) => one.ways).map((way) => [way.service, way]));
  const rows = [...ways.values()]
    .sort((a, b) => a.service.localeCompare(b.service))
    .map((way) => wayRow(way, features, functions));
  return [
    `| VPC endpoint | kind | ${features.join(' | ')} |`,
    `|---|---|${features.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

function wayRow({ service, kind }: Way, features: readonly string[], functions: readonly NetworkedFunction[]): string {
  const cells = features.map((feature) =>
    functions.some((one) => one.feature === feature && one.ways.some((way) => way.service === service)) ? 'needed' : '',
  );
  return `| \`${nameOf(service)}\` | ${kind} | ${cells.join(' | ')} |`;
}

const functionRow = ({ description, feature, ways }: NetworkedFunction): string =>
  `| ${description} | ${feature} | ${ways.map(({ service }) => `\`${service}\``).join(' ')} |`;

const nameOf = (service: string): string => `com.amazonaws.{region}.${service}`;

const PAGE = `# Network

What the functions of this library call, and how they reach it from a VPC without a way to the internet. Written by \`npm run network -- --write\` from the roles of the example apps; a test holds
that it is current.

Without anything said, functions run in Lambda's own network. \`StackResources\` puts all of a stack into a VPC, into private or isolated subnets; they call APIs of AWS by HTTPS and nothing else,
so that with these endpoints no NAT gateway and no internet gateway is needed:

{ways}

An endpoint of a feature that an app does not use is not needed, either. Those for S3 and DynamoDB are [gateways](https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html), entries in the
route tables of the subnets; the others are [interfaces](https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html) with private DNS, each of them billed. In China, some names begin with \`cn.\`.

\`\`\`ts
import * as ec2 from 'aws-cdk-lib/aws-ec2';

declare const endpoint: Endpoint;

const vpc = new ec2.Vpc(this, 'Vpc', {
  natGateways: 0,
  subnetConfiguration: [{ name: 'monitoring', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
const shared = new StackResources(this, 'Shared', { vpc });
for (const [id, service] of Object.entries({
  Metrics: ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING,
  Events: ec2.InterfaceVpcEndpointAwsService.EVENTBRIDGE,
  Analyses: ec2.InterfaceVpcEndpointAwsService.STEP_FUNCTIONS,
})) {
  const way = vpc.addInterfaceEndpoint(id, { service, open: false });
  shared.connections.allowToDefaultPort(way);
}
new ModelMonitoring(this, 'Monitoring', { data: MonitoredData.endpoint(endpoint) });
\`\`\`

The subnets of Availability Zones that an endpoint is not in reach it as well, across zones. Functions are slower to be removed than others: Lambda keeps network interfaces for some time after the last function
that used them is gone, and a deletion of the stack waits for it.

## What each function calls

| function | for | endpoints |
|---|---|---|
{functions}

What is not in the table is not called by the functions: [Lambda](https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html) writes their logs itself, S3 and SNS ask KMS on behalf of the role, and Step Functions, EventBridge and
Scheduler start functions from outside of the VPC. Jobs on Model Monitor have a network of their own: \`MonitoringEngine.modelMonitor({ vpc })\`.

## A policy for the endpoint of S3

A policy narrows an endpoint to your own buckets or principals. It has to let answers to CloudFormation pass as well: functions that a deployment waits for write them to
[a bucket of CloudFormation's](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html), in whose name the region has no dashes, by an address that CloudFormation has signed. Without, the
deployment waits for an hour, and fails.

\`\`\`json
{policy}
\`\`\`

## Rehearsed

\`npx cdk-sagemaker-monitoring rehearse\` takes the VPC of an app at its word: a function in it reaches the services for which the template has an endpoint with a policy that lets the request pass, or all where a route leads
out, as to a NAT gateway; every other call breaks, and the rehearsal names it. Security groups and network ACLs are not rehearsed. A VPC that is not part of the app is taken to lead to every service, and the
rehearsal says so. The page's endpoints and policy are rehearsed by \`test/rehearsal/network.test.ts\`, and each endpoint taken away in turn by \`network.long.test.ts\`.
`;
