import type { DeployedResource } from '../cloud/deployment/resource';
import { type Members, objectList } from '../cloud/members';

/** A variant of an endpoint, and how much of the traffic it gets. */
export interface TrafficVariant {
  readonly name: string;
  /** its share is this, of the weights of all production variants; without meaning for a shadow variant */
  readonly weight: number;
  /** whether it gets a copy of each request, and no request of its own */
  readonly isShadow: boolean;
}

/** The variant's name of what is no endpoint of the app. */
const OTHER_VARIANT = 'AllTraffic';

/**
 * The variants that answer the requests to an endpoint: those of its configuration; of one that the app does not make, those that are read, alike.
 *
 * @param read names of variants that monitors say they read
 */
export function trafficVariants(
  name: string,
  deployed: readonly DeployedResource[],
  read: readonly string[],
): TrafficVariant[] {
  const configuration = configurationOf(name, deployed);
  const configured = (list: string, isShadow: boolean) =>
    configuration && list in configuration.properties
      ? objectList(configuration.properties, list, configuration.logicalId).map((each) =>
          configuredVariant(each, isShadow),
        )
      : [];
  const known = [...configured('ProductionVariants', false), ...configured('ShadowProductionVariants', true)];
  if (known.length > 0) return known;
  const names = read.length > 0 ? [...new Set(read)] : [OTHER_VARIANT];
  return names.map((each) => ({ name: each, weight: 1, isShadow: false }));
}

function configurationOf(name: string, deployed: readonly DeployedResource[]): DeployedResource | undefined {
  const endpoint = deployed.find(
    ({ type, attributes }) => type === 'AWS::SageMaker::Endpoint' && attributes.EndpointName === name,
  );
  return deployed.find(
    ({ type, attributes }) =>
      type === 'AWS::SageMaker::EndpointConfig' &&
      attributes.EndpointConfigName === endpoint?.properties.EndpointConfigName,
  );
}

function configuredVariant({ VariantName, InitialVariantWeight = 1 }: Members, isShadow: boolean): TrafficVariant {
  return { name: String(VariantName), weight: Number(InitialVariantWeight), isShadow };
}

/**
 * Gives each request to a production variant, in its order: to the one that has least of its share so far, so that each gets it, to less than one request.
 * They share alike where none has a weight.
 */
export function byWeight(variants: readonly TrafficVariant[]): () => string {
  const production = variants.filter(({ isShadow }) => !isShadow);
  const total = production.reduce((sum, { weight }) => sum + weight, 0);
  const given = production.map(() => 0);
  let count = 0;
  return () => {
    count += 1;
    const share = (weight: number) => (total > 0 ? weight / total : 1 / production.length);
    const behind = production.map(({ weight }, index) => share(weight) * count - given[index]);
    const next = behind.indexOf(Math.max(...behind));
    given[next] += 1;
    return production[next].name;
  };
}
