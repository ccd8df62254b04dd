import { Duration, Lazy } from 'aws-cdk-lib';
import { AbTest } from '../../lib/variant-test/ab-test';
import { VariantMeasure } from '../../lib/variant-test/variant-measure';
import { newStack } from '../monitor/fixtures';
import { resourceOf } from '../monitor/readable-template';
import { judgingMonitor } from './fixtures';

const PAIR = { reference: 'blue', candidate: 'green', leastEffect: 0.02 };

function measured(...measures: VariantMeasure[]) {
  const stack = newStack();
  new AbTest(stack, 'Autumn', { monitor: judgingMonitor(stack), ...PAIR, measures });
  const { Targets } = resourceOf(stack, 'AWS::Events::Rule', 'AutumnWindowsRule').Properties;
  return JSON.parse(Targets[0].InputTransformer.InputTemplate.replace(/:<([^>]+)>/g, ':"<$1>"')).test;
}

test('[I5] the function is told what else is tested, time in milliseconds', () => {
  const measures = [
    VariantMeasure.serverErrors(0.001),
    VariantMeasure.modelLatency(Duration.seconds(1)),
    VariantMeasure.predictions(0.02),
  ];
  expect(measured(...measures).measures).toEqual([
    { metric: 'serverErrors', leastEffect: 0.001 },
    { metric: 'modelLatency', leastEffect: 1000 },
    { metric: 'predictions', leastEffect: 0.02 },
  ]);
});

test('a test of other measures is another one', () => {
  const keys = [measured(), measured(VariantMeasure.serverErrors(0.001)), measured(VariantMeasure.serverErrors(0.002))];
  expect(new Set(keys.map(({ key }) => key)).size).toBe(3);
});

test.each<[string, () => VariantMeasure]>([
  ['errors by nothing', () => VariantMeasure.serverErrors(0)],
  ['errors by more than all', () => VariantMeasure.serverErrors(1.1)],
  ['no time', () => VariantMeasure.modelLatency(Duration.millis(0))],
  [
    'a time that the deployment knows',
    () => VariantMeasure.modelLatency(Duration.millis(Lazy.number({ produce: () => 5 }))),
  ],
  ['predictions by nothing', () => VariantMeasure.predictions(-1)],
  ['answers by nothing', () => VariantMeasure.disagreement(Number.NaN)],
])('%s matter to no test', (_, make) => {
  expect(make).toThrow(/InvalidVariantTest[\s\S]*'leastEffect'/);
});

test('each measure is tested once', () => {
  const twice = [VariantMeasure.predictions(0.1), VariantMeasure.predictions(0.2)];
  expect(() => measured(...twice)).toThrow(/'measures' is "predictions"[\s\S]*once/);
});

test('variants that share the requests answer none together', () => {
  expect(() => measured(VariantMeasure.disagreement(0.1))).toThrow(/'measures' is "disagreement"[\s\S]*ShadowTest/);
});
