import type { Comparison, PartShelf } from '../../../lib/analysis';
import { identifierHash, identifierKey } from '../../../lib/analysis/batch/identifier-hash';
import { IN_MEMORY } from '../../../lib/analysis/labels/ranged-part';
import { qualityComparing } from '../../../lib/analysis/model-quality/comparison';
import type { Outcome, QualityProblem } from '../../../lib/analysis/model-quality/problem';
import { ReadRecords } from '../../../lib/analysis/model-quality/read-records';

const BINARY: QualityProblem = { type: 'BinaryClassification', probabilityAttribute: '0' };
const MULTICLASS: QualityProblem = { type: 'MulticlassClassification', inferenceAttribute: '0' };
const REGRESSION: QualityProblem = { type: 'Regression', inferenceAttribute: '0' };

/** A request, by its number: what a variant says, row by row. */
type Said = readonly (readonly [id: number, ...rows: Outcome[]])[];

const hashed = (id: number) => identifierHash(identifierKey(), `${id}`);
const bytesOf = (records: ReadRecords) => records.encodeRanges();

function predicted(said: Said): Uint8Array {
  const records = new ReadRecords();
  for (const [id, ...rows] of said)
    records.addPredictions(hashed(id), { name: `${id}`, rows: rows.map((value) => ({ predicted: value })) });
  return bytesOf(records);
}

function labelled(truth: Said): Uint8Array {
  const records = new ReadRecords();
  for (const [id, ...rows] of truth) records.addLabels(hashed(id), rows, { fileIndex: 0, line: id + 1 });
  return bytesOf(records);
}

interface Sides {
  readonly reference: Said;
  readonly candidate: Said;
  readonly truth?: Said;
}

