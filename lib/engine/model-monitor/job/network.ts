import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { allow } from '../../../core/allow';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import { isDistributed } from './cluster';

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createprocessingjob-perms */
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

/** What a run may reach, and who may reach it. */
export interface JobNetwork {
  /** Absent where no option speaks of it. */
  readonly config?: sagemaker.CfnDataQualityJobDefinition.NetworkConfigProperty;
  /** Of its instances, in a VPC. */
  readonly connections?: ec2.Connections;
}

/**
 * The network of a monitor's jobs. In a VPC, the role may attach the instances to it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringNetworkConfig.html
 * @internal
 */
export function jobNetwork(scope: Construct, options: ModelMonitorEngineOptions, role: iam.IRole): JobNetwork {
  const { networkIsolation, interContainerTrafficEncryption, vpc, vpcSubnets } = options;
  if ([networkIsolation, interContainerTrafficEncryption, vpc].every((option) => option === undefined)) return {};
  if (vpc) allowAttaching(role);
  const connections = vpc && connectionsIn(scope, vpc, options);
  const config = {
    enableNetworkIsolation: networkIsolation,
    enableInterContainerTrafficEncryption: interContainerTrafficEncryption,
    vpcConfig: connections && {
      subnets: vpc.selectSubnets(vpcSubnets).subnetIds,
      securityGroupIds: connections.securityGroups.map(({ securityGroupId }) => securityGroupId),
    },
  };
  return { config, connections };
}

function allowAttaching(role: iam.IRole): void {
  const because =
    'the documentation of SageMaker says that the actions which attach a job to a VPC are not to be restricted: the service makes the interfaces';
  allow(role, { actions: VPC_ACTIONS, resources: ['*'], because });
}

/**
 * Instances of one job talk to each other, which their groups have to allow.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html
 */
function connectionsIn(scope: Construct, vpc: ec2.IVpc, options: ModelMonitorEngineOptions): ec2.Connections {
  const securityGroups = options.securityGroups ?? [ownSecurityGroup(scope, vpc)];
  const connections = new ec2.Connections({ securityGroups });
  if (isDistributed(options)) connections.allowInternally(ec2.Port.allTraffic(), 'Instances of one monitoring job');
  return connections;
}

function ownSecurityGroup(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  return new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Jobs of a monitor on SageMaker' });
}
