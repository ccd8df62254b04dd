import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';

/** The endpoint of a credit model, written by hand. The migration does not touch it: same resources, same logical ids. */
export class CreditEndpoint extends Construct {
  /** Captured data, baselines, labels and reports. */
  public readonly data: s3.Bucket;
  /** Does everything: hosts the model, and runs the hand-written monitors. */
  public readonly role: iam.Role;
  /** The endpoint. */
  public readonly endpoint: sagemaker.CfnEndpoint;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const repository = ecr.Repository.fromRepositoryName(this, 'Repository', 'credit-risk');
    this.data = new s3.Bucket(this, 'Data', { enforceSSL: true });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSageMakerFullAccess')],
    });
    this.data.grantReadWrite(this.role);
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: this.role.roleArn,
      primaryContainer: {
        image: repository.repositoryUriForTag('1.0'),
        modelDataUrl: this.data.s3UrlForObject('models/credit-risk/model.tar.gz'),
      },
    });
    const config = this.createConfig(model);
    this.endpoint = new sagemaker.CfnEndpoint(this, 'Endpoint', {
      endpointName: 'credit-risk',
      endpointConfigName: config.attrEndpointConfigName,
    });
  }

  private createConfig(model: sagemaker.CfnModel): sagemaker.CfnEndpointConfig {
    return new sagemaker.CfnEndpointConfig(this, 'Config', {
      productionVariants: [
        {
          variantName: 'live',
          modelName: model.attrModelName,
          instanceType: 'ml.m5.large',
          initialInstanceCount: 1,
          initialVariantWeight: 1,
        },
      ],
      dataCaptureConfig: {
        enableCapture: true,
        initialSamplingPercentage: 100,
        destinationS3Uri: this.data.s3UrlForObject('captured'),
        captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
        captureContentTypeHeader: { csvContentTypes: ['text/csv'] },
      },
    });
  }
}
