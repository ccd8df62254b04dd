import type { BiasAnalysis } from '../../../lib/analysis';
import { judgeAsContainer, judgeByChance } from '../../../lib/analysis/bias/judgement';
import { CHANCE_UNKNOWN } from '../../../lib/analysis/words';
import { analysisOf, type Counts, PRE } from './counted';

const named = (findings: readonly { readonly entry: { readonly metric_name: string } }[]) =>
  findings.map(({ entry }) => entry.metric_name);

const FAIR: Counts = [400, 100, 50, 450];

test('nothing of a run like its baseline is farther from 0', () => {
  const fair = analysisOf(FAIR, FAIR);
  expect(judgeByChance(fair, fair)).toEqual({ findings: [], notEvaluated: [], checkCount: 18 });
});

test('a difference that chance does not explain is found, with how likely chance does it', () => {
  const { findings } = judgeByChance(analysisOf(FAIR, FAIR), analysisOf([250, 250, 50, 450], FAIR));
  expect(named(findings)).toEqual(expect.arrayContaining(['RD', 'AD', 'DPPL']));
  for (const { pValue } of findings) expect(pValue).toBeLessThan(0.001);
});

test('the same shares of few rows are chance, and violate by the container alone', () => {
  const [baseline, run] = [analysisOf(FAIR, FAIR), analysisOf([20, 20, 4, 36], [32, 8, 4, 36])];
  expect(judgeByChance(baseline, run).findings).toEqual([]);
  expect(named(judgeAsContainer(baseline, run).findings)).toContain('RD');
  expect(named(judgeAsContainer(run, baseline).findings)).not.toContain('RD');
});

test('a higher rate of false alarms finds more', () => {
  const [baseline, run] = [analysisOf(FAIR, FAIR), analysisOf([160, 90, 25, 225], [200, 50, 25, 225])];
  expect(named(judgeByChance(baseline, run, 0.5).findings)).toContain('RD');
  expect(judgeByChance(baseline, run, 1e-6).findings).toEqual([]);
});

test("the baseline's own chance counts, where its file says how much that is", () => {
  const small: Counts = [40, 10, 5, 45];
  const run = analysisOf([3200, 1200, 500, 4500], [4000, 1000, 500, 4500]);
  expect(named(judgeByChance(analysisOf(small, small, false), run).findings)).toContain('RD');
  expect(named(judgeByChance(analysisOf(small, small), run).findings)).not.toContain('RD');
});

test('a ratio to an outcome that nobody had is all chance, although it is infinite: other metrics find the same', () => {
  const baseline = analysisOf(FAIR, FAIR);
  const few = judgeByChance(baseline, analysisOf([40, 2, 0, 40], [40, 2, 5, 40]));
  expect(named(few.findings)).toEqual([]);
  const many = judgeByChance(baseline, analysisOf([40, 900, 0, 40], [400, 100, 50, 450]));
  expect(named(many.findings)).toContain('RD');
  expect(named(many.findings)).not.toContain('TE');
});

test('a small group is told with its rows, and so is one that nearly all rows are in', () => {
  const baseline = analysisOf(FAIR, FAIR);
  const reasons = (women: Counts, men: Counts) => [
    ...new Set(judgeByChance(baseline, analysisOf(women, men)).notEvaluated.map(({ reason }) => reason)),
  ];
  expect(reasons([10, 5, 5, 9], FAIR)).toEqual([
    'the group has 29 rows, all others 1000; each needs 30 to be judged: run the monitor less often, so that windows are longer',
  ]);
  expect(reasons(FAIR, [10, 5, 5, 9])).toEqual([
    'the group has 1000 rows, all others 29; each needs 30 to be judged: run the monitor less often, so that windows are longer',
  ]);
  expect(reasons([10, 5, 5, 10], [10, 5, 5, 10])).toEqual([]);
  expect(judgeByChance(baseline, analysisOf([0, 29, 0, 0], FAIR)).findings).toEqual([]);
  expect(judgeByChance(baseline, analysisOf([0, 30, 0, 0], FAIR)).findings).not.toEqual([]);
});

test('a metric of which nobody says how much chance is in it is told', () => {
  const run = analysisOf([250, 250, 50, 450], FAIR);
  const [group] = run.sampling?.post_training_bias_metrics?.sex ?? [];
  const { RD, ...estimates } = group.estimates;
  const sampling = { ...run.sampling, post_training_bias_metrics: { sex: [{ ...group, estimates }] } };
  const { findings, notEvaluated } = judgeByChance(analysisOf(FAIR, FAIR), { ...run, sampling });
  expect(RD).toBeDefined();
  expect(notEvaluated).toEqual([{ feature: 'sex=f', check: 'RD', reason: CHANCE_UNKNOWN }]);
  expect(named(findings)).not.toContain('RD');
});

