import { grouped, linesOf, PROVENANCE, percent, shown } from './golden-lines';

// Each number of the pages of the other kinds, recomputed from what their fixtures are made of: counts, weights and gaps. A line with a number that nothing recomputes fails.

const RECORDS = 2000;
const POSITIVES = 600;
const NEGATIVES = 1400;
const FALSE_POSITIVES = 120;
const FOUND = { now: 390, before: 520 };
const WITHOUT_LABEL = 180;
const whole = (count: number) => grouped(String(count));
const both = (rate: (found: number) => number) =>
  `${shown(rate(FOUND.before))} ± 0.004 ${shown(rate(FOUND.now))} ± 0.004`;

const recall = (found: number) => found / POSITIVES;
const precision = (found: number) => found / (found + FALSE_POSITIVES);
const accuracy = (found: number) => (NEGATIVES - FALSE_POSITIVES + found) / RECORDS;
const falsePositives = FALSE_POSITIVES / NEGATIVES;
/** Under a curve x^bend, by calculus. */
const area = (bend: number) => shown(1 / (bend + 1));
const AREAS = { now: area(0.3), before: area(0.12) };

const ROC = `Area under the curve ${AREAS.now}, in the baseline ${AREAS.before}; at work: ${percent(recall(FOUND.now))} of the positives found, ${percent(falsePositives)} of the negatives called positive`;
const cell = (count: number, former: number, all: number) =>
  `${whole(count)} ${percent(count / all)} (${percent(former / all)})`;

const QUALITY = [
  ...PROVENANCE,
  '2026-03-02 10:00 – 11:00: violations',
  '▲ 1 metric of model quality of birdstrikes worse than it should be: recall.',
  `${whole(RECORDS)} records`,
  `${percent(RECORDS / (RECORDS + WITHOUT_LABEL))} of the predictions have a label`,
  `${whole(RECORDS)} predictions met their labels`,
  `${WITHOUT_LABEL} predictions have no label`,
  `violated recall below its limit Metric recall with ${shown(recall(FOUND.now))} +/- 0.004 was LessThanThreshold '0.8'`,
  `recall violated ${both(recall)} at least 0.8 1 ± 0.004`,
  `precision ${both(precision)} – –`,
  `accuracy ${both(accuracy)} – –`,
  `true positive rate ${both(recall)} – –`,
  `false positive rate ${both(() => falsePositives)} at most 0.2 –`,
  `auc ${AREAS.before} ${AREAS.now} – –`,
  'actual 0 1',
  `0 ${cell(NEGATIVES - FALSE_POSITIVES, NEGATIVES - FALSE_POSITIVES, NEGATIVES)} ${cell(FALSE_POSITIVES, FALSE_POSITIVES, NEGATIVES)}`,
  `1 ${cell(POSITIVES - FOUND.now, POSITIVES - FOUND.before, POSITIVES)} ${cell(FOUND.now, FOUND.before, POSITIVES)}`,
  `Receiver operating characteristic of baseline and window ${ROC}`,
  `ROC: true against false positive rate. ${ROC}.`,
  // of 30 windows the last 28 are drawn; the last estimate is that of an odd hour
  `recall of 28 windows the last one estimated ${shown(0.8 + 0.003)} ± ${shown(2 * 0.015)}`,
  'accuracy of 28 windows',
];

/** What a test knows after so many windows: its bounds come closer as the root of their number. */
const bounds = (value: number, spread: number, windows: number) =>
  [value, value - spread / Math.sqrt(windows), value + spread / Math.sqrt(windows)].map(shown);
const course = (name: string, value: number, spread: number, first: number) => {
  const [[, low, high], [, lowest, highest]] = [first, 40].map((windows) => bounds(value, spread, windows));
  const after = `after ${first} ${first === 1 ? 'window' : 'windows'}`;
  return `${name}: difference over 40 windows ${after} ${value}, between ${low} and ${high}; after 40 windows ${value}, between ${lowest} and ${highest}`;
};
const [accuracyNow, latencyNow] = [bounds(-0.03, 0.25, 40), bounds(1.5, 20, 40)];

