import { Lazy, Token } from 'aws-cdk-lib';
import { ModelProblem } from '../../lib/monitor/model-problem';

const { regression, binaryClassification, multiclassClassification } = {
  regression: ModelProblem.regression,
  binaryClassification: ModelProblem.binaryClassification,
  multiclassClassification: ModelProblem.multiclassClassification,
};

test('[B13] a regression has the attribute of its prediction', () => {
  expect(regression({ prediction: '0' })).toEqual({ problemType: 'Regression', prediction: '0' });
});

test('[B13] a multiclass classification has the attributes of label and probability', () => {
  expect(multiclassClassification({ prediction: 'label', probability: 'score' })).toEqual({
    problemType: 'MulticlassClassification',
    prediction: 'label',
    probability: 'score',
  });
});

describe('a binary classification', () => {
  const problemType = 'BinaryClassification';

  test.each([
    [{ prediction: '0' }],
    [{ probability: 'predictions[0].score', threshold: 0.5 }],
    [{ prediction: '0', probability: '1' }],
    [{ prediction: '0', probability: '1', threshold: 0.8 }],
    [{ probability: '0', threshold: 0 }],
    [{ probability: '0', threshold: 1 }],
  ])('[B13][B23] may be decided by %j', (options) => {
    expect(binaryClassification(options)).toEqual({ problemType, ...options });
  });

  test('may have a threshold that is known at deployment only', () => {
    const threshold = Token.asNumber(Lazy.any({ produce: () => 0.5 }));
    expect(binaryClassification({ probability: '0', threshold }).threshold).toBe(threshold);
  });

  test.each([
    [{}, "'prediction' is undefined, allowed is an attribute, or 'probability' and 'threshold' in its place"],
    [{ threshold: 0.5 }, "'prediction' is undefined, allowed is an attribute, or 'probability'"],
    [{ probability: '0' }, "'threshold' is undefined, allowed is a number, 0 to 1, with 'probability' alone"],
    [{ prediction: '0', threshold: 0.5 }, "'threshold' is 0.5, allowed is nothing without 'probability'"],
    [{ probability: '0', threshold: -0.1 }, "'threshold' is -0.1, allowed is a number, 0 to 1"],
    [{ probability: '0', threshold: 50 }, "'threshold' is 50, allowed is a number, 0 to 1"],
    [{ probability: '0', threshold: Number.NaN }, "'threshold' is NaN, allowed is a number, 0 to 1"],
  ])('[B23] cannot be decided by %j', (options, message) => {
    expect(() => binaryClassification(options)).toThrow(`InvalidModelProblem: ${message}`);
  });
});

describe('an attribute', () => {
  test.each(['0', '_c0', '$.predictions[0].label', 'x'.repeat(256), Lazy.string({ produce: () => '' })])(
    '[B23] may be %j',
    (prediction) => {
      expect(() => regression({ prediction })).not.toThrow();
    },
  );

  test.each(['', 'x'.repeat(257)])('[B23] cannot be %j', (text) => {
    const allowed = 'allowed is an index, a path or a name, 1 to 256 characters';
    expect(() => regression({ prediction: text })).toThrow(`'prediction' is "${text}", ${allowed}`);
    expect(() => multiclassClassification({ prediction: '0', probability: text })).toThrow(
      `'probability' is "${text}", ${allowed}`,
    );
  });
});

describe('probabilities of several labels', () => {
  const of = (probabilities: object) => multiclassClassification({ prediction: '0', ...probabilities });

  test.each([2, 30])('may be of %d labels', (count) => {
    const probabilities = Object.fromEntries(
      Array.from({ length: count }, (_, label) => [`label ${label}`, `${label}`]),
    );
    expect(of({ probabilities }).probabilities).toEqual(probabilities);
  });

  test.each([
    [
      { probabilities: { a: '1' } },
      '\'probabilities\' is "a", allowed is an attribute for each of 2 to 30 labels, which differ',
    ],
    [
      { probabilities: Object.fromEntries(Array.from({ length: 31 }, (_, label) => [label, `${label}`])) },
      '2 to 30 labels',
    ],
    [{ probabilities: { 1: '1', '1.0': '2' } }, 'which differ'],
    [{ probabilities: { ' ': '1', a: '2' } }, 'which differ'],
    [{ probabilities: { a: '1', b: '' } }, '\'probabilities.b\' is "", allowed is an index, a path or a name'],
    [{ probabilities: { a: '1', b: '2' }, probability: '3' }, "allowed is nothing beside 'probabilities'"],
  ])('may not be %j', (options, message) => {
    expect(() => of(options)).toThrow('InvalidModelProblem');
    expect(() => of(options)).toThrow(message);
  });
});
