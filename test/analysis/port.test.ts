import * as fc from 'fast-check';
import {
  type Analysis,
  type AnalysisFiles,
  attributionDriftAnalysis,
  biasAnalysis,
  dataQualityAnalysis,
  type FileContent,
  type Findings,
  modelQualityAnalysis,
} from '../../lib/analysis';
import { holds } from './property';

interface File {
  readonly content: FileContent;
  readonly lines: readonly string[];
}

/** A kind of analysis, and lines that it reads. */
interface Kind {
  readonly analysis: Analysis<unknown>;
  readonly records: fc.Arbitrary<File>;
  /** lines that cannot be read: of a file of their own, since some kinds then read nothing */
  readonly broken: File;
}

const TIME = '2026-01-05T00:30:00Z';
const csv = (data: string) => ({ data, encoding: 'CSV' });
const event = (eventId: string) => ({ eventMetadata: { eventId, inferenceTime: TIME }, eventVersion: '0' });
const captured = (input: string, output: string, id: string, label?: string) =>
  JSON.stringify({
    captureData: { endpointInput: csv(input), endpointOutput: csv(output) },
    ...(label !== undefined && { groundTruthData: csv(label) }),
    ...event(id),
  });
const labelled = (id: string, label: string) => JSON.stringify({ groundTruthData: csv(label), ...event(id) });

const bit = fc.constantFrom('0', '1');
const age = fc.integer({ min: 18, max: 90 }).map(String);
const id = fc.integer({ min: 0, max: 20 }).map((number) => `request-${number}`);
const filesOf = (line: fc.Arbitrary<string>, content: FileContent = 'records') =>
  fc.array(line, { minLength: 1, maxLength: 12 }).map((lines): File => ({ content, lines }));

const KINDS: { readonly [name: string]: Kind } = {
  'data quality': {
    analysis: dataQualityAnalysis({ input: { kind: 'capture' } }) as Analysis<unknown>,
    records: filesOf(fc.tuple(age, bit).map(([a, b]) => captured(`${a},${b}`, b, 'x'))),
    broken: { content: 'records', lines: ['no record'] },
  },
  'model quality': {
    analysis: modelQualityAnalysis({
      problem: { type: 'BinaryClassification', inferenceAttribute: '0' },
    }) as Analysis<unknown>,
    records: fc.oneof(
      filesOf(fc.tuple(id, bit).map(([who, b]) => captured('1', b, who))),
      filesOf(
        fc.tuple(id, bit).map(([who, b]) => labelled(who, b)),
        'labels',
      ),
    ),
    broken: { content: 'labels', lines: ['no label'] },
  },
  bias: {
    analysis: biasAnalysis({
      question: {
        facets: [{ name: '0', by: { values: [1] } }, { name: '1' }, { name: '2', by: { threshold: 40 } }],
        label: 'income',
        positive: { values: [1] },
        group: '1',
      },
      captured: { predicted: { column: 0 } },
    }) as Analysis<unknown>,
    records: fc.oneof(
      filesOf(fc.tuple(id, bit, bit, bit, age).map(([who, a, b, c, d]) => captured(`${a},${b},${d}`, c, who))),
      filesOf(
        fc.tuple(id, bit).map(([who, b]) => labelled(who, b)),
        'labels',
      ),
    ),
    broken: { content: 'labels', lines: ['no label'] },
  },
  attribution: {
    analysis: attributionDriftAnalysis({
      names: { features: ['age', 'sex'] },
      baseline: [[40, 0]],
      predict: async (rows) => rows.map(([a, sex]) => [Number(a) / 100 + 3 * Number(sex)]),
    }) as Analysis<unknown>,
    records: filesOf(fc.tuple(age, bit).map(([a, b]) => captured(`${a},${b}`, b, 'x'))),
    broken: { content: 'records', lines: ['no record'] },
  },
};

