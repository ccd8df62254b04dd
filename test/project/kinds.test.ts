import { compilerErrors, namedKinds, sheetMembers, withFifthKind, withFifthName } from './kinds';
import { parsed, sourceFiles } from './source-files';

const TABLE = 'lib/kind/kinds.ts';

test('no file outside of kind/ names a kind of monitor, or decides by one', () => {
  expect(sourceFiles('lib').flatMap(namedKinds)).toEqual([]);
});

test.each([
  "const isQuality = kind === 'DataQuality';",
  "const isQuality = 'ModelBias' === kind;",
  "const isQuality = kinds.includes('ModelBias');",
  "switch (kind) { case 'ModelQuality': break; }",
  "type Clarify = 'ModelBias' | Other;",
  'const name = `DataQuality`;',
  'const text = `runs of kind DataQuality, not $' + '{kind}`;',
  'const WORDS = { DataQuality: words };',
  "const WORDS = { 'DataQuality': words };",
  'const words = WORDS.ModelQuality;',
  "const words = WORDS['ModelQuality'];",
  'const { ModelQuality } = baselines;',
  "const prop = 'modelBias';",
  "const prop = 'modelBias.imageUri';",
  'const isQuality = kind === MonitorKind.DATA_QUALITY;',
  'const isQuality = MonitorKind.DATA_QUALITY !== kind;',
  'const isQuality = kinds.has(MonitorKind.DATA_QUALITY);',
  'switch (kind) { case MonitorKind.MODEL_BIAS: break; }',
  'const LABELLED = [MonitorKind.MODEL_BIAS];',
  'const WORDS = { [MonitorKind.MODEL_BIAS]: words };',
  'const words = KINDS[MonitorKind.MODEL_BIAS];',
  'const isQuality = monitor instanceof DataQualityMonitor;',
  "import { DATA_QUALITY } from '../kind/data-quality';",
])('fails when a file says %j', (text) => {
  expect(namedKinds(parsed('lib/engine/one.ts', text))).toHaveLength(1);
});

test.each([
  'class DataQualityMonitor { public readonly monitorKind = MonitorKind.DATA_QUALITY; }',
  'const blueprint = { kind: MonitorKind.MODEL_BIAS };',
  'const metric = new ServiceMetric(MonitorKind.MODEL_QUALITY, parts);',
  'const problems = inOptions(MonitorKind.MODEL_QUALITY, found);',
  "import { DataQualityMonitor } from './monitor/data-quality-monitor';",
  "import { KINDS } from '../kind/kinds';",
  'const container = options.dataQuality;',
  "const type = 'AWS::SageMaker::DataQualityJobDefinition';",
  'const { prop } = KINDS[kind]; // as DataQuality',
])('passes when a file says %j', (text) => {
  expect(namedKinds(parsed('lib/engine/one.ts', text))).toEqual([]);
});

describe('a fifth kind', () => {
  test('does not compile without a sheet', () => {
    expect(compilerErrors(TABLE, withFifthName())).toEqual([
      expect.stringContaining("lib/kind/kinds.ts: Property 'Fifth' is missing"),
    ]);
  });

  test('compiles with a whole one', () => {
    expect(compilerErrors(TABLE, withFifthKind())).toEqual([]);
  });

  test.each(sheetMembers().map((member, index) => [member, index] as const))(
    'does not compile while its sheet has no %s',
    (_, index) => {
      const errors = compilerErrors(TABLE, withFifthKind(index));
      expect(errors).toEqual([expect.stringMatching(/^lib\/kind\/fifth\.ts: .* is missing in type/)]);
    },
  );
});
