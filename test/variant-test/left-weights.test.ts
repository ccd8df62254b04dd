import { Template } from 'aws-cdk-lib/assertions';
import { AbTest, type AbTestProps } from '../../lib/variant-test/ab-test';
import { newStack } from '../monitor/fixtures';
import { judgingMonitor, monitorOf } from './fixtures';
import { onInstances, ownData, variant } from './own-endpoint';

// Who says which part of the requests a variant gets, where a test may change it.

const PAIR = { reference: 'blue', candidate: 'green', leastEffect: 0.02 };

function tested(props: Partial<AbTestProps>, own: Partial<ReturnType<typeof onInstances>> = {}) {
  const stack = newStack();
  const names = ['grey', 'blue', 'green'];
  const { data } = ownData(stack, { variants: names.map((name) => variant(stack, name, own)) });
  new AbTest(stack, 'Autumn', { monitor: monitorOf(stack, data), ...PAIR, ...props });
  const [endpoint, config] = ['Endpoint', 'EndpointConfig'].map(
    (type) => Object.values(Template.fromStack(stack).findResources(`AWS::SageMaker::${type}`))[0].Properties,
  );
  const variants: { VariantName: string; InitialVariantWeight: number }[] = config.ProductionVariants;
  const weights = Object.fromEntries(variants.map((one) => [one.VariantName, one.InitialVariantWeight]));
  return { endpoint, weights };
}

test('a test that changes nothing leaves the weights to the app', () => {
  const { endpoint, weights } = tested({}, { initialVariantWeight: 3 });
  expect(endpoint).not.toHaveProperty('RetainAllVariantProperties');
  expect(weights).toEqual({ grey: 3, blue: 3, green: 3 });
});

test('where it takes the candidate back, updates of the endpoint keep weights, and counts are the app’s', () => {
  const { endpoint, weights } = tested({ backToReference: true });
  expect(endpoint).toMatchObject({
    RetainAllVariantProperties: true,
    ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredInstanceCount' }],
  });
  expect(weights).toEqual({ grey: 1, blue: 1, green: 1 });
});

test('with scaling, updates keep counts as well', () => {
  const { scaling } = onInstances(newStack(), 'any', true);
  const { endpoint } = tested({ backToReference: true }, { scaling });
  expect(endpoint.RetainAllVariantProperties).toBe(true);
  expect(endpoint).not.toHaveProperty('ExcludeRetainedVariantProperties');
});

test('the candidate starts with its share of what both get, and others with theirs', () => {
  const { weights } = tested({ backToReference: true, candidateShare: 0.25 });
  expect(weights).toEqual({ grey: 1, blue: 1.5, green: 0.5 });
});

test('a weight of the app would do nothing, and is refused', () => {
  expect(() => tested({ backToReference: true }, { initialVariantWeight: 3 })).toThrow(
    /InvalidVariantTest[\s\S]*'initialVariantWeight' is "3 of grey"[\s\S]*candidateShare/,
  );
});

test.each([0, 1, -0.5, Number.NaN])('a share of %p is none', (candidateShare) => {
  expect(() => tested({ backToReference: true, candidateShare })).toThrow(/'candidateShare' is/);
});

test('a share says nothing where the test changes no weights', () => {
  expect(() => tested({ candidateShare: 0.25 })).toThrow(/'candidateShare' is 0\.25[\s\S]*backToReference/);
  const stack = newStack();
  const props = { monitor: judgingMonitor(stack), ...PAIR, backToReference: true, candidateShare: 0.25 };
  expect(() => new AbTest(stack, 'Autumn', props)).toThrow(/'candidateShare' is 0\.25[\s\S]*does not make/);
});
