import { requestsPerRow } from '../../lib/analysis';
import { RowSample } from '../../lib/analysis/attribution/row-sample';
import type { ExplanationSettings, OwnCallSettings } from '../../lib/baseline/contract';
import { affordableSample } from '../../lib/engine/serverless/handler/affordable-sample';

// How many rows of a sample a model of one's own traffic may be asked about.

const OWN_CALLS = { mostCalls: 1000, callsPerSecond: 5, trafficShare: 0.1 } as OwnCallSettings;

interface Given {
  readonly rows?: number;
  readonly capacity?: number;
  readonly requests?: number;
  readonly own?: Partial<OwnCallSettings>;
  readonly asked?: Partial<ExplanationSettings>;
  readonly isWindow?: boolean;
  readonly batchSize?: number;
  readonly baselineRows?: number;
}

/** Of two features, which all have two coalitions: a row of one record takes three requests beside a baseline of one row. */
function affordable(given: Given = {}) {
  const { rows = 100, capacity = 200, requests = 5000, own, asked, isWindow = true } = given;
  const { batchSize = 1, baselineRows = 1 } = given;
  const sample = new RowSample(capacity);
  for (let index = 0; index < rows; index += 1) sample.add({ rank: String(1000 + index), values: [index, 0] });
  sample.requestCount = requests;
  const settings = { headers: ['a', 'b'], recordCount: 100, ...asked } as ExplanationSettings;
  const ownCalls = { ...OWN_CALLS, ...own };
  return affordableSample(sample, settings, { ownCalls, baselineRows, batchSize, isWindow });
}

/** Calls of a run, and rows that they suffice for; the reason where they do for none. */
function told(given?: Given): readonly [number, number] | string {
  const found = affordable(given);
  return 'refusal' in found ? found.refusal : [found.limit, found.sample.rows.length];
}

test.each<[string, Given, readonly [number, number]]>([
  ['the traffic', {}, [500, 100]],
  ['the traffic, in whole requests', { requests: 1239 }, [123, 36]],
  ['what a run may ask at most', { requests: 1e6, own: { mostCalls: 100 } }, [100, 29]],
  ['its time', { requests: 1e6, own: { callsPerSecond: 0.2 } }, [120, 35]],
  ['a dataset has no traffic', { requests: 0, isWindow: false }, [1000, 100]],
])('the calls of a run are bounded by %s, and a tenth of them is kept', (_, given, expected) => {
  expect(told(given)).toEqual(expected);
});

test('of a sample with more rows those of the lowest ranks are asked about, and never more than it holds', () => {
  const found = affordable({ requests: 1239 });
  expect('sample' in found && found.sample.rows[35].values).toEqual([35, 0]);
  expect('sample' in found && found.sample.capacity).toBe(36);
  const whole = affordable({ rows: 20, capacity: 20 });
  expect('sample' in whole && [whole.sample.rows.length, whole.sample.capacity]).toEqual([20, 20]);
});

test('at least ten rows are asked about, unless there are no more, or no more are asked for', () => {
  // (limit * 0.9 - 1) / 3 rows: 35 calls suffice for ten, 34 for nine
  expect(told({ requests: 350 })).toEqual([35, 10]);
  expect(told({ requests: 340 })).toBe(
    'TooFewCalls: the monitored endpoint may get 34 calls of this run by 0.1 of its 340 captured requests, and each of at least 10 records takes 3: let the analysis take fewer samples (sampleCount), the predictor a larger trafficShare or maxCallsPerRun, or windows be longer',
  );
  expect(told({ requests: 340, rows: 9 })).toEqual([34, 9]);
  expect(told({ requests: 340, asked: { recordCount: 9 } })).toEqual([34, 9]);
  expect(told({ requests: 0, isWindow: false, own: { mostCalls: 10 } })).toMatch(/ 10 calls of this run, and each of /);
});

test('rows of the baseline and of a request count', () => {
  // (500 * 0.9 - 3) / 7 rows
  expect(told({ rows: 200, baselineRows: 3 })).toEqual([500, 63]);
  // one request for two rows of the baseline, and three a row
  expect(told({ rows: 200, baselineRows: 2, batchSize: 2 })).toEqual([500, 149]);
  // two requests of two rows each, and one for the baseline
  expect(told({ rows: 200, asked: { recordCount: 200 }, requests: 2000, batchSize: 2 })).toEqual([200, 89]);
  expect(told({ requests: 2000, batchSize: 2, asked: { sampleCount: 1 } })).toEqual([200, 100]);
});

test.each([
  [{ featureCount: 2, baselineRows: 1, batchSize: 1 }, 3],
  [{ featureCount: 2, baselineRows: 1, batchSize: 2 }, 2],
  [{ featureCount: 2, baselineRows: 10, batchSize: 21 }, 1],
  [{ featureCount: 2, baselineRows: 10, batchSize: 20 }, 2],
  [{ featureCount: 0, baselineRows: 5, batchSize: 1 }, 1],
  [{ featureCount: 1, baselineRows: 5, batchSize: 1 }, 1],
  [{ featureCount: 40, baselineRows: 1, batchSize: 1 }, 2 * 40 + 2048 + 1],
  [{ featureCount: 40, baselineRows: 1, batchSize: 1, sampleCount: 100 }, 101],
  [{ featureCount: 3, baselineRows: 1, batchSize: 1, sampleCount: 100 }, 7],
])('%j takes %d requests a row', (asking, requests) => {
  expect(requestsPerRow(asking)).toBe(requests);
});
