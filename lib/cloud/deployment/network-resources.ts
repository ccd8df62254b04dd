import { CloudError } from '../cloud-error';
import { optionalText } from '../members';
import { replacementFigures } from '../service-model/replacement';
import { type Creator, type Resource, uniquePart } from './resource';

/**
 * A security group of a VPC. No traffic is rehearsed, so its rules say nothing here. Outside of a VPC of its own, `Ref` would be a name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
const securityGroup: Creator = (resource) => {
  const vpcId = required(resource, 'VpcId', 'security groups of the default VPC');
  const id = `sg-00000${uniquePart(resource)}`;
  return { ref: id, attributes: { Id: id, GroupId: id, VpcId: vpcId } };
};

/**
 * A rule of a security group. What becomes of one that the group has already is not known: a rule has no name that tells one from the other.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
 */
const ingress: Creator = (resource, { deployed }) => {
  required(resource, 'GroupId', 'rules of security groups that are given by name');
  const twin = deployed.find((other) => isOther(other, resource) && ruleOf(other) === ruleOf(resource));
  if (twin) throw notRehearsed(resource, `a rule that its group has already, by ${twin.stackName}/${twin.logicalId}`);
  const id = `sgr-00000${uniquePart(resource)}`;
  return { ref: id, attributes: { Id: id } };
};

/** All that makes it another rule. */
function ruleOf({ type, properties }: Resource): string {
  return JSON.stringify([type, replacementFigures(type)?.createOnly.map((name) => String(properties[name]))]);
}

function isOther(one: Resource, other: Resource): boolean {
  return one.stackName !== other.stackName || one.logicalId !== other.logicalId;
}

function required(resource: Resource, property: string, others: string): string {
  const value = optionalText(resource.properties, property, resource.logicalId);
  if (value === undefined) throw notRehearsed(resource, others);
  return value;
}

function notRehearsed({ logicalId }: Resource, what: string): CloudError {
  return new CloudError('NotRehearsed', `${logicalId}: the rehearsal does not know ${what}`);
}

/** What jobs in a VPC have of it. */
export const NETWORK_RESOURCES: Readonly<Record<string, Creator>> = {
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': ingress,
};
