import { type ContainerFile, listedViolations, measuredBy } from '../../../lib/engine/reconciler/container-files';

const URI = 's3://reports/job/statistics.json';
const file = (content: unknown): ContainerFile => ({ uri: URI, isThere: true, content });

const COUNTED = {
  file: 'statistics.json',
  countsRecords: true,
  sections: ['features', 'metrics'],
  listsNone: true,
} as const;
const UNCOUNTED = { ...COUNTED, file: 'analysis.json', countsRecords: false } as const;

const notFound = (words: string) => ({
  recordCount: 0,
  problem: `AnalysisNotFound: nothing says what was analysed: ${URI} ${words}`,
});
const nothing = (recordCount: number, sections: string) => ({
  recordCount,
  problem: `NothingEvaluated: no check was made: ${sections} of ${URI} has no figure`,
});

describe('what a container measured', () => {
  test.each([
    ['a number of records, and a figure', { dataset: { item_count: 7 }, features: [{ mean: 0 }] }, 7],
    ['a figure of any section', { dataset: { item_count: 7 }, features: [], metrics: { auc: { value: 0.5 } } }, 7],
    ['a figure that is infinite', { dataset: { item_count: 7 }, metrics: { distance: 'Infinity' } }, 7],
    ['or below all', { dataset: { item_count: 7 }, metrics: { distance: '-Infinity' } }, 7],
    ['no record: nothing else is to be said', { dataset: { item_count: 0 } }, 0],
    ['nor is there a figure then', { dataset: { item_count: 0 }, features: [] }, 0],
  ])('is known where its file has %s', (_, content, recordCount) => {
    expect(measuredBy(COUNTED, file(content))).toEqual({ recordCount });
  });

  test('is known without a number of records, where the kind counts none', () => {
    expect(measuredBy(UNCOUNTED, file({ features: { bias: 1 } }))).toEqual({ recordCount: 0 });
    expect(measuredBy(UNCOUNTED, file({ dataset: { item_count: 9 }, features: { bias: 1 } }))).toEqual({
      recordCount: 0,
    });
  });

  test('is not known where its file is not there, or no JSON', () => {
    expect(measuredBy(COUNTED, { uri: URI, isThere: false })).toEqual(notFound('is not there'));
    expect(measuredBy(COUNTED, file(undefined))).toEqual(notFound('is no JSON'));
  });

  test.each([
    ['is missing', {}],
    ['is text', { dataset: { item_count: '7' } }],
    ['is below none', { dataset: { item_count: -1 } }],
    ['stands in nothing', { dataset: null }],
    ['stands elsewhere', { item_count: 7 }],
  ])('is not known where the number of records %s', (_, content) => {
    const words = 'has no number of records (dataset.item_count)';
    expect(measuredBy(COUNTED, file({ ...content, features: [1] }))).toEqual(notFound(words));
    expect(measuredBy(COUNTED, file('7'))).toEqual(notFound(words));
  });

  test('is not known where no section is there', () => {
    const words = 'has no features or metrics';
    expect(measuredBy(COUNTED, file({ dataset: { item_count: 7 } }))).toEqual(notFound(words));
    expect(measuredBy(UNCOUNTED, file({}))).toEqual(notFound(words));
    expect(measuredBy(UNCOUNTED, file(null))).toEqual(notFound(words));
  });

  test('is nothing where sections have no figure', () => {
    expect(measuredBy(COUNTED, file({ dataset: { item_count: 7 }, features: [{ name: 'age' }, null] }))).toEqual(
      nothing(7, 'features'),
    );
    const both = { features: {}, metrics: { auc: { value: 'NaN', standard_deviation: null } } };
    expect(measuredBy(UNCOUNTED, file(both))).toEqual(nothing(0, 'features and metrics'));
  });
});

describe('the list of violations', () => {
  test('has what whoever wrote it put there, even where that says nothing', () => {
    expect(listedViolations(file({ violations: [{ feature_name: 'age' }, null] }))).toEqual([
      { feature_name: 'age' },
      { description: 'the list of violations does not say what this one is about' },
    ]);
    expect(listedViolations(file({ violations: [] }))).toEqual([]);
  });

  test.each([[undefined], [null], ['text'], [{}], [{ violations: {} }], [[]]])('is none: %j', (content) => {
    expect(listedViolations(file(content))).toBeUndefined();
  });
});