function read({ analysis }: Kind, files: readonly File[], from = 0): unknown {
  const reader = analysis.reader();
  for (const [index, { content, lines }] of files.entries()) {
    const file = reader.file(`file-${from + index}`, content);
    file.push(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    file.end();
  }
  return reader.finish();
}

const baselineOf = async ({ analysis }: Kind, part: unknown): Promise<AnalysisFiles> => {
  const made = await analysis.baseline(part);
  return 'files' in made ? made.files : {};
};

/** Numbers to ten digits: what is summed in parts may differ in the last ones. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'number' ? Number(each.toPrecision(10)) : each));

const checked = async ({ analysis }: Kind, part: unknown, baseline: AnalysisFiles) =>
  Object.keys(baseline).length === 0 ? 'no baseline' : rounded(await analysis.check(part, baseline));

describe.each(Object.entries(KINDS))('parts of %s', (_, kind) => {
  const { analysis } = kind;
  const files = fc.array(kind.records, { minLength: 1, maxLength: 6 });

  test('that are merged in the order of their files say what the whole says', async () => {
    const law = fc.asyncProperty(files, fc.nat(), fc.nat(), async (all, first, second) => {
      const [low, high] = [first % (all.length + 1), second % (all.length + 1)].sort((a, b) => a - b);
      const parts = [all.slice(0, low), all.slice(low, high), all.slice(high)];
      const starts = [0, low, high];
      const merged = analysis.merge(parts.map((part, index) => read(kind, part, starts[index])));
      const whole = read(kind, all);
      const baseline = await baselineOf(kind, whole);
      expect(analysis.counts(merged)).toEqual(analysis.counts(whole));
      expect(await checked(kind, merged, baseline)).toEqual(await checked(kind, whole, baseline));
    });
    await fc.assert(law, { seed: 20200602, numRuns: 60 });
  });

  test('travel as text', () => {
    holds(
      fc.property(files, (all) => {
        const part = read(kind, all);
        const text = analysis.encode(part);
        expect(analysis.encode(analysis.decode(text))).toBe(text);
        expect(analysis.counts(analysis.decode(text))).toEqual(analysis.counts(part));
      }),
      30,
    );
  });

  test('are not mixed with those of another version', () => {
    const state = JSON.parse(analysis.encode(read(kind, [])));
    expect(() => analysis.decode(JSON.stringify({ ...state, version: 99 }))).toThrow(/Version: .* version 99/);
  });

  test('say what could not be read', () => {
    expect(analysis.counts(read(kind, [kind.broken])).unreadableCount).toBe(1);
    expect(analysis.counts(analysis.merge([]))).toMatchObject({ recordCount: 0, unreadableCount: 0 });
  });
});

/** Records of which a share of 1 in `every` has the flag. */
const flagged = (every: number): File => ({
  content: 'records',
  lines: Array.from({ length: 60 }, (_, n) => {
    const flag = n % every === 0 ? '1' : '0';
    return captured(`${flag},${n % 7}`, n % 2 === 0 ? '1' : '0', `request-${n}`, n % 3 === 0 ? '1' : '0');
  }),
});

test('every violation has the figures that its words have', async () => {
  const analysis = dataQualityAnalysis({ input: { kind: 'capture' }, checks: 'ModelMonitor' }) as Analysis<unknown>;
  const kind = { ...KINDS['data quality'], analysis };
  const baseline = await baselineOf(kind, read(kind, [flagged(2)]));
  const narrower: File = { content: 'records', lines: [captured('1', '0', 'x')] };
  const found = (await kind.analysis.check(read(kind, [narrower]), baseline)) as Findings;
  expect(found.violations).toEqual([
    { entry: expect.objectContaining({ constraint_check_type: 'missing_column_check' }), observed: 2, expected: 3 },
  ]);
});

/** Records of which a share of 1 in `every` is of the group, with their labels. */
function grouped(every: number): File[] {
  const requests = Array.from({ length: 90 }, (_, n) => ({ n, group: n % every === 0 ? '1' : '0', label: `${n % 2}` }));
  return [
    {
      content: 'records',
      lines: requests.map(({ n, group, label }) => captured(`${group},1,${n % 70}`, label, `request-${n}`)),
    },
    { content: 'labels', lines: requests.map(({ n, label }) => labelled(`request-${n}`, label)) },
  ];
}

test('bias that moves away from 0 is told in figures', async () => {
  const analysis = biasAnalysis({
    question: { facets: [{ name: '0', by: { values: [1] } }], label: 'income', positive: { values: [1] } },
    captured: { predicted: { column: 0 } },
    followsContainer: true,
  }) as Analysis<unknown>;
  const kind = { ...KINDS.bias, analysis };
  const baseline = await baselineOf(kind, read(kind, grouped(2)));
  const found = (await kind.analysis.check(read(kind, grouped(10)), baseline)) as Findings;
  const imbalance = found.violations.find(({ entry }) => JSON.stringify(entry).includes('"CI"'));
  expect(imbalance).toMatchObject({ observed: 0.8, expected: 0 });
});
