import {
  type AnalysisFiles,
  type DataQualitySettings,
  dataQualityAnalysis,
  type Findings,
} from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';

const numbers = (from: number) => Array.from({ length: 200 }, (_, index) => from + (index % 50));
const TRAINING = ['age,score', ...numbers(0).map((age) => `${age},${age / 4 + 0.1}`)].join('\n');
const CONTAINERS: Partial<DataQualitySettings> = { checks: 'ModelMonitor', drift: { method: 'ModelMonitor' } };
const OUR_DRIFT: Partial<DataQualitySettings> = { checks: 'ModelMonitor', drift: { method: 'MassShift' } };

async function found(records: readonly object[], settings: Partial<DataQualitySettings>): Promise<Findings> {
  const made = await dataQualityAnalysis({ input: { kind: 'dataset' } }).baseline(profileOf([TRAINING]));
  const lines = records.map((input) => captured({ input: JSON.stringify(input), encoding: 'JSON' })).join('\n');
  const analysis = dataQualityAnalysis({ input: { kind: 'capture' }, ...settings });
  const files = 'files' in made ? made.files : ({} as AnalysisFiles);
  return (await analysis.check(profileOf([lines], { kind: 'capture' }), files)) as Findings;
}

/** Scores are twenty times what they were. */
const DRIFTED = numbers(0).map((age) => ({ age, score: age * 5 + 0.1 }));
const features = ({ violations }: Findings) =>
  violations.map(({ entry }) => (entry as { readonly feature_name: string }).feature_name);

describe.each([
  ['by meaning', {}],
  ['by the rules of the container', CONTAINERS],
  ["by the container's rules with drift by a test", OUR_DRIFT],
])('%s, an excluded feature', (_, rules) => {
  test('is in no finding, no distance and nothing that was left out, and others are', async () => {
    expect(features(await found(DRIFTED, rules))).toContain('score');
    const without = await found(DRIFTED, { ...rules, excludedFeatures: ['score'] });
    expect(features(without)).toEqual([]);
    expect(without.distances.map(({ feature }) => feature)).toEqual(['age']);
    expect(without.notEvaluated).toEqual([]);
  });

  test('may lack in the data', async () => {
    const records = numbers(0).map((age) => ({ age }));
    const without = await found(records, { ...rules, excludedFeatures: ['score'] });
    expect(features(without)).toEqual([]);
    expect(without.distances.map(({ feature }) => feature)).toEqual(['age']);
  });

  test('may be what the baseline lacks', async () => {
    const records = numbers(0).map((age) => ({ age, score: age / 4 + 0.1, request: `r${age}` }));
    expect(features(await found(records, rules))).not.toEqual([]);
    expect(features(await found(records, { ...rules, excludedFeatures: ['request'] }))).toEqual([]);
  });

  test('that neither has is told', async () => {
    const { notEvaluated } = await found(DRIFTED, { ...rules, excludedFeatures: ['scores'] });
    expect(notEvaluated).toContainEqual({
      feature: 'scores',
      check: 'all',
      reason: 'it is excluded, but neither the data nor the baseline has it',
    });
  });
});
