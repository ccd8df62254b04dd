import { CloudError } from '../cloud-error';
import { optionalText, textMember } from '../members';
import { statementsOf } from '../semantics/policy/policy';
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

/** A resource that only has an id, which is also an attribute. */
function identified(prefix: string, attribute: string): Creator {
  return (resource) => {
    const id = `${prefix}-00000${uniquePart(resource)}`;
    return { ref: id, attributes: { [attribute]: id } };
  };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html */
const vpc: Creator = (resource) => {
  const id = `vpc-00000${uniquePart(resource)}`;
  const cidr = optionalText(resource.properties, 'CidrBlock', resource.logicalId) ?? '10.0.0.0/16';
  const attributes = { VpcId: id, CidrBlock: cidr, DefaultSecurityGroup: `sg-default${uniquePart(resource)}` };
  return { ref: id, attributes };
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html */
const subnet: Creator = (resource, { account: { network } }) => {
  const vpcId = required(resource, 'VpcId', 'subnets of the default VPC');
  const id = `subnet-00000${uniquePart(resource)}`;
  network.subnets.set(id, vpcId);
  return { ref: id, attributes: { SubnetId: id, VpcId: vpcId }, undo: () => network.subnets.delete(id) };
};

/** Ref is the address, which a template gives to nobody here. */
const elasticIp: Creator = (resource) => {
  const id = `eipalloc-00000${uniquePart(resource)}`;
  return { ref: '198.51.100.1', attributes: { AllocationId: id, PublicIp: '198.51.100.1' } };
};

const association: Creator = (resource, { account: { network } }) => {
  const { properties, logicalId } = resource;
  const subnetId = textMember(properties, 'SubnetId', logicalId);
  network.routeTables.set(subnetId, textMember(properties, 'RouteTableId', logicalId));
  const id = `rtbassoc-00000${uniquePart(resource)}`;
  return { ref: id, attributes: { Id: id }, undo: () => network.routeTables.delete(subnetId) };
};

/** A route of all addresses to anything but an internet gateway, which takes no packets without a public address. */
const route: Creator = (resource, { account: { network } }) => {
  const { properties, logicalId } = resource;
  const table = textMember(properties, 'RouteTableId', logicalId);
  const destination = optionalText(properties, 'DestinationCidrBlock', logicalId);
  const leadsOut = destination === '0.0.0.0/0' && properties.GatewayId === undefined;
  if (leadsOut) network.waysOut.add(table);
  const undo = leadsOut ? () => network.waysOut.delete(table) : undefined;
  return { ref: `${table}|${destination}`, attributes: { CidrBlock: destination ?? '' }, undo };
};

/**
 * A VPC endpoint, by default a gateway whose policy allows everything.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
 */
const vpcEndpoint: Creator = (resource, { account: { network } }) => {
  const { properties, logicalId } = resource;
  const serviceName = textMember(properties, 'ServiceName', logicalId);
  const service = /^(?:cn\.)?com\.amazonaws\.[^.]+\.(.+)$/.exec(serviceName)?.[1];
  if (service === undefined) throw notRehearsed(resource, `endpoints of ${serviceName}`);
  const isInterface = properties.VpcEndpointType === 'Interface';
  const id = `vpce-00000${uniquePart(resource)}`;
  network.endpoints.set(id, {
    id,
    vpcId: textMember(properties, 'VpcId', logicalId),
    service,
    routeTables: isInterface ? undefined : ((properties.RouteTableIds as string[] | undefined) ?? []),
    hasPrivateDns: properties.PrivateDnsEnabled === true || properties.PrivateDnsEnabled === 'true',
    policy: statementsOf(properties.PolicyDocument ?? ALL),
  });
  return { ref: id, attributes: { Id: id }, undo: () => network.endpoints.delete(id) };
};

/** @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const ALL = { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };

/** What functions and jobs in a VPC have of it. */
export const NETWORK_RESOURCES: Readonly<Record<string, Creator>> = {
  'AWS::EC2::EIP': elasticIp,
  'AWS::EC2::InternetGateway': identified('igw', 'InternetGatewayId'),
  'AWS::EC2::NatGateway': identified('nat', 'NatGatewayId'),
  'AWS::EC2::Route': route,
  'AWS::EC2::RouteTable': identified('rtb', 'RouteTableId'),
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SubnetRouteTableAssociation': association,
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::EC2::VPCGatewayAttachment': identified('igw-attachment', 'AttachmentType'),
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': ingress,
};
