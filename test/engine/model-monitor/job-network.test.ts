import { Lazy, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourceOf, resourcesOf } from '../../monitor/readable-template';
import { addedStatements, jobOf, stackWith } from './job';

const INGRESS = 'AWS::EC2::SecurityGroupIngress';

/** A network of two zones, or of as many subnets as are asked for. */
function newVpc(stack = newStack(), subnets = 2) {
  const ids = Array.from({ length: subnets }, (_, index) => `subnet-${index}`);
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ids.map((_, index) => `eu-west-1-${index}`),
    privateSubnetIds: ids,
    isolatedSubnetIds: ids.map((id) => `${id}-isolated`),
  });
  return { stack, vpc };
}

function newGroups(stack: ReturnType<typeof newStack>, vpc: ec2.IVpc, count: number) {
  return Array.from({ length: count }, (_, index) => new ec2.SecurityGroup(stack, `Group${index}`, { vpc }));
}

describe('the network of a run', () => {
  test('is not spoken of when nothing is said', () => {
    expect(jobOf().NetworkConfig).toBeUndefined();
  });

  test.each([
    [{ networkIsolation: true }, { EnableNetworkIsolation: true }],
    [{ networkIsolation: false }, { EnableNetworkIsolation: false }],
    [{ interContainerTrafficEncryption: true }, { EnableInterContainerTrafficEncryption: true }],
    [{ interContainerTrafficEncryption: false }, { EnableInterContainerTrafficEncryption: false }],
  ])('[E3][E4] is for %j %j', (options, expected) => {
    expect(jobOf(options).NetworkConfig).toEqual(expected);
  });

  test('[E2] may be a VPC, with a security group of its own, which lets nothing in', () => {
    const { stack, vpc } = newVpc();
    expect(jobOf({ vpc }, stack).NetworkConfig).toEqual({
      VpcConfig: { SecurityGroupIds: [`\${DataQualitySecurityGroup.GroupId}`], Subnets: ['subnet-0', 'subnet-1'] },
    });
    const { Properties } = resourceOf(stack, 'AWS::EC2::SecurityGroup');
    expect(Properties.VpcId).toBe('vpc-1');
    expect(Properties.SecurityGroupIngress).toBeUndefined();
    expect(resourcesOf(stack, INGRESS)).toEqual([]);
  });

  test('may be other subnets of the VPC, and security groups of the user', () => {
    const { stack, vpc } = newVpc();
    const securityGroups = newGroups(stack, vpc, 2);
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    expect(jobOf({ vpc, vpcSubnets, securityGroups }, stack).NetworkConfig.VpcConfig).toEqual({
      SecurityGroupIds: [`\${Group0.GroupId}`, `\${Group1.GroupId}`],
      Subnets: ['subnet-0-isolated', 'subnet-1-isolated'],
    });
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroup')).toHaveLength(2);
    expect(resourcesOf(stack, INGRESS)).toEqual([]);
  });

  test('is a VPC that the job may attach its instances to', () => {
    const { stack, vpc } = newVpc();
    expect(addedStatements(stackWith({ vpc }, {}, stack))).toEqual([
      {
        Action: [
          'ec2:CreateNetworkInterface',
          'ec2:CreateNetworkInterfacePermission',
          'ec2:DeleteNetworkInterface',
          'ec2:DeleteNetworkInterfacePermission',
          'ec2:DescribeDhcpOptions',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
        ],
        Effect: 'Allow',
        Resource: '*',
      },
    ]);
  });

  test('needs no permission without a VPC', () => {
    expect(addedStatements(stackWith({ networkIsolation: true }))).toEqual([]);
  });
});

