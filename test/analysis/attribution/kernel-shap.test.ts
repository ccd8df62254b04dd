import * as fc from 'fast-check';
import { type FeatureRow, type KernelShapInput, kernelShap } from '../../../lib/analysis/attribution';
import { randomNumbers } from '../../../lib/analysis/attribution/random-numbers';
import { expectClose, explain, type Formula, modelOf, shapley, valuesOf } from './shapley';

const seed = Number(process.env.SEED ?? 20170522);

describe('closed forms', () => {
  test('a linear model gives each weight times the distance from the mean baseline', async () => {
    // v(S + i) - v(S) = w_i (x_i - mean b_i) whatever S is
    const values = await explain(
      (a, b, c) => 2 * a - 3 * b + 0.5 * c + 7,
      [1, 2, 3],
      [
        [0, 1, 5],
        [2, 0, 1],
      ],
    );
    expectClose(values, [0, -4.5, 0]);
  });

  test.each([2, 3, 5, 8])('a product of %d features that starts from 0 is shared evenly', async (size) => {
    // v is 0 unless all features are there, so only the last to join contributes, and each is last equally often
    const row = Array.from({ length: size }, (_, index) => index + 1.5);
    const product = row.reduce((all, each) => all * each, 1);
    const values = await explain((...x) => x.reduce((all, each) => all * each, 1), row, [Array(size).fill(0)]);
    expectClose(
      values,
      row.map(() => product / size),
    );
  });

  test('a maximum is shared as the costs of a runway are', async () => {
    // max = sum of the steps between sorted values; each step is shared by those that reach it (Littlechild and Owen, 1973)
    const values = await explain((...x) => Math.max(...x), [1, 3, 4, 10], [[0, 0, 0, 0]]);
    expectClose(values, [1 / 4, 1 / 4 + 2 / 3, 1 / 4 + 2 / 3 + 1 / 2, 1 / 4 + 2 / 3 + 1 / 2 + 6]);
  });

  test('a vote with the weights 2, 1, 1 and the quota 3 has the powers 2/3, 1/6, 1/6', async () => {
    // of the 6 orders the first voter turns the vote in 4, each other one in 1
    const values = await explain((a, b, c) => Number(2 * a + b + c >= 3), [1, 1, 1], [[0, 0, 0]]);
    expectClose(values, [2 / 3, 1 / 6, 1 / 6]);
  });

  test('log-odds of a logistic model are linear', async () => {
    const logistic: Formula = (a, b) => 1 / (1 + Math.exp(-(0.3 + 2 * a - b)));
    const input = { rows: [[1, 3]], baseline: [[0.5, 1]], predict: modelOf(logistic), link: 'logit' as const };
    const { local, expected } = await valuesOf(input);
    expectClose(local?.[0][0] ?? [], [2 * 0.5, -2]);
    expectClose(expected, [0.3 + 1 - 1]);
  });
});

/** A random model of products, maxima, thresholds and waves of its features. */
function randomFormula(random: () => number, size: number): Formula {
  const terms = Array.from({ length: 4 }, () => {
    const [i, j, k] = [0, 0, 0].map(() => Math.floor(random() * size));
    const [weight, level] = [4 * random() - 2, random()];
    return [
      (x: number[]) => weight * x[i] * x[j],
      (x: number[]) => weight * Math.max(x[i], x[j], x[k]),
      (x: number[]) => (x[i] + x[j] > level ? weight : 0),
      (x: number[]) => weight * Math.sin(3 * x[i]) * x[k],
    ][Math.floor(random() * 4)];
  });
  return (...x) => terms.reduce((sum, term) => sum + term(x), 0);
}

test.each(Array.from({ length: 200 }, (_, index) => index))(
  `gives Shapley values when all coalitions fit, case %d of seed ${seed}`,
  async (index) => {
    const random = randomNumbers(seed + index);
    const size = 1 + Math.floor(random() * 8);
    const row = Array.from({ length: size }, () => 2 * random() - 1);
    const rowOf = () => row.map((value) => (random() < 0.1 ? value : 2 * random() - 1));
    const baseline = Array.from({ length: 1 + Math.floor(random() * 3) }, rowOf);
    const formulas = [randomFormula(random, size), randomFormula(random, size)];
    const { local, isExact } = await valuesOf({ rows: [row], baseline, predict: modelOf(...formulas), batchSize: 7 });
    expect(isExact).toBe(true);
    for (const [label, formula] of formulas.entries()) {
      expectClose(local?.[0][label] ?? [], shapley(formula, row, baseline));
    }
  },
);

