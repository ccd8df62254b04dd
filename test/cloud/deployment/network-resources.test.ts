import type { Cloud } from '../../../lib/cloud/deployment/cloud';
import { assembly, openCloud, removeFolders, type TestStack } from './stack';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud();
});

afterEach(() => cloud.close());
afterAll(removeFolders);

const GROUP = 'AWS::EC2::SecurityGroup';
const RULE = 'AWS::EC2::SecurityGroupIngress';
const ALL = { GroupDescription: 'jobs', VpcId: 'vpc-1' };
const deploy = (build: (stack: TestStack) => void) => cloud.deploy(assembly(build));

/** A group, and rules that let in what comes from itself. */
const grouped =
  (rules: Record<string, object>, group: object = ALL) =>
  (stack: TestStack) => {
    const { ref } = stack.add('Group', GROUP, group);
    for (const [id, changes] of Object.entries(rules)) {
      stack.add(id, RULE, { GroupId: ref, IpProtocol: '-1', SourceSecurityGroupId: ref, ...changes });
    }
  };
const idOf = (type: string) => cloud.resources({ type }).map(({ ref }) => ref);

describe('a security group', () => {
  test('has an id, by which rules know it', async () => {
    expect((await deploy(grouped({ Rule: {} }))).status).toBe('CREATE_COMPLETE');
    const [group] = cloud.resources({ type: GROUP });
    expect(group.ref).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(group.attributes).toEqual({ Id: group.ref, GroupId: group.ref, VpcId: 'vpc-1' });
    expect(cloud.resources({ type: RULE })[0]).toMatchObject({
      ref: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
      properties: { GroupId: group.ref },
    });
  });

  test('is another one in another VPC, and the same with other tags', async () => {
    await deploy(grouped({}));
    const [first] = idOf(GROUP);
    await deploy(grouped({}, { ...ALL, Tags: [{ Key: 'Team', Value: 'Risk' }] }));
    expect(idOf(GROUP)).toEqual([first]);
    await deploy(grouped({}, { ...ALL, VpcId: 'vpc-2' }));
    expect(idOf(GROUP)).not.toEqual([first]);
  });

  test('may have the name of one in another VPC, and of none in its own', async () => {
    const named = (VpcId: string) => (stack: TestStack) => {
      stack.add('One', GROUP, { ...ALL, GroupName: 'mine' });
      stack.add('Two', GROUP, { ...ALL, GroupName: 'mine', VpcId });
    };
    expect((await deploy(named('vpc-1'))).reason).toMatch(/^Two: AlreadyExists: /);
    expect((await deploy(named('vpc-2'))).status).toBe('CREATE_COMPLETE');
  });

  test('is not rehearsed outside of a VPC that it names', async () => {
    const { reason } = await deploy(grouped({}, { GroupDescription: 'jobs' }));
    expect(reason).toMatch(/^NotRehearsed: Group: .*default VPC/);
  });
});

describe('a rule of a security group', () => {
  test('gets another description in place, and is another one with another protocol', async () => {
    await deploy(grouped({ Rule: {} }));
    const [first] = idOf(RULE);
    expect((await deploy(grouped({ Rule: { Description: 'jobs' } }))).status).toBe('UPDATE_COMPLETE');
    expect(idOf(RULE)).toEqual([first]);
    await deploy(grouped({ Rule: { IpProtocol: '6', FromPort: 443, ToPort: 443 } }));
    expect(idOf(RULE)).not.toEqual([first]);
  });

  test('is not rehearsed where the group has it already, also under a logical id that the update gives up', async () => {
    const twice = await deploy(grouped({ One: {}, Two: { Description: 'again' } }));
    expect(twice.reason).toMatch(/^NotRehearsed: Two: .*already, by Test\/One$/);
    expect((await deploy(grouped({ One: {}, Two: { CidrIp: '10.0.0.0/8' } }))).status).toBe('CREATE_COMPLETE');
    expect((await deploy(grouped({ Moved: {} }))).reason).toMatch(/^NotRehearsed: Moved: .*already, by Test\/One$/);
  });

  test('is not rehearsed where its group is given by name', async () => {
    const { reason } = await deploy((stack) => void stack.add('Rule', RULE, { GroupName: 'mine', IpProtocol: '-1' }));
    expect(reason).toMatch(/^NotRehearsed: Rule: .*given by name/);
  });
});

describe('a VPC', () => {
  const VPC = { CidrBlock: '10.0.0.0/16' };
  const S3 = { ServiceName: 'com.amazonaws.us-east-1.s3', VpcEndpointType: 'Gateway' };
  const SNS = { ServiceName: 'com.amazonaws.us-east-1.sns', VpcEndpointType: 'Interface' };

  interface Parts {
    readonly route?: object;
    readonly gateway?: object;
    readonly endpoint?: object;
  }

  /** One with a subnet, and what leads out of it. */
  async function reached({ route, gateway, endpoint }: Parts) {
    const outcome = await deploy((stack) => {
      const VpcId = stack.add('Vpc', 'AWS::EC2::VPC', VPC).ref;
      const SubnetId = stack.add('Subnet', 'AWS::EC2::Subnet', { VpcId, CidrBlock: '10.0.0.0/24' }).ref;
      const RouteTableId = stack.add('Table', 'AWS::EC2::RouteTable', { VpcId }).ref;
      stack.add('Association', 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId, RouteTableId });
      if (route) stack.add('Route', 'AWS::EC2::Route', { RouteTableId, ...route });
      if (gateway) {
        stack.add('Gateway', 'AWS::EC2::VPCEndpoint', { VpcId, RouteTableIds: [RouteTableId], ...gateway });
      }
      if (endpoint) stack.add('Endpoint', 'AWS::EC2::VPCEndpoint', { VpcId, ...endpoint });
    });
    expect(outcome.status).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
    const subnets = idOf('AWS::EC2::Subnet');
    const { network } = cloud.account;
    return ['s3', 'sns'].filter((service) => network.obstacle(subnets, service) === undefined);
  }

  test.each<[string, Parts, string[]]>([
    ['nothing', {}, []],
    ['a gateway in the route table', { gateway: S3 }, ['s3']],
    ['a gateway in another route table', { gateway: { ...S3, RouteTableIds: ['rtb-1'] } }, []],
    ['an interface with private DNS', { endpoint: { ...SNS, PrivateDnsEnabled: true } }, ['sns']],
    ['an interface without', { endpoint: SNS }, []],
    ['an interface of another VPC', { endpoint: { ...SNS, PrivateDnsEnabled: true, VpcId: 'vpc-1' } }, []],
    [
      'a route to a NAT gateway',
      { route: { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' } },
      ['s3', 'sns'],
    ],
    ['a route to an internet gateway', { route: { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' } }, []],
    ['a route to another network', { route: { DestinationCidrBlock: '10.9.0.0/16', TransitGatewayId: 'tgw-1' } }, []],
  ])('with %s', async (_, parts, services) => {
    expect(await reached(parts)).toEqual(services);
  });

  test('leads nowhere any more when its endpoint is deleted', async () => {
    expect(await reached({ gateway: S3 })).toEqual(['s3']);
    expect(await reached({})).toEqual([]);
  });

  test('of others is taken to lead everywhere, and is known as such', () => {
    const { network } = cloud.account;
    expect(network.obstacle(['subnet-1'], 's3')).toBeUndefined();
    expect(network.unknown(['subnet-1', 'subnet-1'])).toEqual(['subnet-1']);
  });
});
