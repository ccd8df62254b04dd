import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { countProblems } from './limits';
import type { Problem } from './validation-error';

/** What attaches to a VPC, as the CDK's own props have it. */
export interface VpcPlacement {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/**
 * Of Lambda and of SageMaker.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html
 */
const SUBNETS = { maximum: 16, unit: 'subnets' };
const SECURITY_GROUPS = { maximum: 5, unit: 'groups' };

/**
 * What is wrong with a place in a VPC.
 *
 * @internal
 */
export function vpcProblems({ vpc, vpcSubnets, securityGroups }: VpcPlacement): Problem[] {
  if (!vpc) return [...needsVpc('vpcSubnets', vpcSubnets), ...needsVpc('securityGroups', securityGroups)];
  const { subnetIds, isPendingLookup } = vpc.selectSubnets(vpcSubnets);
  return [
    ...(isPendingLookup ? [] : countProblems('vpcSubnets', subnetIds, SUBNETS)),
    ...(securityGroups ? countProblems('securityGroups', securityGroups, SECURITY_GROUPS) : []),
  ];
}

function needsVpc(prop: string, option: unknown): Problem[] {
  const problem = { prop, got: 'given', allowed: "nothing without 'vpc'", advice: 'name the VPC' };
  return option === undefined ? [] : [problem];
}
