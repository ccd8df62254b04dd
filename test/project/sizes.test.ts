import {
  anyTypes,
  FILE_LINES,
  FUNCTION_LINES,
  lineCount,
  longFunctions,
  loudComments,
  nameFaults,
  PARAMETERS,
  parameterTrains,
} from './sizes';
import { parsed, sourceFiles } from './source-files';

/** Files of more lines than the ceiling, each with the reason. */
const TABLES: { readonly [file: string]: string } = {};

/** Files whose functions may have a fourth parameter, each with the reason. */
const HOT_PATHS: { readonly [file: string]: string } = {
  'lib/analysis/batch/known-texts.ts':
    'called for every field of every record: a struct would be an allocation each time',
  'lib/analysis/labels/ranged-records.ts':
    'called for every row of every record, and every label: a struct would be an allocation each time',
  'lib/analysis/model-quality/read-records.ts':
    'called for every row of every record: a struct would be an allocation each time',
  'lib/analysis/profile/column-profile.ts':
    'called for every field of every record: a struct would be an allocation each time',
  'lib/analysis/profile/value-index.ts':
    'called for every field of every record: a struct would be an allocation each time',
};

const LIB = sourceFiles('lib');
const WRITTEN = sourceFiles('lib', 'test', 'examples', 'tools');

test(`no file of lib/ has more than ${FILE_LINES} lines, but the tables of an explicit list`, () => {
  const long = LIB.filter((file) => lineCount(file) > FILE_LINES).map((file) => file.path);
  expect(long).toEqual(Object.keys(TABLES).sort());
});

test(`no function of lib/, examples/ or tools/ has more than ${FUNCTION_LINES} lines`, () => {
  expect(sourceFiles('lib', 'examples', 'tools').flatMap(longFunctions)).toEqual([]);
});

test(`no function of lib/, examples/ or tools/ has more than ${PARAMETERS} positional parameters, but those of an explicit list`, () => {
  const trains = sourceFiles('lib', 'examples', 'tools').flatMap(parameterTrains);
  const inHotPath = (train: string) => Object.keys(HOT_PATHS).find((file) => train.startsWith(`${file}:`));
  expect(trains.filter((train) => !inHotPath(train))).toEqual([]);
  expect([...new Set(trains.flatMap((train) => inHotPath(train) ?? []))].sort()).toEqual(Object.keys(HOT_PATHS));
});

test('files are named in kebab-case, and for what they are', () => {
  expect(WRITTEN.flatMap((file) => nameFaults(file.path))).toEqual([]);
});

test("no type is 'any'", () => {
  expect(WRITTEN.flatMap(anyTypes)).toEqual([]);
});

test('no comment promises work without an issue, or silences a tool', () => {
  expect(WRITTEN.flatMap(loudComments)).toEqual([]);
});

const LINES = `\n${'  void 0;\n'.repeat(FUNCTION_LINES - 1)}`;

test.each([
  ['a function', `function long() {${LINES}}`],
  ['an arrow function', `const long = () => {${LINES}};`],
  ['a constructor', `class A { constructor() {${LINES}} }`],
  ['a method', `class A { long() {${LINES}} }`],
])('fails for %s of one line too many', (_, text) => {
  expect(longFunctions(parsed('lib/a.ts', text))).toHaveLength(1);
  expect(longFunctions(parsed('lib/a.ts', text.replace('  void 0;\n', '')))).toEqual([]);
});

test('fails for a fourth parameter', () => {
  expect(parameterTrains(parsed('lib/a.ts', 'const f = (a, b, c, d) => a;'))).toEqual(['lib/a.ts:1: 4 parameters']);
  expect(parameterTrains(parsed('lib/a.ts', 'const f = (a, b, c) => a;'))).toEqual([]);
});

test.each([
  'lib/utils.ts',
  'lib/core/s3-helper.ts',
  'lib/common/text.ts',
  'lib/alarm-manager.ts',
  'lib/S3Prefix.ts',
  'lib/s3_prefix.ts',
])('fails for the name %s', (file) => {
  expect(nameFaults(file)).toHaveLength(1);
});

test.each([
  ['// TODO: later', 1],
  ['/* FIXME */', 1],
  ['// biome-ignore lint: because', 1],
  ['// TODO(#12): later', 0],
  ["const mark = /TODO/; const text = 'TODO'; // no comment", 0],
  // biome would make this one a plain text
  [['const text = `', '{1} // TODO `;'].join('$'), 0],
])('finds the comments of %j that are too loud', (text, count) => {
  expect(loudComments(parsed('lib/a.ts', text))).toHaveLength(count);
});

test("fails for 'any' in a type", () => {
  expect(anyTypes(parsed('lib/a.ts', 'const a: Record<string, any[]> = {};'))).toEqual(['lib/a.ts:1']);
});