/** Groups of a baseline that a run calls otherwise, and metrics that it lacks. */
function renamed(analysis: BiasAnalysis, text: string, others: { readonly [metric: string]: number | null }) {
  const section = analysis.pre_training_bias_metrics;
  const [group] = section?.facets.sex ?? [];
  const more = Object.entries(others).map(([name, value]) => ({ name, description: name, value }) as never);
  const facets = { sex: [{ value_or_threshold: text, metrics: [...group.metrics, ...more] }] };
  return {
    version: '1.0' as const,
    pre_training_bias_metrics: { label: 'actual', label_value_or_threshold: '1', facets },
  };
}

test('each group has the rows of its own, and a baseline that does not say how much chance is in a stage is taken for exact', () => {
  const fair = analysisOf(FAIR, FAIR);
  const worse = analysisOf([250, 250, 50, 450], FAIR);
  const first = { value_or_threshold: 'x', rows: 1, other_rows: 1, estimates: {} };
  const stage = worse.sampling?.post_training_bias_metrics?.sex ?? [];
  const sampling = { post_training_bias_metrics: { sex: [first, ...stage] } };
  const { findings, notEvaluated } = judgeByChance({ ...fair, sampling: {} }, { ...worse, sampling });
  expect(named(findings)).toContain('RD');
  expect(notEvaluated.map(({ check }) => check)).toEqual([...PRE].sort());
  expect(notEvaluated[0].reason).toBe(
    'the group has 0 rows, all others 0; each needs 30 to be judged: run the monitor less often, so that windows are longer',
  );
});

test('a metric that the baseline has no value for is not evaluated, whatever it says of that', () => {
  const fair = analysisOf(FAIR, FAIR);
  const without = (metric: object) => {
    const facets = {
      sex: [{ value_or_threshold: 'f', metrics: [{ name: 'CI', description: 'CI', value: null, ...metric } as never] }],
    };
    return {
      version: '1.0' as const,
      pre_training_bias_metrics: { label: 'actual', label_value_or_threshold: '1', facets },
    };
  };
  const reasons = (metric: object) => judgeByChance(without(metric), fair).notEvaluated.map(({ reason }) => reason);
  expect(reasons({})).toEqual(['the baseline has no value: no reason given']);
  expect(reasons({ error: 'No rows' })).toEqual(['the baseline has no value: No rows']);
});

test('a group is called as the baseline calls it, whose interval ends elsewhere than that of the run', () => {
  const baseline = renamed(analysisOf(FAIR, FAIR), '(40, 90]', {});
  const run = renamed(analysisOf([600, 300, 50, 50], FAIR), '(40, 97]', {});
  const sampling = {
    pre_training_bias_metrics: {
      sex: [
        { value_or_threshold: '(40, 97]', rows: 1000, other_rows: 1000, estimates: { DPL: [-0.4, 0.01] as const } },
      ],
    },
  };
  const { findings } = judgeByChance(baseline, { ...run, sampling });
  expect(findings.map(({ entry }) => [entry.metric_name, entry.facet_value])).toEqual([['DPL', '(40, 90]']]);
  expect(judgeAsContainer(baseline, run).findings[0].entry.facet_value).toBe('(40, 97]');
});

test('what this library computes of no window, or a baseline was made without, is told without being asked for', () => {
  const baseline = renamed(analysisOf(FAIR, FAIR), 'f', { FT: 0.1, CDDL: null, CDDPL: null });
  for (const { notEvaluated } of [
    judgeByChance(baseline, analysisOf(FAIR, FAIR)),
    judgeAsContainer(baseline, analysisOf(FAIR, FAIR)),
  ]) {
    expect(notEvaluated.map(({ check, isUnasked }) => [check, isUnasked])).toEqual([
      ['FT', true],
      ['CDDL', true],
      ['CDDPL', true],
    ]);
    expect(notEvaluated[0].reason).toMatch(/^the flip test compares rows by all of their features/);
  }
});

test('a metric that a baseline has a value for, and the run has none, is asked for', () => {
  const baseline = renamed(analysisOf(FAIR, FAIR), 'f', { CDDL: 0.1 });
  expect(judgeByChance(baseline, analysisOf(FAIR, FAIR)).notEvaluated).toEqual([
    { feature: 'sex=f', check: 'CDDL', reason: expect.stringMatching(/^the run has no such group or metric: /) },
  ]);
});
