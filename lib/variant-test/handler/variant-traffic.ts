import {
  DescribeEndpointCommand,
  SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from '@aws-sdk/client-sagemaker';
import { log } from '../../runtime/log';
import type { TestSettings, Traffic } from '../contract';

const sageMaker = new SageMakerClient({});

/**
 * Gives the requests of the candidate to the reference, whose weight becomes that of both: other variants keep their share. Weights alone are sent, never counts, and only
 * to an endpoint that is in service; where the candidate has none, nothing is.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpointWeightsAndCapacities.html
 */
export async function takeBack(
  EndpointName: string,
  { reference, candidate }: Pick<TestSettings, 'reference' | 'candidate'>,
): Promise<Traffic> {
  const { EndpointStatus, ProductionVariants = [] } = await sageMaker.send(
    new DescribeEndpointCommand({ EndpointName }),
  );
  const weightOf = (name: string) => ProductionVariants.find(({ VariantName }) => VariantName === name)?.DesiredWeight;
  const [own, other] = [weightOf(reference), weightOf(candidate)];
  log('traffic', { endpoint: EndpointName, status: EndpointStatus, [reference]: own, [candidate]: other });
  if (EndpointStatus !== 'InService') return 'NotYet';
  if (own === undefined || other === undefined) return 'AsItWas';
  if (other === 0) return 'TakenBack';
  const weights = [
    { VariantName: reference, DesiredWeight: own + other },
    { VariantName: candidate, DesiredWeight: 0 },
  ];
  await sageMaker.send(
    new UpdateEndpointWeightsAndCapacitiesCommand({ EndpointName, DesiredWeightsAndCapacities: weights }),
  );
  return 'TakenBack';
}
