import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { type SageMakerNetwork, sageMakerNetwork } from '../../../core/sagemaker-network';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';
import { isDistributed } from './cluster';

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
  const { networkIsolation, interContainerTrafficEncryption, vpc } = options;
  if ([networkIsolation, interContainerTrafficEncryption, vpc].every((option) => option === undefined)) return {};
  const network = vpc && networkIn(scope, vpc, { options, role });
  const config = {
    enableNetworkIsolation: networkIsolation,
    enableInterContainerTrafficEncryption: interContainerTrafficEncryption,
    vpcConfig: network?.vpcConfig,
  };
  return { config, connections: network?.connections };
}

/**
 * Instances of one job talk to each other, which their groups have to allow.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html
 */
function networkIn(
  scope: Construct,
  vpc: ec2.IVpc,
  { options, role }: { readonly options: ModelMonitorEngineOptions; readonly role: iam.IRole },
): SageMakerNetwork {
  const { vpcSubnets, securityGroups } = options;
  const description = 'Jobs of a monitor on SageMaker';
  const network = sageMakerNetwork(scope, { vpc, vpcSubnets, securityGroups, role, description });
  if (isDistributed(options)) {
    network.connections.allowInternally(ec2.Port.allTraffic(), 'Instances of one monitoring job');
  }
  return network;
}
