import * as fc from 'fast-check';
import {
  type AnalysisFiles,
  type BaselineContents,
  baselineProblem,
  dataQualityAnalysis,
  type Rigour,
  statistics,
  suggestConstraints,
} from '../../../lib/analysis';
import { profileOf } from '../dataset';
import { holds } from '../property';

const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => `${i / 8},${i % 50},${['red', 'green', ''][i % 3]},`);
const profile = profileOf([['amount,count,colour,empty', ...rows(60)].join('\n')]);
const made = statistics(profile);

/** A part of JSON that is taken apart. */
interface Tree {
  [key: string | number]: Tree;
}
type Path = readonly (string | number)[];

/** As they are read: JSON, of which every test may change its own copy. */
const whole = () => copied({ 'statistics.json': made, 'constraints.json': suggestConstraints(made) });
const copied = (files: AnalysisFiles): Tree => JSON.parse(JSON.stringify(files));

const at = (value: Tree, path: Path) => path.reduce((inner, key) => inner[key], value);

/** The files with a value in place of another one; undefined takes the member or the item away. */
function changed(path: Path, value: unknown, files: AnalysisFiles = whole()): AnalysisFiles {
  const copy = copied(files);
  const parent = at(copy, path.slice(0, -1));
  const last = path[path.length - 1];
  if (value !== undefined) parent[last] = value as Tree;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

/** Every place in the files, their members and the items of lists. */
function placesOf(value: Tree, path: Path = []): Path[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const key = (name: string) => (Array.isArray(value) ? Number(name) : name);
  return [...(path.length > 0 ? [path] : []), ...inner.flatMap(([name, each]) => placesOf(each, [...path, key(name)]))];
}

/** Of the many numbers of a sketch and the bins, the first ones. */
const PLACES = placesOf(whole()).filter((path) =>
  path.every((key, index) => index < 5 || typeof key !== 'number' || key < 2),
);
const place = fc.constantFrom(...PLACES);
const inFeatures = (path: Path) => path.length > 1;
const analysis = dataQualityAnalysis({ input: { kind: 'dataset' } });

/** What a run says that takes its baseline from such files. */
async function run(files: AnalysisFiles): Promise<string> {
  const problem = analysis.baselineProblem?.(files);
  if (problem !== undefined) return problem;
  analysis.counts(profile, files);
  return JSON.stringify(await analysis.check(profile, files));
}

test('files as this library writes them have no problem, and their own data violate nothing', async () => {
  expect(baselineProblem(whole())).toBeUndefined();
  expect(JSON.parse(await run(whole()))).toMatchObject({ violations: [] });
});

test('whatever stands anywhere in the files, a run is refused or ends', async () => {
  const property = fc.asyncProperty(place, fc.oneof(fc.jsonValue(), fc.constant(undefined)), async (path, value) => {
    expect(await run(changed(path, value))).not.toBe('');
  });
  await fc.assert(property, { seed: Number(process.env.SEED ?? 20200602), numRuns: 500 });
});

const OF_OTHER_TYPES: readonly unknown[] = [7, 'seven', true, { seven: 7 }, [[7]]];
/** Null and such texts are what some computations give for a number. */
const typeOf = (value: unknown) => (Array.isArray(value) ? 'list' : typeof value);

/** Members that no check reads. */
const isUnread = (path: Path) => path[1] === 'version';

test('a value of another type is told with its place, and never quoted', () => {
  holds(
    fc.property(place.filter(inFeatures), fc.constantFrom(...OF_OTHER_TYPES), (path, value) => {
      fc.pre(typeOf(at(whole(), path)) !== typeOf(value) && !isUnread(path));
      const problem = baselineProblem(changed(path, value), 'Type') ?? '';
      expect(problem).toContain(`${path[0]}: ${jsonPath(path.slice(1))}`);
      expect(problem).not.toContain('seven"');
    }),
    500,
  );
});

const jsonPath = (path: Path) =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index > 0 ? `.${key}` : key)).join('');

const REQUIRED = [
  'features',
  'name',
  'inferred_type',
  'dataset',
  'item_count',
  'common',
  'num_present',
  'num_missing',
  'value',
  'data',
  'lower_bound',
  'upper_bound',
];

test('what is required is missed wherever it is dropped', () => {
  const required = PLACES.filter((path) => REQUIRED.includes(String(path[path.length - 1])));
  expect(required.length).toBeGreaterThan(30);
  for (const path of required) {
    expect(baselineProblem(changed(path, undefined), 'Type')).toMatch(/ is nothing, allowed is /);
  }
});

test('a number out of its range is told with the range', () => {
  const ranges: readonly [RegExp, readonly number[]][] = [
    [/completeness$|threshold$/, [-0.01, 1.01]],
    [/num_present$|num_missing$|item_count$|count$|distinct_values$/, [-1]],
  ];
  for (const [name, values] of ranges) {
    const places = PLACES.filter((path) => name.test(String(path[path.length - 1])));
    expect(places.length).toBeGreaterThan(3);
    for (const path of places) {
      for (const value of values) {
        const words = new RegExp(` is ${value}, allowed is (a number of 0 to 1|0 or more)`);
        expect(baselineProblem(changed(path, value))).toMatch(words);
        expect(baselineProblem(changed(path, value), 'Type')).toBeUndefined();
      }
    }
  }
});

