import type { IResolvable } from 'aws-cdk-lib';
import type { IEndpointRef } from 'aws-cdk-lib/aws-sagemaker';
import { configOf, known, knownItems } from './known-properties';

/**
 * The variants of an endpoint: the requests of some are answered by them, those of shadow variants are copies.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
 * @internal
 */
export interface EndpointVariants {
  readonly production: string[];
  readonly shadow: string[];
}

/**
 * The names of an endpoint's variants; undefined where the app does not tell all of them.
 *
 * @internal
 */
export function variantsOf(endpoint: IEndpointRef): EndpointVariants | undefined {
  const config = configOf(endpoint);
  const production = config && namesOf(config.productionVariants);
  const shadow = config && namesOf(config.shadowProductionVariants ?? []);
  return production && shadow && { production, shadow };
}

interface Variant {
  readonly variantName: string;
}

function namesOf(list: (Variant | IResolvable)[] | IResolvable): string[] | undefined {
  const items = known(list);
  const variants = knownItems(list);
  return items?.length === variants.length ? variants.map(({ variantName }) => variantName) : undefined;
}
