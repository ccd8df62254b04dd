import { Lazy, Token } from 'aws-cdk-lib';
import { BiasAnalysis, type BiasAnalysisOptions } from '../../lib/monitor/bias-analysis';
import { Facet } from '../../lib/monitor/facet';
import { PositiveOutcome } from '../../lib/monitor/positive-outcome';
import { Predictor } from '../../lib/monitor/predictor';

const INCOME = { label: 'income', positiveOutcome: PositiveOutcome.ofValues([1]) };

function analysisWith(options: Partial<BiasAnalysisOptions> = {}): BiasAnalysis {
  return BiasAnalysis.of({ ...INCOME, facets: [Facet.categorical('sex', [0])], ...options });
}

describe('an analysis of bias', () => {
  test('[A3] holds what it was made of, and copies of its lists', () => {
    const facets = [Facet.categorical('sex', [0]), Facet.continuous('age', 40)];
    const headers = ['age', 'sex', 'job', 'income'];
    const rest = { features: 'features', prediction: '0', probability: '1', threshold: 0.6, groupVariable: 'job' };
    const analysis = BiasAnalysis.of({ ...INCOME, facets, headers, ...rest });
    expect(analysis).toMatchObject({ ...INCOME, facets, headers, ...rest });
    facets.pop();
    headers.pop();
    analysis.facets.pop();
    analysis.headers?.pop();
    expect([analysis.facets.length, analysis.headers?.length]).toEqual([2, 4]);
  });

  test('needs no more than a label, an outcome and a facet', () => {
    const { headers, groupVariable, features, prediction, probability, threshold, predictor } = analysisWith();
    expect([headers, groupVariable, features, prediction, probability, threshold, predictor]).toEqual(
      new Array(7).fill(undefined),
    );
  });

  test.each<[string, Partial<BiasAnalysisOptions>, string]>([
    ['no facet', { facets: [] }, `'facets' is [], allowed is at least one, each once`],
    [
      'a facet twice',
      { facets: [Facet.categorical('sex'), Facet.continuous('sex', 0)] },
      `'facets' is ["sex","sex"], allowed is at least one, each once`,
    ],
    ['no label', { label: '' }, `'label' is "", allowed is an index, a path or a name, 1 to 256 characters`],
    ['a path of 257 characters', { features: 'x'.repeat(257) }, `'features' is "xxx`],
    ['an empty place of predictions', { prediction: '' }, `'prediction' is ""`],
    ['an empty place of probabilities', { probability: '' }, `'probability' is ""`],
    ['an empty group variable', { groupVariable: '' }, `'groupVariable' is ""`],
    ['no header', { headers: [] }, `'headers' is [], allowed is at least one name, none empty, each once`],
    ['a header twice', { headers: ['sex', 'sex'] }, `'headers' is ["sex","sex"]`],
    ['an empty header', { headers: ['sex', ''] }, `'headers' is ["sex",""]`],
    [
      'a facet that no header names',
      { headers: ['age', 'income'] },
      `'facets[0]' is "sex", allowed is one of 'headers': age, income`,
    ],
    [
      'a group variable that no header names',
      { headers: ['sex', 'income'], groupVariable: 'job' },
      `'groupVariable' is "job", allowed is one of 'headers': sex, income`,
    ],
    ['a threshold above 1', { threshold: 1.1 }, `'threshold' is 1.1, allowed is a number, 0 to 1`],
    ['a threshold below 0', { threshold: -0.1 }, `'threshold' is -0.1, allowed is a number, 0 to 1`],
    ['a threshold that is no number', { threshold: Number.NaN }, `'threshold' is NaN, allowed is a number, 0 to 1`],
    [
      'a model that is asked in JSON, nobody knows how',
      { features: 'features', predictor: Predictor.fromModelName('churn') },
      `'predictor.request' is undefined, allowed is how requests are written, as the data are JSON`,
    ],
  ])('[B13] fails for %s', (_, options, message) => {
    expect(() => analysisWith(options)).toThrow(`InvalidBiasAnalysis: ${message}`);
  });

  test('fails once for all that is wrong', () => {
    expect(() => analysisWith({ label: '', threshold: 2 })).toThrow(/^InvalidBiasAnalysis: 'label' .*; 'threshold' /);
  });

  test.each<[string, Partial<BiasAnalysisOptions>]>([
    ['a path of 256 characters', { features: 'x'.repeat(256) }],
    ['the threshold 0', { threshold: 0 }],
    ['the threshold 1', { threshold: 1 }],
    ['a threshold without a probability: the model answers with one', { threshold: 0.8 }],
    ['a label that is a path, not a header', { headers: ['sex', 'income'], label: 'data.label' }],
    ['a threshold that is known at deployment only', { threshold: Token.asNumber(Lazy.any({ produce: () => 7 })) }],
    ['headers that are known at deployment only', { headers: Token.asList(Lazy.any({ produce: () => [] })) }],
  ])('takes %s', (_, options) => {
    expect(() => analysisWith(options)).not.toThrow();
  });
});

describe('a facet', () => {
  test.each<[string, Facet, unknown]>([
    ['values of a category', Facet.categorical('sex', ['f', 'x']), ['f', 'x']],
    ['each value of a category', Facet.categorical('sex'), undefined],
    ['what is greater than a threshold', Facet.continuous('age', 40), [40]],
  ])('has %s', (_, { valuesOrThreshold }, expected) => {
    expect(valuesOrThreshold).toEqual(expected);
  });

  test.each<[string, () => Facet, string]>([
    ['no value', () => Facet.categorical('sex', []), `'values' is []`],
    ['a value twice', () => Facet.categorical('sex', [0, 0]), `'values' is [0,0]`],
    ['a threshold that is no number', () => Facet.continuous('age', Number.NaN), `'threshold' is [null]`],
  ])('fails for %s', (_, make, message) => {
    expect(make).toThrow(`InvalidBiasAnalysis: ${message}, allowed is at least one, each once, numbers finite`);
  });
});

describe('a positive outcome', () => {
  test('is some values, or what is greater than a threshold', () => {
    expect(PositiveOutcome.ofValues(['yes', 1]).valuesOrThreshold).toEqual(['yes', 1]);
    expect(PositiveOutcome.above(50_000).valuesOrThreshold).toEqual([50_000]);
  });

  test.each<[string, () => PositiveOutcome]>([
    ['no value', () => PositiveOutcome.ofValues([])],
    ['a value twice', () => PositiveOutcome.ofValues(['a', 'a'])],
    ['an infinite threshold', () => PositiveOutcome.above(Number.POSITIVE_INFINITY)],
  ])('fails for %s', (_, make) => {
    expect(make).toThrow(/^InvalidBiasAnalysis: /);
  });
});
