import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { type InstanceVariantOptions, ProductionVariant } from '../../lib/endpoint/production-variant';
import { newModel } from './fixtures';

function variant(name: string, options: Partial<InstanceVariantOptions> = {}) {
  const stack = new Stack();
  const model = newModel(stack);
  const made = ProductionVariant.instances(name, { model, instanceType: InstanceType.of('ml.m5.large'), ...options });
  return { made, model, config: made._bind(stack) };
}

test('a variant runs on one instance and has weight 1 by default', () => {
  const { made, model, config } = variant('live');
  expect(made.variantName).toBe('live');
  expect(made.model).toBe(model);
  expect(config).toEqual({
    variantName: 'live',
    modelName: model.modelName,
    instanceType: 'ml.m5.large',
    initialInstanceCount: 1,
    initialVariantWeight: 1,
  });
});

test('instance count and weight can be chosen', () => {
  const { config } = variant('live', { initialInstanceCount: 3, initialVariantWeight: 0.5 });
  expect(config).toMatchObject({ initialInstanceCount: 3, initialVariantWeight: 0.5 });
});

test('a variant may have weight 0', () => {
  expect(variant('live', { initialVariantWeight: 0 }).config.initialVariantWeight).toBe(0);
});

test.each(['a', '1', 'live-2', 'a--b', 'x'.repeat(63), Aws.STACK_NAME])('a variant may be called %s', (name) => {
  expect(variant(name).config.variantName).toBe(name);
});

test.each(['', '-live', 'live-', 'live_1', 'live.1', 'x'.repeat(64)])('fails for the name %j', (name) => {
  expect(() => variant(name)).toThrow(
    `InvalidProductionVariant: 'variantName' is "${name}", allowed is 1 to 63 letters, digits and hyphens`,
  );
});

test.each([0, -1, 1.5, Number.NaN])('fails for %d instances', (initialInstanceCount) => {
  expect(() => variant('live', { initialInstanceCount })).toThrow('allowed is a whole number, 1 or more');
});

test.each([-0.1, Number.NaN])('fails for the weight %d', (initialVariantWeight) => {
  expect(() => variant('live', { initialVariantWeight })).toThrow('allowed is a number, 0 or more');
});

test('fails with all problems at once', () => {
  expect(() => variant('_', { initialInstanceCount: 0, initialVariantWeight: -1 })).toThrow(
    /'variantName'.*; 'initialInstanceCount'.*; 'initialVariantWeight'/,
  );
});

test('count and weight may be tokens', () => {
  const token = Lazy.number({ produce: () => 2 });
  expect(() => variant('live', { initialInstanceCount: token, initialVariantWeight: token })).not.toThrow();
});
