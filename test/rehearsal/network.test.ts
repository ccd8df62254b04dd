import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { readText } from '../project/source-files';
import { hours, newFolder, removeFolders, rows, type Template } from './fixtures/app';
import { synthesizeFirstApp } from './fixtures/readme-app';

// The README's first app with its functions in a VPC that leads nowhere but to the endpoints of docs/network.md, under the page's policy for S3.

const PAGE = readText('docs/network.md');

/** As it stands on the page. */
const [, POLICY = ''] = /```json\n(\{[\s\S]*?)\n```/.exec(PAGE) ?? [];

/** Whatever features need: each name as it ends on the page, and its kind. */
const WAYS = [...PAGE.matchAll(/^\| `com\.amazonaws\.\{region\}\.([\w.]+)` \| (\w+) \|/gm)].map(
  ([, service, kind]) => ({
    service,
    kind,
  }),
);

const NETWORK = `
const vpc = new ec2.Vpc(stack, 'Vpc', {
  natGateways: 0,
  maxAzs: 2,
  subnetConfiguration: [{ name: 'functions', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
for (const { service, kind } of ${JSON.stringify(WAYS)}) {
  const add = { gateway: ec2.GatewayVpcEndpointAwsService, interface: ec2.InterfaceVpcEndpointAwsService };
  if (kind === 'gateway') vpc.addGatewayEndpoint(service, { service: new ec2.GatewayVpcEndpointAwsService(service) });
  else vpc.addInterfaceEndpoint(service, { service: new ec2.InterfaceVpcEndpointAwsService(service) });
}
new StackResources(stack, 'Shared', { vpc });
`;

let assembly = '';

beforeAll(() => {
  assembly = synthesizeFirstApp((source) =>
    source
      .replace('import * as ecr', "import * as ec2 from 'aws-cdk-lib/aws-ec2';\nimport * as ecr")
      .replace('  RetrainingTrigger,\n', '  RetrainingTrigger,\n  StackResources,\n')
      .replace('const bucket =', `${NETWORK}\nconst bucket =`),
  );
});

afterAll(removeFolders);

/** A copy of the assembly, changed. */
function changed(change: (template: Template) => void): string {
  const copy = join(newFolder(), 'cdk.out');
  cpSync(assembly, copy, { recursive: true });
  const file = join(copy, 'Churn.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  change(template);
  writeFileSync(file, JSON.stringify(template));
  return copy;
}

async function rehearsed(change: (template: Template) => void = () => undefined): Promise<RehearsalResult> {
  const file = join(newFolder(), 'churn.csv');
  const lines = rows(1000).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(file, `${['score,size,colour', ...lines].join('\n')}\n`);
  const objects = [{ key: 'training/churn.csv', file }];
  const given = { traffic: hours(false, true, true), expectDrift: true, objects, workshop: WARM_WORKSHOP };
  return rehearse({ ...given, assembly: changed(change), workDirectory: newFolder() });
}

const endpointsOf = ({ Resources }: Template, service: string) =>
  Object.entries(Resources).filter(
    ([, { Type, Properties }]) =>
      Type === 'AWS::EC2::VPCEndpoint' && JSON.stringify(Properties.ServiceName).endsWith(`.${service}"]]}`),
  );

/** Gives S3's endpoint the page's policy, for the account and region of the rehearsal. */
function withPolicy(template: Template, text = POLICY): void {
  const [[, endpoint]] = endpointsOf(template, 's3');
  const policy = text.replaceAll('111122223333', '123456789012').replaceAll('euwest1', 'useast1');
  endpoint.Properties.PolicyDocument = JSON.parse(policy);
}

/** Lets functions wait for what is there. */
function withoutAbsent({ Resources }: Template): void {
  for (const resource of Object.values(Resources) as { Type: string; DependsOn?: string[] }[]) {
    if (resource.Type !== 'AWS::Lambda::Function') continue;
    const routes = Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::EC2::Route');
    resource.DependsOn = [...(resource.DependsOn ?? []).filter((id) => id in Resources), ...routes];
  }
}

const problemsOf = ({ timeline }: RehearsalResult) => timeline.filter(({ problem }) => problem);

test('the endpoints and the policy of the page are enough', async () => {
  expect(WAYS.length).toBeGreaterThan(5);
  const result = await rehearsed((template) => withPolicy(template));
  expect(problemsOf(result)).toEqual([]);
  expect(result.expectations.filter(({ met }) => !met)).toEqual([]);
  expect(result.unseen).toEqual([]);
});

test.each(WAYS.map(({ service }) => service))(
  'none of them is one too many: without %s, it is missed',
  async (service) => {
    const result = await rehearsed((template) => {
      for (const [id] of endpointsOf(template, service)) delete template.Resources[id];
      withoutAbsent(template);
    });
    expect(result.succeeded).toBe(false);
    expect(JSON.stringify(problemsOf(result))).toContain(`neither a VPC endpoint for ${service} nor a route`);
  },
);

test('a policy that lets no answers to CloudFormation pass is named', async () => {
  const { Statement, ...others } = JSON.parse(POLICY);
  const own = JSON.stringify({ ...others, Statement: Statement.slice(0, 1) });
  const { expectations } = await rehearsed((template) => withPolicy(template, own));
  const details = expectations.filter(({ met }) => !met).map(({ detail }) => detail);
  expect(details.join()).toContain('its answer does not reach CloudFormation: the policy of the VPC endpoint');
});

test('a policy for the principals of another account is named', async () => {
  const foreign = POLICY.replaceAll('111122223333', '999999999999');
  const result = await rehearsed((template) => withPolicy(template, foreign));
  expect(JSON.stringify(problemsOf(result))).toContain('the policy of the VPC endpoint: no statement allows');
});

test('a route to a NAT gateway leads everywhere, one to an internet gateway nowhere', async () => {
  const routed = (target: object) => (template: Template) => {
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::EC2::VPCEndpoint') delete template.Resources[id];
      if (Type !== 'AWS::EC2::RouteTable') continue;
      const Properties = { RouteTableId: { Ref: id }, DestinationCidrBlock: '0.0.0.0/0', ...target };
      template.Resources[`${id}Out`] = { Type: 'AWS::EC2::Route', Properties };
    }
    withoutAbsent(template);
  };
  expect(problemsOf(await rehearsed(routed({ NatGatewayId: 'nat-0123' })))).toEqual([]);
  expect(JSON.stringify(problemsOf(await rehearsed(routed({ GatewayId: 'igw-0123' }))))).toContain(
    'neither a VPC endpoint for s3 nor a route',
  );
});

test('a VPC that is not part of the app is taken to lead to every service, and that is told', async () => {
  const result = await rehearsed((template) => {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::Lambda::Function')
        Properties.VpcConfig = { SubnetIds: ['subnet-0a1b'], SecurityGroupIds: ['sg-1'] };
    }
  });
  expect(result.succeeded).toBe(true);
  expect(result.unseen).toEqual([
    { name: 'network', why: 'not rehearsed', detail: expect.stringContaining('subnet-0a1b') },
  ]);
});
