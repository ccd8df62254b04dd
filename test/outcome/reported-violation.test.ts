import { reportedViolation } from '../../lib/outcome/reported-violation';

test('a violation is told with its figures, of which JSON holds every one', () => {
  const entry = { facet: 'Sex', facet_value: '0', metric_name: 'DCA', constraint_check_type: 'bias_drift_check' };
  const told = (figures: object) => JSON.parse(JSON.stringify(reportedViolation('ModelBias', { entry, ...figures })));
  const words = { feature: 'Sex=0 (DCA)', check: 'bias_drift_check', description: '' };
  expect(told({ observed: 0, expected: -0.5 })).toEqual({ ...words, observed: 0, expected: -0.5 });
  expect(told({ observed: Number.POSITIVE_INFINITY, expected: Number.NEGATIVE_INFINITY })).toEqual({
    ...words,
    observed: 'Infinity',
    expected: '-Infinity',
  });
  expect(told({ observed: Number.NaN, expected: 1 })).toEqual({ ...words, expected: 1 });
  expect(told({})).toEqual(words);
});

test('an image of the user may name its subject otherwise, or nothing', () => {
  expect(reportedViolation('DataQuality', { entry: { metric_name: 'mae', description: 'words' } })).toMatchObject({
    feature: 'mae',
    check: '',
    description: 'words',
  });
  expect(reportedViolation('DataQuality', { entry: {} })).toMatchObject({ feature: '', check: '', description: '' });
});

test('the subject that the kind of monitor names comes before all others', () => {
  const entry = { feature_name: 'f', label: 'label0' };
  expect(reportedViolation('ModelExplainability', { entry }).feature).toBe('label0');
  expect(reportedViolation('DataQuality', { entry }).feature).toBe('f');
});

test('the type that was expected goes along', () => {
  expect(reportedViolation('DataQuality', { entry: {}, expectedType: 'Integral' }).expectedType).toBe('Integral');
});

test('how likely chance does it goes along, where it is known', () => {
  const told = (pValue?: number) => JSON.stringify(reportedViolation('DataQuality', { entry: {}, pValue }).pValue);
  expect([told(0), told(0.25), told(Number.NaN), told()]).toEqual(['0', '0.25', undefined, undefined]);
});
