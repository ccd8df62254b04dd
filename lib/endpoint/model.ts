import { ArnFormat, type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { allow } from '../core/allow';
import { ROLE, SECURITY_GROUP, VPC } from '../core/cdk-shapes';
import { InlineRole } from '../core/inline-role';
import { instance, list, map, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { type SageMakerNetwork, sageMakerNetwork } from '../core/sagemaker-network';
import { settleLogicalIds } from '../core/settled-ids';
import { type Problem, throwIfAny, ValidationError } from '../core/validation-error';
import { vpcProblems } from '../core/vpc-props';
import { ImportedModel, modelNameIn } from './imported-model';
import { ModelData } from './model-data';
import { ModelImage } from './model-image';
import { ModelPackage } from './model-package';

/** Properties of a model. */
export interface ModelProps {
  /**
   * The container image that serves the model.
   *
   * @default - the image of the `modelPackage`; one of the two has to be given
   */
  readonly image?: ModelImage;

  /**
   * A version of a model in the registry, which names image and artifact, in place of `image` and `modelData`.
   *
   * @default - the model is made of `image` and `modelData`
   */
  readonly modelPackage?: ModelPackage;

  /**
   * The trained artifact, unpacked to `/opt/ml/model` in the container.
   *
   * @default - none: the image brings the model, or the `modelPackage` names it
   */
  readonly modelData?: ModelData;

  /**
   * Environment variables of the container; for a `modelPackage`, beside its own.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: string };

  /**
   * Content types of the requests and responses, as the container's documentation names them: `text/csv`.
   *
   * They change nothing of the model. An endpoint whose data capture would write one of them in base64, which monitors do
   * not read, says so in a warning.
   *
   * @default - unknown, and nothing is checked
   */
  readonly contentTypes?: string[];

  /**
   * The role with which SageMaker pulls the image, reads the artifact, writes logs and captures data.
   *
   * What the model needs is added to a role that is given, too. A role imported with `mutable: false` stays as it is,
   * and has to permit all that itself.
   *
   * @default - a role of the model's own
   */
  readonly role?: iam.IRole;

  /**
   * The VPC that the containers are attached to. From there they have to reach what the model calls, and S3 for the artifact, by a gateway endpoint or a
   * NAT gateway. The model is made after all that is below the VPC, as its endpoints.
   *
   * @default - a network of SageMaker
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Which subnets of `vpc`, 2 to 16, in different availability zones.
   *
   * @default - the private ones, as the CDK chooses them
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the containers in `vpc`, 1 to 5.
   *
   * @default - one of the model's own, which lets everything out and nothing in
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** A model that SageMaker can host: one of this app, or one that exists. Grants to it go to its role. */
export interface IModel extends IResource, iam.IGrantable, sagemaker.IModelRef {
  /**
   * The name of the model.
   *
   * @attribute
   */
  readonly modelName: string;

  /**
   * The ARN of the model.
   *
   * @attribute
   */
  readonly modelArn: string;

  /** Content types of requests and responses; empty when they were not given. */
  readonly contentTypes: string[];
}

/** What is known of a model that exists. */
export interface ModelAttributes {
  /** The name of the model, in its own case; it has the stack's account and region. */
  readonly modelName: string;

  /**
   * The role with which SageMaker hosts the model: an endpoint lets it capture.
   *
   * @default - not known: what it needs is said in a warning, and yours to grant
   */
  readonly role?: iam.IRole;

  /**
   * Content types of the requests and responses, as for `ModelProps`.
   *
   * @default - unknown, and nothing is checked
   */
  readonly contentTypes?: string[];
}

const CONTENT_TYPES_AND_ROLE = { contentTypes: optional(list(TEXT)), role: optional(ROLE) };
const ATTRIBUTES: Shapes<ModelAttributes> = { modelName: TEXT, ...CONTENT_TYPES_AND_ROLE };

const PROPS: Shapes<ModelProps> = {
  ...CONTENT_TYPES_AND_ROLE,
  image: optional(instance(ModelImage)),
  modelPackage: optional(instance(ModelPackage)),
  modelData: optional(instance(ModelData)),
  environment: optional(map(TEXT)),
  vpc: optional(VPC),
  vpcSubnets: optional(struct({})),
  securityGroups: optional(list(SECURITY_GROUP)),
};

/**
 * A model that SageMaker can host: an image, usually an artifact, and a role; or a version of the registry, and a role.
 *
 * Every change makes a new model and deletes the old one, as a SageMaker model cannot be changed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html
 *
 * @example
 * import * as ecr from 'aws-cdk-lib/aws-ecr';
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const repository: ecr.IRepository;
 * declare const bucket: s3.IBucket;
 * new Model(this, 'Model', {
 *   image: ModelImage.fromEcrRepository(repository, '1.4.0'),
 *   modelData: ModelData.fromBucket(bucket, 'models/churn/model.tar.gz'),
 * });
 */
export class Model extends Resource implements IModel, ec2.IConnectable {
  /**
   * Refers to a model that exists, in the account and region of the stack.
   *
   * @param scope in which the reference lives
   * @param id of the reference
   * @param modelName in its own case
   */
  public static fromModelName(scope: Construct, id: string, modelName: string): IModel {
    return Model.fromModelAttributes(scope, id, { modelName });
  }

  /**
   * Refers to a model that exists, by the name at the end of its ARN, where SageMaker writes it in lower case: a name with capitals has to be given by
   * `fromModelName`.
   *
   * @param scope in which the reference lives
   * @param id of the reference
   * @param modelArn `arn:{partition}:sagemaker:{region}:{account}:model/{name}`, of the stack's account and region
   */
  public static fromModelArn(scope: Construct, id: string, modelArn: string): IModel {
    requireProps({ modelArn }, { modelArn: TEXT }, scope);
    return Model.fromModelAttributes(scope, id, { modelName: modelNameIn(scope, modelArn) });
  }

  /**
   * Refers to a model that exists, in the account and region of the stack.
   *
   * @param scope in which the reference lives
   * @param id of the reference
   * @param attributes what is known of it
   */
  public static fromModelAttributes(scope: Construct, id: string, attributes: ModelAttributes): IModel {
    requireProps(attributes, ATTRIBUTES, scope);
    return new ImportedModel(scope, id, attributes);
  }

  /** The name that CloudFormation chose. */
  public readonly modelName: string;
  /** The ARN of the model. */
  public readonly modelArn: string;
  /** The role with which SageMaker hosts the model. */
  public readonly role: iam.IRole;
  /** Grants to the model go to its role. */
  public readonly grantPrincipal: iam.IPrincipal;
  private readonly givenContentTypes: string[];
  private readonly network?: SageMakerNetwork;

  constructor(scope: Construct, id: string, props: ModelProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    throwIfAny('InvalidModel', [...validateSource(props), ...networkProblems(props)], this);
    settleLogicalIds(this);
    this.givenContentTypes = [...(props.contentTypes ?? [])];
    this.role = props.role ?? this.createRole();
    this.grantPrincipal = this.role.grantPrincipal;
    this.grantOperation();
    this.network = this.networkIn(props);

    const resource = new sagemaker.CfnModel(this, 'Resource', {
      executionRoleArn: this.role.roleArn,
      primaryContainer: {
        image: props.image?._bind(this, this).imageUri,
        modelPackageName: props.modelPackage?._bind(this, this).modelPackageName,
        modelDataUrl: props.modelData?._bind(this, this).modelDataUrl,
        environment: props.environment,
      },
      vpcConfig: this.network?.vpcConfig,
    });
    resource.node.addDependency(this.role); // SageMaker looks at image and artifact at once
    if (props.vpc) resource.node.addDependency(props.vpc); // with its endpoints and routes: containers fetch the artifact from there
    this.modelName = resource.attrModelName;
    this.modelArn = resource.ref;
  }

  /** For constructs that take any model. */
  public get modelRef(): sagemaker.ModelReference {
    return { modelArn: this.modelArn };
  }

  /** Content types of requests and responses; empty when they were not given. */
  public get contentTypes(): string[] {
    return [...this.givenContentTypes];
  }

  /** Network connections of the containers. Throws where they are in no VPC. */
  public get connections(): ec2.Connections {
    if (this.network) return this.network.connections;
    const allowed = "a model that is told a 'vpc'";
    throw new ValidationError('NotInVpc', [{ prop: 'connections', got: 'none', allowed }], this);
  }

  private networkIn({ vpc, vpcSubnets, securityGroups }: ModelProps): SageMakerNetwork | undefined {
    if (!vpc) return undefined;
    const description = 'Containers of a model on SageMaker';
    return sageMakerNetwork(this, { vpc, vpcSubnets, securityGroups, role: this.role, description });
  }

  private createRole(): iam.IRole {
    // for hosting the ARN has to have this form, whatever the endpoint:
    // https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html#security-confused-deputy-inference
    const anySource = Stack.of(this).formatArn({
      service: 'sagemaker',
      resource: '*',
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    return new InlineRole(this, 'Role', {
      description: 'Hosts a model on SageMaker',
      assumedBy: 'sagemaker.amazonaws.com',
      conditions: { ArnLike: { 'aws:SourceArn': anySource } },
    });
  }

  /** @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms */
  private grantOperation(): void {
    const logGroups = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: '/aws/sagemaker/Endpoints/*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    allow(this.role, {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [logGroups],
      because: 'SageMaker names the log groups of endpoints below this prefix',
    });
    allow(this.role, {
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'aws/sagemaker/*'] } }, // the sources write both
      because: 'cloudwatch:PutMetricData knows no resource, so its namespace is limited',
    });
  }
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
function validateSource({ image, modelPackage, modelData }: ModelProps): Problem[] {
  if (image === undefined && modelPackage === undefined) {
    return [{ prop: 'image', got: undefined, allowed: "an image, or a 'modelPackage' in its place" }];
  }
  if (modelPackage === undefined) return [];
  const advice = 'the package names image and artifact';
  const superfluous = { image, modelData };
  return Object.entries(superfluous)
    .filter(([, value]) => value !== undefined)
    .map(([prop]) => ({ prop, got: "given beside 'modelPackage'", allowed: 'one of the two', advice }));
}

/**
 * A model needs subnets in two zones, even on one instance.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
 */
function networkProblems(props: ModelProps): Problem[] {
  const { subnetIds = [], isPendingLookup } = props.vpc?.selectSubnets(props.vpcSubnets) ?? {};
  const isOne = !isPendingLookup && !Token.isUnresolved(subnetIds) && subnetIds.length === 1;
  const problem = {
    prop: 'vpcSubnets',
    got: '1 subnet',
    allowed: '2 subnets or more, in different availability zones',
  };
  return [...vpcProblems(props), ...(isOne ? [problem] : [])];
}