describe('several instances in a VPC', () => {
  test('may reach each other by the security group that is their own', () => {
    const { stack, vpc } = newVpc();
    stackWith({ vpc, instanceCount: 2 }, {}, stack);
    expect(resourceOf(stack, INGRESS).Properties).toMatchObject({
      GroupId: `\${DataQualitySecurityGroup.GroupId}`,
      SourceSecurityGroupId: `\${DataQualitySecurityGroup.GroupId}`,
      IpProtocol: '-1',
    });
  });

  test('may reach each other by a security group of the user, once for all monitors that share it', () => {
    const { stack, vpc } = newVpc();
    const securityGroups = newGroups(stack, vpc, 1);
    const engine = MonitoringEngine.modelMonitor({ vpc, instanceCount: 2, securityGroups });
    const endpoint = newEndpoint(stack);
    const baseline = givenBaseline(stack);
    for (const id of ['One', 'Two'])
      newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint), baseline }, id);
    expect(resourceOf(stack, INGRESS).Properties).toMatchObject({
      GroupId: `\${Group0.GroupId}`,
      SourceSecurityGroupId: `\${Group0.GroupId}`,
    });
  });

  test('may reach each other when their number is known at deployment only', () => {
    const { stack, vpc } = newVpc();
    stackWith({ vpc, instanceCount: Token.asNumber(Lazy.any({ produce: () => 2 })) }, {}, stack);
    expect(resourcesOf(stack, INGRESS)).toHaveLength(1);
  });
});

describe('the limits of a VPC', () => {
  test.each([
    [16, 5],
    [1, 1],
  ])('admit %d subnets and %d security groups', (subnets, groups) => {
    const { stack, vpc } = newVpc(undefined, subnets);
    const { VpcConfig } = jobOf({ vpc, securityGroups: newGroups(stack, vpc, groups) }, stack).NetworkConfig;
    expect(VpcConfig.Subnets).toHaveLength(subnets);
    expect(VpcConfig.SecurityGroupIds).toHaveLength(groups);
  });

  test.each([0, 6])('refuse %d security groups', (count) => {
    const { stack, vpc } = newVpc();
    const securityGroups = newGroups(stack, vpc, count);
    expect(() => stackWith({ vpc, securityGroups }, {}, stack)).toThrow(
      `'securityGroups' is "${count} groups", allowed is a whole number, 1 to 5 groups`,
    );
  });

  test('refuse 17 subnets', () => {
    const { stack, vpc } = newVpc(undefined, 17);
    expect(() => stackWith({ vpc }, {}, stack)).toThrow(
      `'vpcSubnets' is "17 subnets", allowed is a whole number, 1 to 16 subnets`,
    );
  });

  test('admit a VPC that is looked up before the next synthesis', () => {
    const stack = newStack();
    const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { isDefault: true });
    expect(() => stackWith({ vpc, vpcSubnets: { subnetGroupName: 'Later' } }, {}, stack)).not.toThrow();
  });

  test('refuse subnets and security groups of no VPC', () => {
    const options = { vpcSubnets: {}, securityGroups: [] };
    expect(() => stackWith(options)).toThrow(
      /'vpcSubnets' is "given", allowed is nothing without 'vpc'.*'securityGroups' is "given"/,
    );
  });
});

describe('the connections of a monitor', () => {
  test('[E2] are those of its jobs in the VPC', () => {
    const { stack, vpc } = newVpc();
    const monitor = newMonitor(stack, { engine: MonitoringEngine.modelMonitor({ vpc }) });
    const connectable: ec2.IConnectable = monitor;
    const registry = new ec2.SecurityGroup(stack, 'Registry', { vpc });
    registry.connections.allowFrom(connectable, ec2.Port.HTTPS);
    expect(resourceOf(stack, INGRESS).Properties).toMatchObject({
      GroupId: `\${Registry.GroupId}`,
      SourceSecurityGroupId: `\${DataQualitySecurityGroup.GroupId}`,
      FromPort: 443,
    });
  });

  test('are those of the groups of the user', () => {
    const { stack, vpc } = newVpc();
    const securityGroups = newGroups(stack, vpc, 1);
    const monitor = newMonitor(stack, { engine: MonitoringEngine.modelMonitor({ vpc, securityGroups }) });
    expect(monitor.connections.securityGroups).toEqual(securityGroups);
  });

  test.each([MonitoringEngine.modelMonitor(), MonitoringEngine.serverless()])(
    'are none in no VPC, case %#',
    (engine) => {
      expect(() => newMonitor(newStack(), { engine }).connections).toThrow(
        "NotInVpc at Stack/DataQuality: 'connections'",
      );
    },
  );
});
