import { Aws, Lazy, Size, Stack } from 'aws-cdk-lib';
import { InstanceType } from '../../lib/endpoint/instance-type';
import { ProductionVariant } from '../../lib/endpoint/production-variant';
import type { InstanceVariantOptions, ServerlessVariantOptions } from '../../lib/endpoint/variant-options';
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

test('[I2] instance count and weight can be chosen', () => {
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

describe('a serverless variant', () => {
  function serverless(options: Partial<ServerlessVariantOptions> = {}, name = 'live') {
    const stack = new Stack();
    const model = newModel(stack);
    const capacity = { memorySize: Size.gibibytes(2), maxConcurrency: 20 };
    return ProductionVariant.serverless(name, { model, ...capacity, ...options })._bind(stack);
  }

  test('[I2][I11] has memory, concurrency and weight, and no instances', () => {
    expect(serverless({ provisionedConcurrency: 20, initialVariantWeight: 2 })).toEqual({
      variantName: 'live',
      modelName: expect.any(String),
      initialVariantWeight: 2,
      serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 20, provisionedConcurrency: 20 },
    });
    expect(serverless().initialVariantWeight).toBe(1);
  });

  test.each<[Partial<ServerlessVariantOptions>]>([
    [{ memorySize: Size.gibibytes(1) }],
    [{ memorySize: Size.mebibytes(6144), maxConcurrency: 200, provisionedConcurrency: 1 }],
    [{ maxConcurrency: Lazy.number({ produce: () => 2 }), provisionedConcurrency: 200 }],
  ])('may have %j', (options) => {
    expect(() => serverless(options)).not.toThrow();
  });

  test.each<[Partial<ServerlessVariantOptions>, string]>([
    [{ memorySize: Size.mebibytes(1536) }, '\'memorySize\' is "1.5 GiB", allowed is 1 to 6 whole GiB'],
    [{ memorySize: Size.gibibytes(7) }, '\'memorySize\' is "7 GiB"'],
    [{ memorySize: Size.gibibytes(Lazy.number({ produce: () => 2 })) }, '\'memorySize\' is "a token"'],
    [{ maxConcurrency: 0 }, "'maxConcurrency' is 0, allowed is a whole number from 1 to 200"],
    [{ maxConcurrency: 201 }, "'maxConcurrency' is 201"],
    [{ provisionedConcurrency: 21 }, "'provisionedConcurrency' is 21, allowed is a whole number from 1 to 20"],
    [{ initialVariantWeight: -1 }, "'initialVariantWeight' is -1"],
  ])('fails with %j', (options, problem) => {
    expect(() => serverless(options)).toThrow(problem);
  });

  test('fails for the name of 64 characters', () => {
    expect(() => serverless({}, 'x'.repeat(64))).toThrow("'variantName' is");
  });
});

describe('scaling', () => {
  const SCALING = { maxCapacity: 4, invocationsPerInstance: 600 };

  test('lets the variant start with the least number of instances', () => {
    expect(variant('live', { scaling: { ...SCALING, minCapacity: 2 } }).config.initialInstanceCount).toBe(2);
    expect(variant('live', { scaling: SCALING }).config.initialInstanceCount).toBe(1);
  });

  test.each<[Partial<InstanceVariantOptions>, string]>([
    [{ scaling: { ...SCALING, minCapacity: 0 } }, "'scaling.minCapacity' is 0, allowed is a whole number, 1 or more"],
    [
      { scaling: { ...SCALING, minCapacity: 5 } },
      "'scaling.maxCapacity' is 4, allowed is a whole number, 'minCapacity' or more",
    ],
    [{ scaling: { ...SCALING, invocationsPerInstance: 0 } }, "'scaling.invocationsPerInstance' is 0"],
    [
      { scaling: SCALING, initialInstanceCount: 2 },
      "'initialInstanceCount' is 2, allowed is nothing beside 'scaling' (the variant starts with",
    ],
  ])('fails with %j', (options, problem) => {
    expect(() => variant('live', options)).toThrow(problem);
  });

  test('fails for a name that only the deployment knows: it is part of ids', () => {
    expect(() => variant(Aws.STACK_NAME, { scaling: SCALING })).toThrow(
      "known when the app is synthesized, beside 'scaling'",
    );
  });
});
