import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/**
 * Takes from AWS's own specification of CloudFormation's resources what `lib/cloud/service-model/figures/replacement.json` holds: which
 * properties replace a resource when they change, and which one names it. Run after `npm install @aws-cdk/aws-service-spec` somewhere else:
 *
 *   npx tsx --tsconfig test/tsconfig.json tools/service-model/replacement.ts <that folder>
 *   npx biome check --write lib/cloud/service-model
 */
const SERVICES = [
  'ApplicationAutoScaling',
  'CloudFormation',
  'CloudWatch',
  'DynamoDB',
  'EC2::EIP',
  'EC2::InternetGateway',
  'EC2::NatGateway',
  'EC2::Route',
  'EC2::RouteTable',
  'EC2::SecurityGroup',
  'EC2::SecurityGroupEgress',
  'EC2::SecurityGroupIngress',
  'EC2::Subnet',
  'EC2::SubnetRouteTableAssociation',
  'EC2::VPC',
  'EC2::VPCEndpoint',
  'EC2::VPCGatewayAttachment',
  'ECR',
  'Events',
  'IAM',
  'KMS',
  'Lambda',
  'Logs',
  'S3',
  'SNS',
  'SQS',
  'SSM::Parameter',
  'SageMaker',
  'Scheduler',
  'SecretsManager',
  'StepFunctions',
];

interface PropertyType {
  readonly type: string;
  readonly reference?: { readonly $ref: string };
}

interface Property {
  readonly type: PropertyType;
  readonly causesReplacement?: 'yes' | 'no' | 'maybe';
}

interface ResourceSpec {
  readonly cloudFormationType: string;
  readonly properties: Readonly<Record<string, Property>>;
  readonly primaryIdentifier?: readonly string[];
}

interface SpecDatabase {
  all(entity: 'resource'): ResourceSpec[];
  get(entity: 'typeDefinition', reference: string): Pick<ResourceSpec, 'properties'>;
}

function isMonitored({ cloudFormationType }: ResourceSpec): boolean {
  const [, service, kind] = cloudFormationType.split('::');
  return SERVICES.includes(service) || SERVICES.includes(`${service}::${kind}`);
}

/** The property that gives a resource its physical name: `TopicName` of a topic, `JobDefinitionName` of a data quality job definition. */
function nameOf({ cloudFormationType, primaryIdentifier = [] }: ResourceSpec, createOnly: string[]) {
  const [first, ...others] = primaryIdentifier;
  if (others.length === 0 && createOnly.includes(first)) return first;
  const kind = cloudFormationType.split('::')[2];
  return createOnly.find((name) => name === 'Name' || (/.Name$/.test(name) && kind.endsWith(name.slice(0, -4))));
}

/** Members of objects that replace although the property that holds them does not: `A.B`. */
function nested(db: SpecDatabase, { type, reference }: PropertyType, prefix: string): string[] {
  if (type !== 'ref' || reference === undefined || prefix.split('.').length > 3) return [];
  const { properties } = db.get('typeDefinition', reference.$ref);
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = `${prefix}.${name}`;
    return property.causesReplacement === 'yes' ? [path] : nested(db, property.type, path);
  });
}

function figuresOf(db: SpecDatabase, spec: ResourceSpec): object {
  const properties = Object.entries(spec.properties);
  const namesWith = (wanted: string) =>
    properties.filter(([, { causesReplacement }]) => causesReplacement === wanted).map(([name]) => name);
  const createOnly = namesWith('yes');
  const conditional = namesWith('maybe').sort();
  const members = properties
    .filter(([name]) => !createOnly.includes(name))
    .flatMap(([name, property]) => nested(db, property.type, name));
  const name = nameOf(spec, createOnly);
  return {
    createOnly: [...createOnly, ...members].sort(),
    ...(conditional.length > 0 && { conditional }),
    ...(name !== undefined && { name }),
  };
}

async function main(): Promise<void> {
  const require = createRequire(join(resolve(process.argv[2]), 'package.json'));
  const db: SpecDatabase = await require('@aws-cdk/aws-service-spec').loadAwsServiceSpec();
  const { version } = require('@aws-cdk/aws-service-spec/package.json');
  const specs = db.all('resource').filter(isMonitored);
  const types = specs.map((spec) => [spec.cloudFormationType, figuresOf(db, spec)] as const);
  const figures = {
    source: 'https://github.com/cdklabs/awscdk-service-spec',
    version: `@aws-cdk/aws-service-spec ${version} (Apache-2.0): names only`,
    types: Object.fromEntries(types.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  const file = join(__dirname, '../../lib/cloud/service-model/figures/replacement.json');
  writeFileSync(file, JSON.stringify(figures));
}

main();
