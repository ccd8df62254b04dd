import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ModelProblem } from '../../lib/monitor/model-problem';
import { AbTest } from '../../lib/variant-test/ab-test';
import { ShadowTest } from '../../lib/variant-test/shadow-test';
import { VariantMeasure } from '../../lib/variant-test/variant-measure';
import type { VariantTestOptions } from '../../lib/variant-test/variant-test-options';
import { newStack } from '../monitor/fixtures';
import { permissionsOfRole, resourceOf } from '../monitor/readable-template';
import { judgingMonitor, monitorOf, toldVariants } from './fixtures';
import { ownData, shadowedData, variant } from './own-endpoint';

const PAIR = { reference: 'blue', candidate: 'green', leastEffect: 0.02 };

function shadowed(isScaled = false, props: Partial<VariantTestOptions> = {}) {
  const stack = newStack();
  const monitor = monitorOf(stack, shadowedData(stack, isScaled));
  return { stack, monitor, test: new ShadowTest(stack, 'Autumn', { monitor, ...PAIR, ...props }) };
}

function told(stack: ReturnType<typeof newStack>) {
  const { Targets } = resourceOf(stack, 'AWS::Events::Rule', 'AutumnWindowsRule').Properties;
  const template: string = Targets[0].InputTransformer.InputTemplate;
  return JSON.parse(template.replace(/:<([^>]+)>/g, ':"<$1>"')).test;
}

test('the windows of the monitor say what a test of the shadow needs', () => {
  const { stack } = shadowed();
  expect(toldVariants(stack)).toMatchObject({
    comparison: { reference: 'blue', candidate: 'green', test: told(stack).key },
  });
});

test.each([true, false])('the function is told whether the shadow is scaled: %s', (isScaled) => {
  expect(told(shadowed(isScaled).stack).shadow).toEqual({ isScaled });
});

test('of an endpoint that the app does not make nobody knows', () => {
  const stack = newStack();
  new ShadowTest(stack, 'Autumn', { monitor: judgingMonitor(stack), ...PAIR });
  expect(told(stack).shadow).toEqual({});
});

test('what no source says of a shadow is said', () => {
  Annotations.fromStack(shadowed().stack).hasWarning('/Stack/Autumn', Match.stringLikeRegexp('InferenceId'));
});

test('it changes nothing: its function may not touch the endpoint', () => {
  const actions = permissionsOfRole(shadowed().stack, 'WindowsFunctionRole').flatMap(({ Action }) => Action);
  expect(actions.filter((action) => action.startsWith('sagemaker:'))).toEqual([]);
});

test('measures of metrics let the function read them, and those of records do not', () => {
  const actionsOf = (measures: VariantMeasure[]) =>
    permissionsOfRole(shadowed(false, { measures }).stack, 'WindowsFunctionRole').flatMap(({ Action }) => Action);
  expect(actionsOf([VariantMeasure.serverErrors(0.001)])).toContain('cloudwatch:GetMetricData');
  expect(actionsOf([VariantMeasure.disagreement(0.05)])).not.toContain('cloudwatch:GetMetricData');
});

test('a production variant is tested by an AbTest, a shadow by a ShadowTest', () => {
  const stack = newStack();
  const monitor = monitorOf(stack, shadowedData(stack));
  expect(() => new AbTest(stack, 'Spring', { monitor, ...PAIR })).toThrow(/'candidate' is "green"[\s\S]*ShadowTest/);
  const other = newStack();
  const { data } = ownData(other, { variants: [variant(other, 'blue'), variant(other, 'green')] });
  const shared = monitorOf(other, data);
  expect(() => new ShadowTest(other, 'Spring', { monitor: shared, ...PAIR })).toThrow(
    /'candidate' is "green"[\s\S]*AbTest/,
  );
});

test('predictions of one of several labels have no mean', () => {
  const stack = newStack();
  const problem = ModelProblem.multiclassClassification({ prediction: '0' });
  const monitor = monitorOf(stack, shadowedData(stack), { problem });
  const measures = [VariantMeasure.predictions(0.1)];
  expect(() => new ShadowTest(stack, 'Autumn', { monitor, ...PAIR, measures })).toThrow(
    /'measures' is[\s\S]*several labels/,
  );
});

test('a rule matches the end of the test', () => {
  const { stack, test: made } = shadowed();
  made.onEnd('Ended');
  expect(resourceOf(stack, 'AWS::Events::Rule', 'AutumnEnded').Properties.EventPattern.detail).toEqual({
    test: ['Stack/Autumn'],
  });
});
