import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { tagWithMonitor } from '../../../outcome/monitor-tag';

/** What an endpoint of a model's own is made of. */
export interface PredictorEndpointProps {
  /** may be a token */
  readonly modelName: string;
  readonly memorySizeInMb: number;
  readonly maxConcurrency: number;
  /** of the monitor that asks it */
  readonly monitorId: string;
}

/**
 * A serverless endpoint at which nobody asks a model but its monitor: without a request it costs nothing. Another model updates it, and is known by the name of
 * the variant, which is the model's.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
 * @internal
 */
export class PredictorEndpoint extends Construct {
  /** The name that CloudFormation chose. */
  public readonly endpointName: string;
  public readonly endpointArn: string;

  constructor(scope: Construct, id: string, props: PredictorEndpointProps) {
    super(scope, id);
    const { modelName, memorySizeInMb, maxConcurrency, monitorId } = props;
    const variant = { variantName: modelName, modelName, initialVariantWeight: 1 };
    const config = new sagemaker.CfnEndpointConfig(this, 'Config', {
      productionVariants: [{ ...variant, serverlessConfig: { memorySizeInMb, maxConcurrency } }],
    });
    const endpoint = new sagemaker.CfnEndpoint(this, 'Endpoint', {
      endpointConfigName: config.attrEndpointConfigName,
    });
    tagWithMonitor(endpoint.tags, monitorId);
    this.endpointName = endpoint.attrEndpointName;
    this.endpointArn = endpoint.ref;
  }
}
