import { differences } from './closeness';
import { jsonLines } from './json-lines';
import { type BitCase, metricsOf } from './oracle';

const cases = jsonLines<BitCase>('bias/generated.ndjson');

test('has cases with infinite and with missing metrics', () => {
  const values = cases.flatMap((each) => Object.values(each.metrics));
  expect(cases.length).toBeGreaterThanOrEqual(200);
  expect(values.filter((value) => value === null).length).toBeGreaterThan(100);
  expect(values).toEqual(expect.arrayContaining(['Infinity', '-Infinity']));
});

test.each(cases.map((each, index) => ({ ...each, index })))(
  'agrees with the independent figures, case $index',
  (each) => {
    const metrics = metricsOf(each);
    expect(Object.keys(metrics).sort()).toEqual(Object.keys(each.metrics));
    expect(differences(metrics, each.metrics)).toEqual([]);
  },
);