const TEST = [
  ...QUALITY,
  'green is neither known to be better nor to be worse than blue yet: 40 windows, 2026-03-01 00:00 – 2026-03-02 16:00 UTC.',
  `accuracy ${accuracyNow[0]} ${accuracyNow[1]} and ${accuracyNow[2]} 0.02 not known yet`,
  `model latency ${latencyNow[0]} ms ${latencyNow[1]} and ${latencyNow[2]} ms 5 ms none that matters`,
  'predictions – – 0.02 not known yet',
  course('accuracy', -0.03, 0.25, 1),
  course('model latency', 1.5, 20, 3),
];

const GAPS = { before: 0.08, now: 0.31 };
/** Where chance leaves 19 of 20. */
const NORMAL = 1.96;
const pair = (value: (gap: number) => number, deviation: number) =>
  [GAPS.before, GAPS.now].map((gap) => `${shown(value(gap))} ± ${shown(NORMAL * deviation)}`).join(' ');

const BIAS = [
  ...PROVENANCE,
  '2026-03-02 10:00 – 11:00: violations',
  '▲ Bias of birdstrikes is farther from 0 than its baseline in 1 metric: sex=female (DPPL); 1 check was not made.',
  `${whole(RECORDS)} records`,
  '1 check that the baseline asks for was not made; notEvaluated of the report has which, and why',
  `violated sex=female (DPPL) bias Metric value ${GAPS.now} is farther from 0 than the baseline value ${GAPS.before}`,
  'lines: where chance leaves 19 of 20 such windows; the dashed line is fairness',
  ...['sex = female', 'age = above 40'].map(
    (group) => `${group} 640 rows of the group, ${whole(RECORDS - 640)} others`,
  ),
  `Disparate Impact (DI) ${pair((gap) => 1 - gap, 0.05)}`,
  ...['', 'violated '].map(
    (mark) => `Difference in Positive Proportions in Predicted Labels (DPPL) ${mark}${pair((gap) => gap, 0.02)}`,
  ),
  `Recall Difference (RD) ${pair((gap) => gap / 2, 0.03)}`,
];

const WEIGHTS: { readonly [feature: string]: readonly [before: number, now: number] } = {
  age: [0.3, 0.02],
  income: [0.22, 0.05],
  tenure: [0.12, 0.01],
  visits: [0.06, 0.2],
  region: [0.04, 0.12],
  device: [0.02, 0.3],
  hour: [0.01, 0.01],
};
const FEATURES = Object.keys(WEIGHTS);
const total = (place: 0 | 1) => FEATURES.reduce((sum, feature) => sum + WEIGHTS[feature][place], 0);
const ranked = (place: 0 | 1) => [...FEATURES].sort((one, other) => WEIGHTS[other][place] - WEIGHTS[one][place]);
const gain = (order: readonly string[]) =>
  order.reduce((sum, feature, index) => sum + WEIGHTS[feature][0] / Math.log2(index + 2), 0);

const ATTRIBUTIONS = [
  ...PROVENANCE,
  '2026-03-02 10:00 – 11:00: violations',
  '500 records',
  '▲ Feature attributions of birdstrikes have drifted for 1 output: label0.',
  "Attributions of label0: each feature's share of all",
  `violated label0 attributions Feature attribution drift score ${shown(gain(ranked(1)) / gain(ranked(0)))} is below the threshold 0.9`,
  ...FEATURES.map((feature) => {
    const [before, now] = ([0, 1] as const).map((place) => ranked(place).indexOf(feature) + 1);
    const shares = ([0, 1] as const).map((place) => percent(WEIGHTS[feature][place] / total(place)));
    return `${feature} ${before === now ? now : `${before} → ${now}`} ${shares.join(' ')}`;
  }),
];

test.each([
  ['aged', QUALITY],
  ['tested', TEST],
  ['unfair', BIAS],
  ['distracted', ATTRIBUTIONS],
  ['failed', [...PROVENANCE, '2026-03-02 10:00 – 11:00: failed']],
  ['empty', [...PROVENANCE, '2026-03-02 10:00 – 11:00: no data']],
])(
  'on the page of a run that is %s every line with a number was recomputed, and every one that was is there',
  (name, lines) => {
    const found = new Set(linesOf(name));
    expect([...found].filter((line) => !lines.includes(line))).toEqual([]);
    expect(lines.filter((line) => !found.has(line))).toEqual([]);
  },
);
