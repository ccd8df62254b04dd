import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import type { GroupedEvidence } from '../../lib/outcome/comparison/contract';
import { baselineFiles, captured, type Exchange, exchanges, runOf } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';

// What the window of a monitor says to a test of two variants: conclude's part of it.

const runs = new MonitorRuns();
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

/** Of every second request the opposite. */
const often = (line: string, index: number) =>
  index % 2 === 0
    ? line
    : line.replace(/"data":"([\d.]+)"/, (_, score) => `"data":"${(1 - Number(score)).toFixed(3)}"`);

/** With a custom attribute that ten requests have in common, by the last digit of their number. */
const withTen = (line: string, { id }: Exchange) =>
  line.replace('"eventMetadata":{', `"eventMetadata":{"customAttributes":["ten=${id.at(-1)}; a=1"],`);

/** Captures what both variants have answered in an hour, green wrongly to every second request, with their labels. */
function capture(count: number, isShared: boolean): void {
  const labels: Exchange[] = [];
  for (const [variant, first] of [
    ['blue', 0],
    ['green', isShared ? count / 4 : 1000],
  ] as const) {
    const answered = exchanges(count, 8, first);
    const told = answered.map((exchange) => withTen(captured(exchange), exchange));
    const lines = told.map((line, index) => (variant === 'green' ? often(line, index) : line));
    runs.s3.set('capture', `data/churn/${variant}/2026/03/04/08/00-00-000-a.jsonl`, lines.join(''));
    labels.push(...answered);
  }
  const lines = labels.map(({ id, label: data }) =>
    JSON.stringify({ groundTruthData: { data, encoding: 'CSV' }, eventMetadata: { eventId: id } }),
  );
  runs.s3.set('labels', 'truth/2026/03/04/09/labels.jsonl', `${lines.join('\n')}\n`);
}

async function comparisonOf(test?: string, isShared = false, unit?: MonitorRequest['unit']) {
  const comparison = { reference: 'blue', candidate: 'green', test };
  const request: MonitorRequest = {
    ...runOf('ModelQuality', '10'),
    variants: { read: ['blue', 'green'], apart: true, comparison },
    unit,
  };
  runs.reset();
  for (const [key, value] of Object.entries(await baselineFiles())) runs.s3.set('out', `baseline/${key}`, value);
  capture(200, isShared);
  await runs.run(request);
  return runs.reportOf(request);
}

const total = (numbers: readonly number[] = []) => numbers.reduce((sum, one) => sum + one, 0);
const shareOf = ({ rows, sums }: GroupedEvidence) => total(sums) / total(rows);

test('the report says how many answers of each are right, by groups of requests; the event does not', async () => {
  const { comparison, outcome } = await comparisonOf('k1');
  const { evidence, quality } = comparison ?? {};
  if (!evidence) throw new Error('no evidence');
  const accuracy = quality?.metrics.find(({ metric }) => metric === 'accuracy');
  expect(evidence.test).toBe('k1');
  expect(evidence.metrics.map(({ metric }) => metric)).toEqual(['accuracy', 'predictions', 'disagreement']);
  const [{ reference, candidate }, predicted, apart] = evidence.metrics;
  expect([reference, candidate].map(({ rows }) => total(rows))).toEqual([200, 200]);
  expect(shareOf(reference)).toBeCloseTo(accuracy?.reference ?? Number.NaN, 10);
  expect(shareOf(candidate)).toBeCloseTo(accuracy?.candidate ?? Number.NaN, 10);
  expect(reference.rows.filter((count) => count > 0).length).toBeGreaterThan(64);
  expect(shareOf(predicted.candidate)).toBeCloseTo(comparison?.predictions?.figure?.candidate ?? Number.NaN, 10);
  expect(total(apart.candidate.rows)).toBe(0);
  expect(outcome.comparison).toBeDefined();
  expect(outcome.comparison).not.toHaveProperty('evidence');
});

test('of requests that both have answered it says how many answers are others, by the same groups', async () => {
  const { comparison } = await comparisonOf('k1', true);
  const { agreement, evidence, rows } = comparison ?? {};
  const apart = evidence?.metrics.find(({ metric }) => metric === 'disagreement');
  if (!apart || !agreement) throw new Error('no evidence');
  expect(rows).toEqual({ reference: 200, candidate: 200 });
  expect(agreement.rows).toBe(150);
  expect(apart.reference.rows).toEqual(apart.candidate.rows);
  expect(total(apart.candidate.rows)).toBe(150);
  expect(total(apart.candidate.sums)).toBe(150 - (agreement.agreeing ?? 0));
  expect(total(apart.reference.sums)).toBe(0);
});

/** How many requests of each variant are in groups, the largest first. */
const sizes = ({ rows }: GroupedEvidence) => rows.filter((count) => count > 0).sort((one, other) => other - one);

describe('of requests that are of units', () => {
  const evidenceOf = async (unit: MonitorRequest['unit']) => {
    const { comparison } = await comparisonOf('k1', true, unit);
    const [quality, , apart] = comparison?.evidence?.metrics ?? [];
    return { quality, apart, pairs: comparison?.agreement?.rows };
  };

  test('what is said is by units: all identifiers begin in one way, so that they are one', async () => {
    const { quality, apart, pairs } = await evidenceOf({ inferenceIdBefore: '-' });
    expect([sizes(quality.reference), sizes(quality.candidate)]).toEqual([[200], [200]]);
    expect(quality.reference.rows).toEqual(quality.candidate.rows);
    expect([sizes(apart.reference), pairs]).toEqual([[150], 150]);
  });

  test('ten units are in as many groups at most, the same of both variants', async () => {
    const { quality } = await evidenceOf({ inferenceIdBefore: '#' });
    expect(sizes(quality.reference)).toEqual([200]); // none says one: they are one together
    const tens = await evidenceOf({ customAttribute: 'ten' });
    expect(sizes(tens.quality.reference)).toHaveLength(10);
    expect(sizes(tens.quality.reference).every((count) => count % 20 === 0)).toBe(true);
    expect(tens.quality.reference.rows).toEqual(tens.quality.candidate.rows);
  });
});

test('without a test it says nothing of the kind', async () => {
  const { comparison } = await comparisonOf();
  expect(comparison?.quality).toBeDefined();
  expect(comparison).not.toHaveProperty('evidence');
  expect(comparison).not.toHaveProperty('tested');
});