/** The comparison of two variants, each read in so many parts. */
async function compared(
  problem: QualityProblem,
  { reference, candidate, truth = [] }: Sides,
  parts = 1,
  batchBytes?: number,
) {
  const comparing = qualityComparing(problem, batchBytes);
  for (let part = 0; part < parts; part += 1) {
    comparing.add(predicted(reference.filter((_, index) => index % parts === part)), 'reference');
    comparing.add(predicted(candidate.filter((_, index) => index % parts === part)), 'candidate');
    comparing.add(labelled(truth.filter((_, index) => index % parts === part)), 'labels');
  }
  return (await comparing.compared({})) as Comparison;
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const requests = (count: number, say: (id: number) => Outcome, offset = 0): Said =>
  range(count).map((index) => [index + offset, say(index + offset)]);

const truth = (id: number) => String(id % 3 === 0 ? 1 : 0);
/** Wrong about one of so many. */
const erring = (every: number) => (id: number) => (id % every === 0 ? String(1 - Number(truth(id))) : truth(id));

const SHADOW: Sides = {
  reference: requests(600, erring(10)),
  candidate: requests(600, erring(4)),
  truth: requests(600, truth),
};
const SHARED_TRAFFIC: Sides = {
  reference: requests(400, erring(10)),
  candidate: requests(200, erring(4), 400),
  truth: requests(600, truth),
};

const countOf = (said: Said, isIt: (id: number, value: Outcome) => boolean) =>
  said.filter(([id, value]) => isIt(id, value)).length;

describe('of a shadow variant that answers the same requests', () => {
  test('both are compared request by request', async () => {
    const { rows, agreement, quality, predictions } = await compared(BINARY, SHADOW);
    const both = SHADOW.reference.map(([id, value], index) => [id, value, SHADOW.candidate[index][1]] as const);
    const agreeing = both.filter(([, one, other]) => one === other).length;
    expect(rows).toEqual({ reference: 600, candidate: 600 });
    expect(agreement).toMatchObject({ requests: 600, rows: 600, agreeing });
    expect(agreement?.share?.value).toBeCloseTo(agreeing / 600, 12);
    const right = (value: Outcome, id: number) => value === truth(id);
    expect(quality?.answers).toEqual({
      bothRight: both.filter(([id, one, other]) => right(one, id) && right(other, id)).length,
      onlyReferenceRight: both.filter(([id, one, other]) => right(one, id) && !right(other, id)).length,
      onlyCandidateRight: both.filter(([id, one, other]) => !right(one, id) && right(other, id)).length,
      neitherRight: both.filter(([id, one, other]) => !right(one, id) && !right(other, id)).length,
    });
    expect(quality?.rows).toEqual({ reference: 600, candidate: 600, shared: 600 });
    const share = (said: Said) => countOf(said, (_, value) => value === '1') / 600;
    expect(predictions).toMatchObject({ measure: 'positiveShare' });
    expect(predictions?.figure?.reference).toBeCloseTo(share(SHADOW.reference), 12);
    expect(predictions?.figure?.difference.value).toBeCloseTo(share(SHADOW.candidate) - share(SHADOW.reference), 12);
  });

  test('of two that say the same, no difference is found, and its interval is narrower than that of other requests', async () => {
    const same = { ...SHADOW, candidate: SHADOW.reference };
    const { agreement, quality } = await compared(BINARY, same);
    const apart = await compared(BINARY, {
      ...same,
      candidate: requests(600, erring(10), 600),
      truth: requests(1200, truth),
    });
    expect(agreement?.share?.value).toBe(1);
    for (const { metric, difference } of quality?.metrics ?? []) {
      expect(difference.value).toBe(0);
      const other = apart.quality?.metrics.find((one) => one.metric === metric);
      expect(difference.high - difference.low).toBeLessThan(
        0.2 * ((other?.difference.high ?? 0) - (other?.difference.low ?? 0)),
      );
    }
    expect(quality?.metrics.map(({ metric }) => metric)).toEqual(expect.arrayContaining(['accuracy', 'recall', 'f1']));
  });

  test('the last answer of a variant to a request counts, and a request of other rows is none of both', async () => {
    const reference: Said = [...SHADOW.reference.map(([id]): Said[number] => [id, '1']), ...SHADOW.reference];
    const { agreement, rows } = await compared(BINARY, { ...SHADOW, reference });
    expect(agreement).toEqual((await compared(BINARY, SHADOW)).agreement);
    expect(rows).toEqual({ reference: 600, candidate: 600 });
    const wide = { ...SHADOW, candidate: SHADOW.candidate.map(([id, value]): Said[number] => [id, value, value]) };
    const apart = await compared(BINARY, wide);
    expect(apart.agreement).toBeUndefined();
    expect(apart.rows).toEqual({ reference: 600, candidate: 1200 });
    expect(apart.quality).toBeUndefined(); // the labels are of one row each
  });

  test('areas below curves are not compared, and that is told', async () => {
    const scored = (said: Said) => {
      const records = new ReadRecords();
      for (const [id, value] of said) {
        const rows = [{ predicted: value, score: Number(value) * 0.8 + (id % 7) / 70 }];
        records.addPredictions(hashed(id), { name: `${id}`, rows });
      }
      return bytesOf(records);
    };
    const comparing = qualityComparing(BINARY);
    comparing.add(scored(SHADOW.reference), 'reference');
    comparing.add(scored(SHADOW.candidate), 'candidate');
    comparing.add(labelled(SHADOW.truth ?? []), 'labels');
    const { quality, notCompared } = (await comparing.compared({})) as Comparison;
    expect(quality?.metrics.map(({ metric }) => metric)).not.toContain('auc');
    expect(notCompared).toMatchObject([{ feature: 'auc', check: 'quality' }]);
  });
});

describe('of variants that share the traffic', () => {
  test('what they are worth is compared without a request of both', async () => {
    const { quality, agreement, notCompared } = await compared(BINARY, SHARED_TRAFFIC);
    expect(agreement).toBeUndefined();
    expect(quality?.answers).toBeUndefined();
    expect(quality?.rows).toEqual({ reference: 400, candidate: 200, shared: 0 });
    const right = (said: Said) => countOf(said, (id, value) => value === truth(id)) / said.length;
    const accuracy = quality?.metrics.find(({ metric }) => metric === 'accuracy');
    expect(accuracy?.reference).toBeCloseTo(right(SHARED_TRAFFIC.reference), 12);
    expect(accuracy?.candidate).toBeCloseTo(right(SHARED_TRAFFIC.candidate), 12);
    expect(accuracy?.difference.high).toBeLessThan(0);
    expect(notCompared).toEqual([]);
  });

  test('labels of several classes are told apart by their shares, beside chance', async () => {
    const label = (id: number) => 'abc'[id % 3];
    const same = await compared(MULTICLASS, { reference: requests(300, label), candidate: requests(300, label, 300) });
    expect(same.predictions).toEqual({ measure: 'labels', distance: 0, pValue: 1 });
    const moved = (id: number) => (id % 30 === 0 ? 'b' : label(id));
    const { predictions } = await compared(MULTICLASS, {
      reference: requests(300, label),
      candidate: requests(300, moved, 300),
    });
    expect(predictions?.distance).toBeCloseTo(1 / 30, 12);
    // 100, 100, 100 and 90, 110, 100 rows; of two degrees of freedom, chance is the exponential of half of it
    expect(predictions?.pValue).toBeCloseTo(Math.exp(-(100 / 190 + 100 / 210) / 2), 9);
  });

  test('numbers are compared by their means', async () => {
    const { predictions, quality } = await compared(REGRESSION, {
      reference: requests(100, (id) => 1e6 + (id % 5)),
      candidate: requests(100, (id) => 1e6 + (id % 5) + 2, 100),
      truth: requests(200, (id) => 1e6 + (id % 5)),
    });
    const error = Math.sqrt((2 * 2) / 100);
    expect(predictions?.figure?.difference.value).toBeCloseTo(2, 6);
    expect(predictions?.figure?.difference.low).toBeCloseTo(2 - 1.959964 * error, 4);
    expect(quality?.metrics.map(({ metric, candidate }) => [metric, candidate]).slice(0, 1)).toEqual([['mae', 2]]);
  });
});

test('numbers of the same requests differ by their pairs', async () => {
  const { agreement } = await compared(REGRESSION, {
    reference: requests(100, (id) => id),
    candidate: requests(100, (id) => id + (id % 2 === 0 ? 3 : -1)),
  });
  expect(agreement).toMatchObject({ requests: 100, rows: 100 });
  expect(agreement?.meanDifference?.value).toBeCloseTo(1, 9);
  expect(agreement?.meanDistance?.value).toBeCloseTo(2, 9);
  expect(agreement?.meanDifference?.high).toBeCloseTo(1 + 1.959964 * 0.2, 6);
});

test.each([
  ['shadow', SHADOW],
  ['shared traffic', SHARED_TRAFFIC],
])('however it was read, a comparison is the same: %s', async (_, sides) => {
  const whole = await compared(BINARY, sides);
  expect(await compared(BINARY, sides, 3)).toEqual(whole);
  expect(await compared(BINARY, sides, 2, 1)).toEqual(whole); // one range of identifiers after the other
});

test('of a variant without requests, and of one with few labels, nothing is said', async () => {
  const none = await compared(BINARY, { ...SHADOW, candidate: [] });
  const { rows, notCompared, ...said } = none as Comparison;
  expect({ rows, notCompared }).toEqual({ rows: { reference: 600, candidate: 0 }, notCompared: [] });
  expect([said.predictions, said.agreement, said.quality]).toEqual([undefined, undefined, undefined]);
  const few = await compared(BINARY, { ...SHADOW, truth: requests(29, truth) });
  expect(few.quality).toBeUndefined();
  expect(few.notCompared).toEqual([
    { feature: '', check: 'quality', reason: 'a variant has 29 rows with a label, and needs 30' },
  ]);
});

test('parts go to the shelf as they come, none beyond its room is held, and that is said', async () => {
  const part = predicted(SHADOW.reference);
  const kept: number[] = [];
  const shelf: PartShelf = {
    room: 3 * part.length,
    keep(words) {
      kept.push(words.byteLength);
      return IN_MEMORY.keep(words);
    },
  };
  const comparing = qualityComparing(BINARY, undefined, shelf);
  for (let count = 0; count < 8; count += 1) comparing.add(part, count % 2 === 0 ? 'reference' : 'candidate');
  expect(kept).toHaveLength(3);
  expect(await comparing.compared({})).toEqual({ refusal: expect.stringMatching(/more than [\d.]+ MiB/) });
});