test('the bounds of a range are inside it', () => {
  const threshold = ['constraints.json', 'monitoring_config', 'distribution_constraints', 'comparison_threshold'];
  for (const value of [0, 1]) expect(baselineProblem(changed(threshold, value))).toBeUndefined();
});

const features = (file: string) => [file, 'features'];

test.each<[string, Path, unknown, RegExp]>([
  [
    'a switch in lower case',
    ['constraints.json', 'monitoring_config', 'evaluate_constraints'],
    'disabled',
    /^constraints\.json: monitoring_config\.evaluate_constraints is "disabled", allowed is "Enabled" or "Disabled"; mend the file/,
  ],
  [
    'a completeness of a feature',
    ['constraints.json', 'features', 1, 'completeness'],
    7,
    /^constraints\.json: features\[1\]\.completeness of "count" is 7, allowed is a number of 0 to 1; /,
  ],
  [
    'no feature',
    features('constraints.json'),
    [],
    /^constraints\.json: features is an empty list, allowed is at least one feature; /,
  ],
  [
    'a name that occurs twice',
    ['statistics.json', 'features', 1, 'name'],
    'amount',
    /^statistics\.json: features\[1\]\.name is "amount", allowed is a name that no other feature has \(rename /,
  ],
  ['a list for a file', ['statistics.json'], [], /^statistics\.json is a list, allowed is an object; /],
  [
    'another number of values than rows',
    ['statistics.json', 'features', 0, 'numerical_statistics', 'common', 'num_missing'],
    1,
    /features\[0\]\.numerical_statistics\.common of "amount" is 61 values, present and missing, allowed is one for each of the 60 rows of dataset\.item_count/,
  ],
  [
    'more categories than rows',
    ['statistics.json', 'features', 2, 'string_statistics', 'distribution', 'categorical', 'buckets', 0, 'count'],
    21,
    /categorical\.buckets of "colour" is 61 values, allowed is at most one for each of the 60 rows/,
  ],
  ['a name without end', ['constraints.json', 'features', 0, 'name'], 'x'.repeat(500), /lacks: "x{40}\.\.\."; both/],
])('%s', (_, path, value, words) => {
  expect(baselineProblem(changed(path, value))).toMatch(words);
});

test('no rows at all are no baseline', () => {
  const files = { 'statistics.json': { ...whole()['statistics.json'], dataset: { item_count: 0 } } };
  expect(baselineProblem(files)).toMatch(/^statistics\.json: dataset\.item_count is 0, allowed is at least one row; /);
});

test('all problems of both files are in one message, up to ten and how many more', () => {
  const twice = (file: keyof BaselineContents, files: AnalysisFiles) => {
    const features = Object.values(at(whole(), [file, 'features'])).map((each) => ({
      ...each,
      inferred_type: 'Number',
    }));
    return changed([file, 'features'], [...features, ...features], files);
  };
  const problem = String(baselineProblem(twice('statistics.json', twice('constraints.json', whole()))));
  expect(problem.match(/ is "Number", allowed is /g)).toHaveLength(10);
  expect(problem).toContain('; and 6 more; mend');
  expect(problem.length).toBeLessThan(3000);
});

test.each<[string, Path, unknown, readonly Rigour[]]>([
  ['no list of features', ['constraints.json', 'features'], {}, ['Structure', 'Type', 'Meaning']],
  ['a feature without a name', ['statistics.json', 'features', 0, 'name'], undefined, ['Structure', 'Type', 'Meaning']],
  ['a text for a number', ['constraints.json', 'features', 0, 'completeness'], '1', ['Type', 'Meaning']],
  ['a share above 1', ['constraints.json', 'features', 0, 'completeness'], 2, ['Meaning']],
  ['a feature that the statistics lack', ['constraints.json', 'features', 0, 'name'], 'other', ['Meaning']],
])('%s is a problem by what is asked', (_, path, value, rigours) => {
  const files = changed(path, value);
  const found = (['Structure', 'Type', 'Meaning'] as const).filter(
    (each) => baselineProblem(files, each) !== undefined,
  );
  expect(found).toEqual(rigours);
});

test('a file that is not there is not judged', () => {
  const { 'constraints.json': constraints } = whole();
  expect(baselineProblem({ 'constraints.json': constraints })).toBeUndefined();
  expect(baselineProblem({})).toBeUndefined();
});

test('a feature without values needs no distribution, one that is not compared neither', () => {
  const sketchless = changed(['statistics.json', 'features', 0, 'numerical_statistics', 'distribution'], undefined);
  expect(baselineProblem(sketchless)).toMatch(
    /^statistics\.json has no distribution \(\S+\) of "amount", so that drift/,
  );
  const off = { distribution_constraints: { perform_comparison: 'Disabled' } };
  const silent = changed(['constraints.json', 'features', 0, 'monitoringConfigOverrides'], off, sketchless);
  expect(baselineProblem(silent)).toBeUndefined();
});

test.each([
  ['null', null],
  ['the text of Java', 'NaN'],
])('a moment without a value, as %s, is no problem', (_, value) => {
  expect(
    baselineProblem(changed(['statistics.json', 'features', 0, 'numerical_statistics', 'std_dev'], value)),
  ).toBeUndefined();
});

test('members that nobody reads may be anything', () => {
  const old = ['constraints.json', 'monitoring_config', 'distribution_constraints', 'enable_comparisons'];
  const files = changed(old, true, changed(['statistics.json', 'features', 0, 'note'], null));
  expect(baselineProblem(files)).toBeUndefined();
});
