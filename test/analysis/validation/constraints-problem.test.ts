import * as fc from 'fast-check';
import {
  type AttributionAnalysis,
  type BiasAnalysis,
  type ConstraintsContent,
  checkAttribution,
  checkBias,
  checkModelQuality,
  constraintsProblem,
  type ModelQualityConstraints,
  type ModelQualityStatistics,
  suggestConstraints,
} from '../../../lib/analysis';
import { expectedQuality } from '../../../lib/analysis/model-quality/estimation/expected-quality';
import { WindowScores } from '../../../lib/analysis/model-quality/estimation/window-scores';
import { QualityProfile } from '../../../lib/analysis/model-quality/quality-profile';
import { biasFileProblems } from '../../../lib/analysis/validation/clarify-files';
import { BINARY } from '../model-quality/rows';
import { holds } from '../property';

const QUALITY = {
  version: 0,
  binary_classification_constraints: {
    recall: { threshold: 0.9, comparison_operator: 'LessThanThreshold' },
    false_positive_rate: { threshold: null, comparison_operator: 'GreaterThanThreshold' },
    auc: { threshold: 'NaN', comparison_operator: 'LessThanThreshold' },
  },
  calibration: {
    isCalibrated: true,
    blocks: [
      { from: 0.1, to: 0.4, rows: 60, positives: 5 },
      { from: 0.4, to: 0.9, rows: 40, positives: 40 },
    ],
  },
};
const METRICS = [
  { name: 'AD', description: 'Accuracy Difference (AD)', value: -0.15 },
  { name: 'DI', description: 'Disparate Impact (DI)', value: 'Infinity' },
  { name: 'CDDPL', description: 'Conditional', value: null, error: 'Group variable is empty or not provided' },
];
const BIAS = {
  version: '1.0',
  post_training_bias_metrics: {
    label: 'Target',
    facets: { Sex: [{ value_or_threshold: '0', metrics: METRICS }] },
    label_value_or_threshold: '1',
  },
};
const ATTRIBUTIONS = {
  version: '1.0',
  explanations: { kernel_shap: { label0: { global_shap_values: { Age: 0.06, Income: 0.2 }, expected_value: 0.4 } } },
};
const FILES: { readonly [content in ConstraintsContent]: object } = {
  Metrics: QUALITY,
  Bias: BIAS,
  Attributions: ATTRIBUTIONS,
};
const OF_FEATURES = suggestConstraints({ version: 0, dataset: { item_count: 0 }, features: [] });
const CONTENTS = Object.keys(FILES) as ConstraintsContent[];

const STATISTICS = {
  binary_classification_metrics: { recall: { value: 0.8, standard_deviation: 0.1 } },
} as unknown as ModelQualityStatistics;

const SCORES = new WindowScores();
for (const score of [0, 0.3, 0.4, 1]) SCORES.all.add(score, Number(score > 0.5));

/** What a run says that takes its constraints from such a file. */
const RUNS: { readonly [content in ConstraintsContent]: (file: unknown) => object } = {
  Metrics: (file) => [
    checkModelQuality({ statistics: STATISTICS, baselineConstraints: file as ModelQualityConstraints }),
    expectedQuality({ profile: new QualityProfile(BINARY), scores: SCORES }, file as ModelQualityConstraints)?.file,
  ],
  Bias: (file) => checkBias(file as BiasAnalysis, BIAS as unknown as BiasAnalysis),
  Attributions: (file) => checkAttribution(file as AttributionAnalysis, ATTRIBUTIONS as unknown as AttributionAnalysis),
};

/** A part of JSON that is taken apart. */
interface Tree {
  [key: string | number]: Tree;
}
type Path = readonly (string | number)[];

const copied = (file: object): Tree => JSON.parse(JSON.stringify(file));

