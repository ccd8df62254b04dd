import type { DeployedResource } from '../../lib/cloud/deployment/resource';
import { byWeight, type TrafficVariant, trafficVariants } from '../../lib/rehearsal/variant-traffic';

const variant = (name: string, weight: number, isShadow = false): TrafficVariant => ({ name, weight, isShadow });

function answered(count: number, ...variants: TrafficVariant[]): { [name: string]: number } {
  const next = byWeight(variants);
  const counts: { [name: string]: number } = {};
  for (let index = 0; index < count; index += 1) {
    const name = next();
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

test('each production variant answers its share, and a shadow variant none of its own', () => {
  const variants = [variant('blue', 3), variant('shadow', 5, true), variant('green', 1)];
  expect(answered(400, ...variants)).toEqual({ blue: 300, green: 100 });
  expect(answered(4, ...variants)).toEqual({ blue: 3, green: 1 });
});

test('of however many requests each gets its share, to less than one', () => {
  const shares = { a: 0.5, b: 0.3, c: 0.2 };
  const variants = Object.entries(shares).map(([name, weight]) => variant(name, weight));
  for (let count = 1; count <= 50; count += 1) {
    const counts = answered(count, ...variants);
    for (const [name, share] of Object.entries(shares))
      expect(Math.abs((counts[name] ?? 0) - share * count)).toBeLessThanOrEqual(1);
  }
});

test('a variant without weight gets nothing, and where none has any, they share alike', () => {
  expect(answered(10, variant('blue', 1), variant('green', 0))).toEqual({ blue: 10 });
  expect(answered(10, variant('blue', 0), variant('green', 0))).toEqual({ blue: 5, green: 5 });
});

const resource = (type: string, properties: object, attributes: object): DeployedResource =>
  ({ type, logicalId: type, properties, attributes }) as unknown as DeployedResource;

function deployed(configuration: object): DeployedResource[] {
  return [
    resource('AWS::SageMaker::Endpoint', { EndpointConfigName: 'c' }, { EndpointName: 'live' }),
    resource('AWS::SageMaker::EndpointConfig', configuration, { EndpointConfigName: 'c' }),
  ];
}

test('the variants are those of the configuration, whatever monitors read', () => {
  const configuration = {
    ProductionVariants: [{ VariantName: 'blue', InitialVariantWeight: 3 }, { VariantName: 'green' }],
    ShadowProductionVariants: [{ VariantName: 'shadow' }],
  };
  expect(trafficVariants('live', deployed(configuration), ['green'])).toEqual([
    variant('blue', 3),
    variant('green', 1),
    variant('shadow', 1, true),
  ]);
});

test('of an endpoint elsewhere they are those that monitors read, each once, or one', () => {
  expect(trafficVariants('other', deployed({}), ['blue', 'green', 'blue'])).toEqual([
    variant('blue', 1),
    variant('green', 1),
  ]);
  expect(trafficVariants('live', deployed({}), [])).toEqual([variant('AllTraffic', 1)]);
});