describe('properties', () => {
  const size = 5;
  const values = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: size, maxLength: size });
  const game = fc.record({
    row: values,
    baseline: fc.array(values, { minLength: 1, maxLength: 3 }),
    model: fc.integer().map((each) => randomFormula(randomNumbers(each), size)),
    sampleCount: fc.constantFrom(10, 16, 30),
  });
  const check = (property: fc.IAsyncProperty<unknown>) => fc.assert(property, { seed, numRuns: 100 });

  test('attributions add up to the answer less the expected one, also when sampled', () =>
    check(
      fc.asyncProperty(game, async ({ row, baseline, model, sampleCount }) => {
        const { local, expected } = await valuesOf({ rows: [row], baseline, predict: modelOf(model), sampleCount });
        const sum = local?.[0][0].reduce((all, each) => all + each, 0) ?? 0;
        expectClose([sum], [model(...row) - expected[0]]);
      }),
    ));

  test('a feature that the model does not use gets 0', () =>
    check(
      fc.asyncProperty(game, async ({ row, baseline, model }) => {
        const [used] = [(...x: number[]) => model(x[0], x[1], x[2], x[3], 0.5)];
        const found = await explain(used, row, baseline);
        expect(Math.abs(found[4])).toBeLessThan(1e-9);
      }),
    ));

  test('features that the model treats alike get the same', () =>
    check(
      fc.asyncProperty(game, async ({ row, baseline, model }) => {
        const alike = ([a, b, ...rest]: number[]) => [a, a, ...(b === undefined ? [] : rest)];
        const symmetric: Formula = (...x) => model(x[0] + x[1], x[0] * x[1], x[2], x[3], x[4]);
        const found = await explain(symmetric, alike(row), baseline.map(alike));
        expect(Math.abs(found[0] - found[1])).toBeLessThan(1e-9);
      }),
    ));

  test('attributions of a sum of models are the sums of theirs, also when sampled', () =>
    check(
      fc.asyncProperty(game, game, async ({ row, baseline, model, sampleCount }, { model: other }) => {
        const of = (formula: Formula) => explain(formula, row, baseline, { sampleCount });
        const [one, two, both] = [await of(model), await of(other), await of((...x) => model(...x) + other(...x))];
        expectClose(
          both,
          one.map((value, index) => value + two[index]),
        );
      }),
    ));
});

describe('sampling', () => {
  const size = 13; // 8190 coalitions
  const random = randomNumbers(seed);
  const row = Array.from({ length: size }, () => 2 * random() - 1);
  const baseline = [Array.from({ length: size }, () => 2 * random() - 1)];
  const formulas = [0, 1, 2].map(() => randomFormula(random, size));
  // paired samples are exact where at most two features interact, so the model has a vote of all features as well
  const votes = Array.from({ length: size }, random);
  const vote: Formula = (...x) =>
    5 * Number(x.reduce((sum, each, i) => sum + (each === row[i] ? votes[i] : 0), 0) > size / 5);
  const formula: Formula = (...x) => [...formulas, vote].reduce((sum, each) => sum + each(...x), 0);
  const exact = shapley(formula, row, baseline);
  const errorsOf = async (sampleCount: number, count = 48) => {
    const runs: number[][] = [];
    for (let each = 0; each < count; each++) {
      const found = await explain(formula, row, baseline, { sampleCount, seed: each });
      runs.push(found.map((value, index) => value - exact[index]));
    }
    return runs;
  };
  const rootMeanSquare = (runs: number[][]) =>
    Math.sqrt(runs.flat().reduce((sum, error) => sum + error ** 2, 0) / runs.flat().length);

  test('is exact from the count of all coalitions on', async () => {
    const input = { rows: [row], baseline, predict: modelOf(formula) };
    expect((await valuesOf({ ...input, sampleCount: 8189 })).isExact).toBe(false);
    const { isExact, local } = await valuesOf({ ...input, sampleCount: 8190 });
    expect(isExact).toBe(true);
    expectClose(local?.[0][0] ?? [], exact);
  });

  test('errs by no more than the range of answers over the root of the count, and by half with four times as many', async () => {
    const answers = Array.from({ length: 8192 }, (_, mask) =>
      formula(...row.map((x, i) => ((mask >> i) & 1 ? x : baseline[0][i]))),
    );
    const range = Math.max(...answers) - Math.min(...answers);
    const [few, many] = [await errorsOf(500), await errorsOf(2000)];
    expect(rootMeanSquare(few)).toBeLessThan(range / Math.sqrt(500));
    expect(rootMeanSquare(many)).toBeLessThan(0.6 * rootMeanSquare(few));
    expect(rootMeanSquare(few)).toBeGreaterThan(0);
  });

  test('is right on average: the mean error of 48 seeds is within 4 standard errors', async () => {
    const runs = await errorsOf(500);
    for (let feature = 0; feature < size; feature++) {
      const errors = runs.map((each) => each[feature]);
      const mean = errors.reduce((sum, each) => sum + each, 0) / errors.length;
      const deviation = Math.sqrt(errors.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (errors.length - 1));
      expect(Math.abs(mean)).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(errors.length) + 1e-12);
    }
  });

  test('depends on the seed and the index of a row alone, not on batches or other rows', async () => {
    const input = { baseline, predict: modelOf(formula), sampleCount: 100, seed: 5 };
    const other = row.map((value) => value / 2);
    const { local: both } = await valuesOf({ ...input, rows: [row, other] });
    const { local: alone } = await valuesOf({ ...input, rows: [row], batchSize: 3 });
    const { local: reseeded } = await valuesOf({ ...input, rows: [row], seed: 6 });
    expect(alone?.[0]).toEqual(both?.[0]);
    expect(reseeded?.[0]).not.toEqual(both?.[0]);
    const { local: twice } = await valuesOf({ ...input, rows: [row, row] });
    expect(twice?.[1]).not.toEqual(twice?.[0]);
  });
});