/** The file with a value in place of another one; undefined takes the member or the item away. */
function changed(file: object, path: Path, value: unknown): object {
  const copy = copied(file);
  const parent = path.slice(0, -1).reduce((inner, key) => inner[key], copy);
  const last = path[path.length - 1];
  if (value !== undefined) parent[last] = value as Tree;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

/** Every place in a file. */
function placesOf(value: Tree, path: Path = []): Path[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const key = (name: string) => (Array.isArray(value) ? Number(name) : name);
  return [...(path.length > 0 ? [path] : []), ...inner.flatMap(([name, each]) => placesOf(each, [...path, key(name)]))];
}

const breakage = fc
  .constantFrom(...CONTENTS)
  .chain((content) =>
    fc.record({ content: fc.constant(content), path: fc.constantFrom(...placesOf(copied(FILES[content]))) }),
  );

test.each(CONTENTS)('a file of %s as a container writes it has no problem', (content) => {
  expect(constraintsProblem(content, FILES[content])).toBeUndefined();
});

test('whatever stands anywhere in a file, a run is refused, or ends', () => {
  const value = fc.oneof(fc.jsonValue(), fc.constant(undefined));
  holds(
    fc.property(breakage, value, ({ content, path }, given) => {
      const file = changed(FILES[content], path, given);
      const problem = constraintsProblem(content, file);
      if (problem === undefined) expect(RUNS[content](file)).toBeDefined();
      else expect(problem).toMatch(/ is .*, allowed is /);
    }),
    2000,
  );
});

/** Members of whose type no check depends. */
const UNREAD = ['version', 'description', 'error'];

test('a value of another type is told with its file, and never quoted', () => {
  holds(
    fc.property(breakage, ({ content, path }) => {
      fc.pre(!UNREAD.includes(String(path[path.length - 1])));
      const given = [['seven']];
      fc.pre(!Array.isArray(path.reduce((inner, key) => inner[key], copied(FILES[content]))));
      const problem = constraintsProblem(content, changed(FILES[content], path, given), 'Type') ?? '';
      expect(problem).toContain(content === 'Metrics' ? 'constraints.json: ' : 'analysis.json: ');
      expect(problem).toContain('is a list');
      expect(problem).not.toContain('seven');
    }),
    500,
  );
});

test.each(CONTENTS)('the files of other kinds, and no objects, are none of %s that anything can read', (content) => {
  const others: unknown[] = [OF_FEATURES, ...CONTENTS.filter((one) => one !== content).map((one) => FILES[one])];
  for (const other of [...others, null, [], 'text', {}]) {
    expect(constraintsProblem(content, other, 'Structure')).toMatch(
      /^(constraints|analysis)\.json is .*, allowed is an object/,
    );
  }
});

test.each<[string, ConstraintsContent, Path, unknown, string]>([
  [
    'a threshold as a text',
    'Metrics',
    ['binary_classification_constraints', 'recall', 'threshold'],
    '0.9',
    'constraints.json: binary_classification_constraints["recall"].threshold is a text, allowed is a number; mend the file, or compute the baseline anew',
  ],
  [
    'an operator of another name',
    'Metrics',
    ['binary_classification_constraints', 'recall', 'comparison_operator'],
    'LessThan',
    'constraints.json: binary_classification_constraints["recall"].comparison_operator is "LessThan", allowed is "GreaterThanThreshold" or "LessThanThreshold"; mend',
  ],
  [
    'a metric that nobody computes',
    'Metrics',
    ['binary_classification_constraints', 'acuracy'],
    { threshold: 0.9, comparison_operator: 'LessThanThreshold' },
    'constraints.json: binary_classification_constraints["acuracy"] is a metric that is not computed, allowed is one of recall, precision, accuracy, ',
  ],
  [
    'no constraint',
    'Metrics',
    ['binary_classification_constraints'],
    {},
    'constraints.json: binary_classification_constraints is an empty object, allowed is at least one constraint; ',
  ],
  [
    'blocks of a calibration in no order',
    'Metrics',
    ['calibration', 'blocks', 1, 'from'],
    0.3,
    'constraints.json: calibration.blocks is no calibration, allowed is at least one block, each above the one before, with no more positive rows than rows; ',
  ],
  [
    'a block that ends before it begins',
    'Metrics',
    ['calibration', 'blocks', 1, 'to'],
    0.39,
    'constraints.json: calibration.blocks is no calibration, allowed is at least one block, ',
  ],
  [
    'more positive rows than rows',
    'Metrics',
    ['calibration', 'blocks', 1, 'positives'],
    41,
    'constraints.json: calibration.blocks is no calibration, allowed is at least one block, ',
  ],
  [
    'no block',
    'Metrics',
    ['calibration', 'blocks'],
    [],
    'constraints.json: calibration.blocks is no calibration, allowed is at least one block, ',
  ],
  [
    'no facet',
    'Bias',
    ['post_training_bias_metrics', 'facets'],
    {},
    'analysis.json: post_training_bias_metrics.facets is an empty object, allowed is at least one facet; ',
  ],
  [
    'no group',
    'Bias',
    ['post_training_bias_metrics', 'facets', 'Sex'],
    [],
    'analysis.json: post_training_bias_metrics.facets["Sex"] is an empty list, allowed is at least one group; ',
  ],
  [
    'a group twice',
    'Bias',
    ['post_training_bias_metrics', 'facets', 'Sex', 1],
    { value_or_threshold: '0', metrics: METRICS },
    'analysis.json: post_training_bias_metrics.facets["Sex"][1].value_or_threshold is that of a group before it, allowed is one group of each value; ',
  ],
  [
    'no metric',
    'Bias',
    ['post_training_bias_metrics', 'facets', 'Sex', 0, 'metrics'],
    [],
    'analysis.json: post_training_bias_metrics.facets["Sex"][0].metrics is an empty list, allowed is at least one metric; ',
  ],
  [
    'no label',
    'Attributions',
    ['explanations', 'kernel_shap'],
    {},
    'analysis.json: explanations.kernel_shap is an empty object, allowed is at least one label; ',
  ],
  [
    'no feature',
    'Attributions',
    ['explanations', 'kernel_shap', 'label0', 'global_shap_values'],
    {},
    'analysis.json: explanations.kernel_shap["label0"].global_shap_values is an empty object, allowed is at least one feature; ',
  ],
])('%s is told', (_, content, path, value, words) => {
  expect(constraintsProblem(content, changed(FILES[content], path, value))).toContain(words);
});

test('a file of data quality in the place of one of model quality is told as such: both are called alike', () => {
  expect(constraintsProblem('Metrics', OF_FEATURES, 'Structure')).toBe(
    'constraints.json is a file of data quality, with features, allowed is an object with regression_constraints, binary_classification_constraints, ' +
      'multiclass_classification_constraints (both kinds call their files alike: give each a folder of its own); mend the file, or compute the baseline anew',
  );
});

test('what has a type and makes no sense is no matter where only types are asked for', () => {
  const file = changed(QUALITY, ['binary_classification_constraints'], {});
  expect([constraintsProblem('Metrics', file, 'Type'), constraintsProblem('Metrics', file, 'Structure')]).toEqual([
    undefined,
    undefined,
  ]);
});

test.each<[string, ConstraintsContent, object, string]>([
  [
    'metrics of bias',
    'Bias',
    { version: '1.0' },
    'analysis.json is an object without metrics of bias, allowed is an object with post_training_bias_metrics or pre_training_bias_metrics; mend',
  ],
  [
    'attributions',
    'Attributions',
    { explanations: {} },
    'analysis.json is an object without attributions, allowed is an object with explanations.kernel_shap; mend',
  ],
  [
    'constraints of model quality',
    'Metrics',
    { version: 0 },
    'constraints.json is an object without constraints of a problem, allowed is an object with regression_constraints, binary_classification_constraints, multiclass_classification_constraints; mend',
  ],
])('a file without %s is told what it lacks', (_, content, file, words) => {
  expect(constraintsProblem(content, file)).toContain(words);
});

test('groups of several values have no problem, whatever is before them', () => {
  const groups = ['0', '1', '2'].map((value) => ({ value_or_threshold: value, metrics: METRICS }));
  const facets = { Sex: groups, Age: groups };
  const section = { ...BIAS.post_training_bias_metrics, facets };
  for (const file of [{ post_training_bias_metrics: section }, { pre_training_bias_metrics: section }]) {
    expect(biasFileProblems(file)).toEqual([]);
  }
});
