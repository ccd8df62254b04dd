import { judgeByChance } from '../../../lib/analysis/bias/judgement';
import { analysisOf, type Counts, POST, PRE } from './counted';

const SEED = 20_260_304;

function drawing(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A group: its share of all rows, of those who should be accepted, and whom the model accepts of either. */
interface Group {
  readonly share: number;
  readonly positive: number;
  readonly found: number;
  readonly wrong: number;
}

const cellsOf = ({ share, positive, found, wrong }: Group): Counts => [
  share * positive * found,
  share * positive * (1 - found),
  share * (1 - positive) * wrong,
  share * (1 - positive) * (1 - wrong),
];

function drawn(random: () => number, rows: number, women: Group, men: Group): [Counts, Counts] {
  const shares = [...cellsOf(women), ...cellsOf(men)];
  const counts = shares.map(() => 0);
  for (let row = 0; row < rows; row += 1) {
    let left = random();
    const at = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    counts[at < 0 ? 7 : at] += 1;
  }
  return [counts.slice(0, 4) as unknown as Counts, counts.slice(4) as unknown as Counts];
}

const WOMEN: Group = { share: 0.3, positive: 0.3, found: 0.6, wrong: 0.08 };
const MEN: Group = { share: 0.7, positive: 0.45, found: 0.8, wrong: 0.15 };

/** JS and KL grow with the square of a difference: chance spreads evenly on the scale of their roots, on which their intervals are taken. */
function onEvenScale(metric: string, [value, error]: readonly [number, number]): readonly [number, number] {
  if (metric !== 'JS' && metric !== 'KL') return [value, error];
  return [Math.sqrt(value), error / (2 * Math.sqrt(value))];
}

test('intervals at 95 % hold what is true in at least 93 % of 1,000 draws, for each metric', () => {
  const random = drawing(SEED);
  const whole = (group: Group) => cellsOf(group).map((share) => share * 1e9) as unknown as Counts;
  const truth = analysisOf(whole(WOMEN), whole(MEN));
  const missed = new Map<string, number>();
  for (let draw = 0; draw < 1000; draw += 1) {
    const { sampling } = analysisOf(...drawn(random, 1000, WOMEN, MEN));
    for (const stage of ['pre_training_bias_metrics', 'post_training_bias_metrics'] as const) {
      for (const { name, value } of truth[stage]?.facets.sex[0].metrics ?? []) {
        const estimate = sampling?.[stage]?.sex[0].estimates[name] ?? [Number.NaN, 0];
        const [observed, error] = onEvenScale(name, estimate);
        const [expected] = onEvenScale(name, [Number(value), 0]);
        const isHeld = Math.abs(observed - expected) <= 1.96 * error;
        missed.set(name, (missed.get(name) ?? 0) + (isHeld ? 0 : 1));
      }
    }
  }
  expect(missed.size).toBe(PRE.length + POST.length);
  expect([...missed].filter(([, count]) => count > 70)).toEqual([]);
});

test('of 500 windows in which nothing has changed, no more than the rate says have a violation', () => {
  const random = drawing(SEED + 1);
  let alarms = 0;
  for (let window = 0; window < 500; window += 1) {
    const baseline = analysisOf(...drawn(random, 2000, WOMEN, MEN));
    const run = analysisOf(...drawn(random, 500, WOMEN, MEN));
    if (judgeByChance(baseline, run, 0.02).findings.length > 0) alarms += 1;
  }
  expect(alarms).toBeLessThanOrEqual(19); // 10 are allowed, of which 19 are the binomial bound at one in two hundred
});
