import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Model, type ModelProps } from '../../lib/endpoint/model';
import { ModelImage } from '../../lib/endpoint/model-image';
import { resourceOf, resourcesOf } from '../monitor/readable-template';
import { IMAGE_URI, newStack, statementsAbout } from './fixtures';

function modelIn(stack: Stack, props: Partial<ModelProps>): Model {
  return new Model(stack, 'Model', { image: ModelImage.fromUri(IMAGE_URI), ...props });
}

/** A network with so many private and isolated subnets. */
function vpcIn(stack: Stack, subnets = 2): ec2.IVpc {
  const ids = Array.from({ length: subnets }, (_, index) => `subnet-${index}`);
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ids.map((_, index) => `eu-west-1-${index}`),
    privateSubnetIds: ids,
    isolatedSubnetIds: ids.map((id) => `${id}-isolated`),
  });
}

describe('the network of a model', () => {
  test('is that of SageMaker, when nothing is said', () => {
    const stack = newStack();
    const model = modelIn(stack, {});
    expect(resourceOf(stack, 'AWS::SageMaker::Model').Properties.VpcConfig).toBeUndefined();
    expect(statementsAbout(stack, 'ec2')).toEqual([]);
    expect(() => model.connections).toThrow(/^NotInVpc at .*'connections' is "none"/);
  });

  test('may be a VPC, with a security group of its own, which lets nothing in', () => {
    const stack = newStack();
    modelIn(stack, { vpc: vpcIn(stack) });
    expect(resourceOf(stack, 'AWS::SageMaker::Model').Properties.VpcConfig).toEqual({
      SecurityGroupIds: [`\${ModelSecurityGroup.GroupId}`],
      Subnets: ['subnet-0', 'subnet-1'],
    });
    const { Properties } = resourceOf(stack, 'AWS::EC2::SecurityGroup');
    expect(Properties.VpcId).toBe('vpc-1');
    expect(Properties.SecurityGroupIngress).toBeUndefined();
  });

  test('may be other subnets, and security groups of the user', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const securityGroups = ['One', 'Two'].map((id) => new ec2.SecurityGroup(stack, id, { vpc }));
    modelIn(stack, { vpc, securityGroups, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    expect(resourceOf(stack, 'AWS::SageMaker::Model').Properties.VpcConfig).toEqual({
      SecurityGroupIds: [`\${One.GroupId}`, `\${Two.GroupId}`],
      Subnets: ['subnet-0-isolated', 'subnet-1-isolated'],
    });
    expect(resourcesOf(stack, 'AWS::EC2::SecurityGroup')).toHaveLength(2);
  });

  test('is one that the role may attach the containers to, before there is a model', () => {
    const stack = newStack();
    modelIn(stack, { vpc: vpcIn(stack) });
    expect(statementsAbout(stack, 'ec2')).toEqual([
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

  test('is there with its endpoints before the model, which fetches its artifact from there', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
    vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    modelIn(stack, { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    const { DependsOn } =
      Template.fromStack(stack).findResources('AWS::SageMaker::Model')[
        Object.keys(Template.fromStack(stack).findResources('AWS::SageMaker::Model'))[0]
      ];
    const [endpoint] = Object.keys(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint'));
    expect(DependsOn).toContain(endpoint);
  });

  test('connects the containers with others', () => {
    const stack = newStack();
    const vpc = vpcIn(stack);
    const model = modelIn(stack, { vpc });
    const store = new ec2.SecurityGroup(stack, 'Store', { vpc });
    store.connections.allowFrom(model, ec2.Port.tcp(6379), 'Features');
    const { Properties } = resourceOf(stack, 'AWS::EC2::SecurityGroupIngress');
    expect(Properties).toMatchObject({ FromPort: 6379, SourceSecurityGroupId: `\${ModelSecurityGroup.GroupId}` });
  });

  test('is known to the role that the user gives, too', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    modelIn(stack, { vpc: vpcIn(stack), role });
    expect(JSON.stringify(resourceOf(stack, 'AWS::IAM::Policy').Properties)).toContain('ec2:CreateNetworkInterface');
  });
});

describe('a network that no model could have', () => {
  const group = (stack: Stack) => ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');

  test.each<[string, (stack: Stack) => Partial<ModelProps>, RegExp]>([
    [
      'a single subnet',
      (stack) => ({ vpc: vpcIn(stack, 1) }),
      /^InvalidModel at .*: 'vpcSubnets' is "1 subnet", allowed is 2 subnets or more/,
    ],
    ['too many subnets', (stack) => ({ vpc: vpcIn(stack, 17) }), /^InvalidModel at .*: 'vpcSubnets' is "17 subnets"/],
    [
      'no security group',
      (stack) => ({ vpc: vpcIn(stack), securityGroups: [] }),
      /^InvalidModel at .*: 'securityGroups' is "0 groups"/,
    ],
    [
      'subnets of no VPC',
      () => ({ vpcSubnets: {} }),
      /^InvalidModel at .*: 'vpcSubnets' is "given", allowed is nothing without 'vpc'/,
    ],
    [
      'groups of no VPC',
      (stack) => ({ securityGroups: [group(stack)] }),
      /^InvalidModel at .*: 'securityGroups' is "given"/,
    ],
  ])('is refused: %s', (_, props, message) => {
    const stack = newStack();
    expect(() => modelIn(stack, props(stack))).toThrow(message);
  });

  test('is not known of a VPC that is looked up later', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    expect(() => modelIn(stack, { vpc: ec2.Vpc.fromLookup(stack, 'Vpc', { isDefault: true }) })).not.toThrow();
  });
});
