import { DescribeEndpointCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { nameOf } from '../../runtime/failure';

const client = new SageMakerClient({});

/** Of an endpoint that is gone, or may not be asked about, it is not known. */
const UNKNOWN = /^(ValidationException|AccessDenied.*)$/;

/** When an endpoint was last changed, ISO 8601; undefined where that is not known. */
export async function lastDeployed(endpointName: string | undefined): Promise<string | undefined> {
  if (endpointName === undefined) return undefined;
  try {
    const { LastModifiedTime } = await client.send(new DescribeEndpointCommand({ EndpointName: endpointName }));
    return LastModifiedTime?.toISOString();
  } catch (error) {
    if (!UNKNOWN.test(nameOf(error))) throw error;
    return undefined;
  }
}