describe('asking the model', () => {
  const rows = [
    [1, 2],
    [3, 4],
  ];
  const input: KernelShapInput = { rows, baseline: [[0, 0]], predict: modelOf((a, b) => a * b) };

  test('asks in batches of at most the given size', async () => {
    const sizes: number[] = [];
    const predict = (batch: readonly FeatureRow[]) => {
      sizes.push(batch.length);
      return modelOf((a, b) => a * b)(batch);
    };
    await valuesOf({ ...input, predict, batchSize: 2 });
    expect(sizes).toEqual([1, 2, 1, 2, 1]);
  });

  test('gives values that are no numbers to the model as they are', async () => {
    const predict = async (batch: readonly FeatureRow[]) =>
      batch.map(([color, size]) => [color === 'red' ? Number(size) : 0]);
    const { local } = await valuesOf({ rows: [['red', 4]], baseline: [['blue', 0]], predict });
    expectClose(local?.[0][0] ?? [], [2, 2]);
  });

  test('does not ask about features that equal the baseline', async () => {
    let asked = 0;
    const predict = async (batch: readonly FeatureRow[]) => {
      asked += batch.length;
      return batch.map(() => [1]);
    };
    const { local } = await valuesOf({ rows: [Array(30).fill(0)], baseline: [Array(30).fill(0)], predict });
    expect(local).toEqual([[Array(30).fill(0)]]);
    expect(asked).toBe(2);
  });

  test('keeps local values only when asked to', async () => {
    const result = await kernelShap(input);
    expect(result).toEqual({ values: { global: [[3.5, 3.5]], expected: [0], isExact: true } });
  });

  test.each([
    ['mean_abs', [2, 10 / 3]],
    ['mean_sq', [14 / 3, 14]],
    ['median', [-1, 1]],
  ] as const)('aggregates by %s', async (aggregation, expected) => {
    const signed = [
      [-1, 1],
      [3, -4],
      [-2, 5],
    ];
    const sum = modelOf((a, b) => a + b);
    const { global } = await valuesOf({ rows: signed, baseline: [[0, 0]], predict: sum, aggregation });
    expectClose(global[0], expected);
  });

  test('takes the mean of the middle two as the median of an even number', async () => {
    const { global } = await valuesOf({ ...input, predict: modelOf((a) => a), aggregation: 'median' });
    expectClose(global[0], [2, 0]);
  });

  test('rejects with the error of the model', async () => {
    const predict = () => Promise.reject(new Error('endpoint is gone'));
    await expect(kernelShap({ ...input, predict })).rejects.toThrow('endpoint is gone');
  });

  let calls = 0;
  test.each<[string, Partial<KernelShapInput>, string]>([
    ['no rows', { rows: [] }, 'no-rows'],
    ['no baseline', { baseline: [] }, 'no-baseline'],
    ['rows of other widths', { rows: [[1, 2, 3]] }, 'row-width'],
    ['too few samples', { sampleCount: 1 }, 'sample-count'],
    ['a sample count that is no number', { sampleCount: Number.NaN }, 'sample-count'],
    ['a batch size of 0', { batchSize: 0 }, 'batch-size'],
    ['too few answers', { predict: async () => [] }, 'answer-count'],
    ['answers without a number', { predict: async (batch) => batch.map(() => []) }, 'label-count'],
    [
      'answers of other lengths',
      { predict: async (batch) => batch.map((_, i) => Array(i + 1).fill(0)) },
      'label-count',
    ],
    [
      'other labels later',
      { predict: async (batch) => batch.map(() => Array(++calls > 1 ? 2 : 1).fill(0)) },
      'label-count',
    ],
    ['an answer that is no number', { predict: modelOf(() => Number.NaN) }, 'answer-not-finite'],
    ['certain answers in log-odds', { predict: modelOf(() => 1), link: 'logit' }, 'no-log-odds'],
  ])('fails with a reason on %s', async (_, change, reason) => {
    expect(await kernelShap({ ...input, ...change })).toMatchObject({ problem: { reason } });
  });
});
