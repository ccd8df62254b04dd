import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';

/** Props of the endpoint. */
export interface HandWrittenEndpointProps {
  /** Holds the model's artefact. */
  readonly data: s3.IBucket;
}

/** The endpoint of a credit model, as many a team has it: written before anyone thought of monitoring, without this library. */
export class HandWrittenEndpoint extends Construct {
  /** SageMaker hosts the model with it. */
  public readonly role: iam.Role;
  /** What the endpoint runs on. */
  public readonly config: sagemaker.CfnEndpointConfig;
  /** The endpoint itself. */
  public readonly endpoint: sagemaker.CfnEndpoint;

  constructor(scope: Construct, id: string, { data }: HandWrittenEndpointProps) {
    super(scope, id);
    const repository = ecr.Repository.fromRepositoryName(this, 'Repository', 'credit-risk');
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    repository.grantPull(this.role);
    data.grantRead(this.role, 'models/credit-risk/model.tar.gz');
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: this.role.roleArn,
      primaryContainer: {
        image: repository.repositoryUriForTag('1.0'),
        modelDataUrl: data.s3UrlForObject('models/credit-risk/model.tar.gz'),
      },
    });
    model.node.addDependency(this.role);
    this.config = new sagemaker.CfnEndpointConfig(this, 'Config', {
      productionVariants: [
        {
          variantName: 'live',
          modelName: model.attrModelName,
          instanceType: 'ml.m5.large',
          initialInstanceCount: 1,
          initialVariantWeight: 1,
        },
      ],
    });
    this.endpoint = new sagemaker.CfnEndpoint(this, 'Endpoint', {
      endpointConfigName: this.config.attrEndpointConfigName,
    });
  }
}
