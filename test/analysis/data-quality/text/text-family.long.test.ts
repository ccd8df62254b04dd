import { alarmBound } from '../detectors/alarm-bound';
import { random } from '../detectors/traffic';
import { type DrawText, drawn, FAST_KEYS, foundIn, TEXTS, textBaseline, word } from './text-traffic';

const SEED = Number(process.env.SEED ?? 20200602);
/** High enough for few windows to tell it from twice as much. */
const RATE = 0.1;

const next = random(SEED);

const { city, agent, ...MANY } = TEXTS;

/** Of windows that are drawn as their baselines are: the smallest p-value of each, adjusted, where the tests alone decide. */
function pValuesWithoutDrift(windows: number, [before, now]: readonly number[], draws: typeof TEXTS): number[] {
  return Array.from({ length: windows }, () => {
    const baseline = textBaseline(drawn(before, next, draws), FAST_KEYS, 0);
    const { findings } = foundIn(drawn(now, next, draws), baseline, RATE);
    return Math.min(1, ...findings.map(({ pValue = 0 }) => pValue));
  });
}

test.each([
  ['features of text with hardly a value twice', [200, 100], 8500, MANY],
  ['features of text with hardly a value twice', [200, 600], 1000, MANY],
  ['six features of text', [1000, 200], 500, TEXTS],
] as const)(
  `without drift, of %s and %j rows before and now, no more of %d windows alarm than the rate explains (seed ${SEED})`,
  (_, rows, windows, draws) => {
    const pValues = pValuesWithoutDrift(windows, rows, draws);
    for (const rate of [RATE, 0.01, 0.001]) {
      expect(pValues.filter((pValue) => pValue <= rate).length).toBeLessThanOrEqual(alarmBound(windows, rate, 1000));
    }
  },
);

const half =
  (one: DrawText, other: DrawText): DrawText =>
  (draw) =>
    draw() < 0.5 ? one(draw) : other(draw);
const fifth =
  (one: DrawText, other: DrawText): DrawText =>
  (draw) =>
    draw() < 0.2 ? one(draw) : other(draw);
const words =
  (from: number, count: number): DrawText =>
  (draw) =>
    word(from + Math.floor(draw() * count));

test.each<[string, string, string, DrawText]>([
  ['half of the cities are new', 'city', 'known_values_check', half(city, words(500, 400))],
  ['half of the customers are new', 'customer', 'known_values_check', half(TEXTS.customer, words(4000, 3000))],
  ['a fifth of the products is new', 'product', 'known_values_check', fifth(words(0, 5000), TEXTS.product)],
  ['the frequent one has another name', 'agent', 'baseline_drift_check', (draw) => agent(draw).replace('5.0', '6.0')],
  [
    'comments are twice as long',
    'comment',
    'text_length_check',
    (draw) => `${TEXTS.comment(draw)} ${TEXTS.comment(draw)}`,
  ],
  ['a fifth is in capitals', 'order', 'text_form_check', fifth((draw) => TEXTS.order(draw).toUpperCase(), TEXTS.order)],
])(
  `that %s among 2,000 rows is found in 99 of 100 windows, of which one of six features is drawn (seed ${SEED})`,
  (_, feature, check, draw) => {
    const baseline = textBaseline(drawn(5000, next, { [feature]: TEXTS[feature] }));
    let found = 0;
    for (let window = 0; window < 100; window++) {
      const { findings } = foundIn(drawn(2000, next, { [feature]: draw }), baseline, 0.001 / 6);
      if (findings.some(({ entry }) => entry.constraint_check_type === check)) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(99);
  },
);
