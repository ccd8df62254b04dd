import { decodeSample, RowSample } from '../../../lib/analysis/attribution/row-sample';

// What a sample counts, as it is written, read and merged.

interface Counts {
  readonly requestCount?: number;
  readonly outsideWindow?: number;
  readonly filtered?: number;
}

function sampleOf(ranks: readonly string[], counts: Counts = {}): RowSample {
  const sample = new RowSample(3);
  for (const rank of ranks) sample.add({ rank, values: [rank] });
  return Object.assign(sample, counts);
}

const countsOf = ({ requestCount, outsideWindow, filtered, counts }: RowSample) => {
  return { requestCount, outsideWindow, filtered, recordCount: counts.recordCount };
};

test('counts of parts are added up', () => {
  const whole = sampleOf(['a'], { requestCount: 1, outsideWindow: 2, filtered: 3 });
  whole.merge(sampleOf(['b', 'c'], { requestCount: 10, outsideWindow: 20, filtered: 30 }));
  expect(countsOf(whole)).toEqual({ requestCount: 11, outsideWindow: 22, filtered: 33, recordCount: 3 });
});

test('a sample is written with what it has, and is the same when it is read', () => {
  const whole = sampleOf(['b', 'a', 'd', 'c'], { requestCount: 3, outsideWindow: 1, filtered: 2 });
  const written = JSON.parse(whole.encode());
  expect(written).toMatchObject({ version: 1, capacity: 3, rowCount: 4, requestCount: 3, filtered: 2, fileNames: [] });
  const read = decodeSample(whole.encode());
  expect(countsOf(read)).toEqual(countsOf(whole));
  expect(read.rows.map(({ rank }) => rank)).toEqual(['a', 'b', 'c']);
  expect(JSON.parse(sampleOf(['a']).encode())).not.toHaveProperty('filtered');
});

test('of what was written before requests were counted each row stands for one, and nothing is left out', () => {
  const { requestCount: _, ...earlier } = JSON.parse(sampleOf(['a', 'b']).encode());
  expect(countsOf(decodeSample(JSON.stringify(earlier)))).toMatchObject({ requestCount: 2, filtered: 0 });
});

test.each([
  ['{"version":0,"rows":[]}', 'SampleVersion: the part has the version 0, this analysis reads 1; read the data again'],
  ['null', 'SampleVersion: the part has the version undefined'],
])('%s is no sample of this version', (text, words) => {
  expect(() => decodeSample(text)).toThrow(words);
});
