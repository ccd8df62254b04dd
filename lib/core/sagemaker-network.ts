import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './allow';
import type { VpcPlacement } from './vpc-props';

/**
 * The same for jobs and for models.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createprocessingjob-perms
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
const VPC_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:DeleteNetworkInterface',
  'ec2:DeleteNetworkInterfacePermission',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/** What is attached to a VPC, and by whom. */
export interface Attached extends VpcPlacement {
  readonly vpc: ec2.IVpc;
  /** Attaches the instances. */
  readonly role: iam.IRole;
  /** Of a security group that is made where none are given. */
  readonly description: string;
}

/** A place in a VPC, as SageMaker is told of it. */
export interface SageMakerNetwork {
  /** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html */
  readonly vpcConfig: { readonly subnets: string[]; readonly securityGroupIds: string[] };
  readonly connections: ec2.Connections;
}

/**
 * Attaches instances of SageMaker to a VPC: the role may do it, and the instances have security groups.
 *
 * @internal
 */
export function sageMakerNetwork(scope: Construct, attached: Attached): SageMakerNetwork {
  const { vpc, vpcSubnets, role, description } = attached;
  const because =
    'the documentation of SageMaker says that the actions which attach its instances to a VPC are not to be restricted: the service makes the interfaces';
  allow(role, { actions: VPC_ACTIONS, resources: ['*'], because });
  const securityGroups = attached.securityGroups ?? [
    new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description }),
  ];
  const vpcConfig = {
    subnets: vpc.selectSubnets(vpcSubnets).subnetIds,
    securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId),
  };
  return { vpcConfig, connections: new ec2.Connections({ securityGroups }) };
}
