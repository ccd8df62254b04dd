import type { Analysis } from '../../../lib/analysis';
import { ANALYSES, analysisOf } from '../../../lib/engine/serverless/handler/kinds/analyses';
import { DECISIONS } from '../../../lib/engine/serverless/handler/kinds/decisions';
import type { KindAnalysis } from '../../../lib/engine/serverless/handler/kinds/kind-analysis';
import { READINGS } from '../../../lib/engine/serverless/handler/kinds/readings';
import { KINDS } from '../../../lib/kind/kinds';
import { BASELINE_REQUEST, MONITOR_REQUEST } from '../../handlers/requests';

test('the engine has an analysis of exactly the kinds whose sheets name it', () => {
  const onSheets = Object.values(KINDS).filter(({ engines }) => engines.includes('serverless'));
  expect(ANALYSES.map(({ kind }) => kind).sort()).toEqual(onSheets.map(({ kind }) => kind).sort());
  for (const entries of [READINGS, DECISIONS]) {
    expect(entries.map(({ kind }) => kind)).toEqual(ANALYSES.map(({ kind }) => kind));
  }
});

test('fails for a kind that nobody has', () => {
  const { monitor, ...request } = MONITOR_REQUEST;
  expect(() => analysisOf({ ...request, monitor: { ...monitor, kind: 'Other' as 'DataQuality' } })).toThrow(
    'UnsupportedKind: the serverless engine runs no monitors of kind Other',
  );
});

test('each dataset is read as one kind reads it', () => {
  const labelled = { problem: { type: 'Regression' as const, inferenceAttribute: 'score' }, label: 'truth' };
  const grouped = {
    question: { facets: [{ name: 'sex' }], label: 'truth', positive: { values: [1] } },
    places: { label: 'truth', predicted: 'score' },
  };
  for (const entries of [ANALYSES, READINGS, DECISIONS]) {
    const readers = (request: typeof BASELINE_REQUEST) =>
      entries.filter(({ readsDataset }) => readsDataset(request)).map(({ kind }) => kind);
    expect(readers(BASELINE_REQUEST)).toEqual(['DataQuality']);
    expect(readers({ ...BASELINE_REQUEST, predictions: labelled })).toEqual(['ModelQuality']);
    expect(readers({ ...BASELINE_REQUEST, groups: grouped })).toEqual(['ModelBias']);
  }
});

/** A further kind: how many records have each value of a column. */
type Counts = { readonly [value: string]: number };

const counting: Analysis<Counts> = {
  reader: () => {
    const counts: Record<string, number> = {};
    const row = (line: string) => {
      if (line !== '') counts[line] = (counts[line] ?? 0) + 1;
    };
    return {
      file: () => {
        let text = '';
        return {
          push: (chunk) => {
            text += Buffer.from(chunk).toString('utf8');
          },
          end: () => text.split('\n').forEach(row),
          giveUp: () => undefined,
        };
      },
      rows: () => ({ row: ([value]) => row(value), end: () => undefined, giveUp: () => undefined }),
      finish: () => counts,
    };
  },
  encode: JSON.stringify,
  decode: JSON.parse,
  merge: (parts) => {
    const merged: Record<string, number> = {};
    for (const part of parts)
      for (const [value, count] of Object.entries(part)) merged[value] = (merged[value] ?? 0) + count;
    return merged;
  },
  counts: (part) => ({
    recordCount: Object.values(part).reduce((sum, count) => sum + count, 0),
    unreadableCount: 0,
    outsideWindow: 0,
    byReason: {},
    samples: [],
  }),
  baseline: async (part) => ({ files: { 'constraints.json': part } }),
  check: async (part, baseline) => {
    const unknown = Object.keys(part).filter((value) => !Object.hasOwn(baseline['constraints.json'], value));
    const violations = unknown.map((value) => ({ entry: { feature_name: value }, observed: part[value], expected: 0 }));
    return { files: {}, violations, distances: [], notEvaluated: [] };
  },
};

test('a further kind is an analysis that fits the port, and one entry of the list', async () => {
  const entry: KindAnalysis = {
    kind: ANALYSES[0].kind,
    readsDataset: () => false,
    analysis: () => counting as Analysis<unknown>,
  };
  const analysis = entry.analysis(MONITOR_REQUEST) as Analysis<Counts>;
  const read = (text: string) => {
    const reader = analysis.reader();
    const file = reader.file('a');
    file.push(Buffer.from(text));
    file.end();
    return analysis.decode(analysis.encode(reader.finish()));
  };
  const baseline = await analysis.baseline(read('a\nb\n'));
  const merged = analysis.merge([read('a\nc\n'), read('c\n')]);
  expect(analysis.counts(merged).recordCount).toBe(3);
  expect(await analysis.check(merged, 'files' in baseline ? baseline.files : {})).toMatchObject({
    violations: [{ entry: { feature_name: 'c' }, observed: 2, expected: 0 }],
  });
});
