import { CONSTRAINT_METRICS } from '../model-quality/constraints';
import type { CalibrationBlock } from '../model-quality/estimation/isotonic';
import type { ModelQualityConstraints, QualityConstraintTable } from '../model-quality/schemas';
import { brief } from '../words';
import {
  basic,
  COMPUTED,
  COUNT,
  type FileProblem,
  FLAG,
  isObject,
  list,
  mapOf,
  object,
  oneOf,
  optional,
  SHARE,
  type Shape,
  TEXT,
  within,
} from './shape';

type Group = keyof typeof CONSTRAINT_METRICS;

const GROUPS = Object.keys(CONSTRAINT_METRICS) as Group[];

const CONSTRAINT = object({
  threshold: COMPUTED, // null, or NaN of 2022, where the baseline has no value of the metric
  comparison_operator: oneOf('GreaterThanThreshold', 'LessThanThreshold'),
});

const TABLE = optional(basic(mapOf(basic(CONSTRAINT))));

const BLOCK = object({
  from: SHARE,
  to: SHARE,
  rows: within(1, Number.POSITIVE_INFINITY, '1 or more'),
  positives: COUNT,
});

/** At least one, from the least probability up, of which no more rows are positive than there are. */
const BLOCKS: Shape = (value, place) => {
  const problems = list(basic(BLOCK))(value, place);
  if (problems.length > 0) return problems;
  const blocks = value as readonly CalibrationBlock[];
  const isWhole = blocks.every(
    ({ from, to, rows, positives }, index) => from >= (blocks[index - 1]?.to ?? 0) && to >= from && positives <= rows,
  );
  if (blocks.length > 0 && isWhole) return [];
  const allowed = 'at least one block, each above the one before, with no more positive rows than rows';
  return [{ weight: 'Meaning', place, found: 'no calibration', allowed }];
};

const OF_ONE = object({ isCalibrated: FLAG, blocks: BLOCKS });

/** By which quality is estimated, of one label or of each of several; a file may say why there is none. */
const CALIBRATION: Shape = (value, place) => {
  if (isObject(value) && 'refusal' in value) return object({ refusal: TEXT })(value, place);
  if (isObject(value) && 'classes' in value) return object({ classes: mapOf(basic(OF_ONE)) })(value, place);
  return OF_ONE(value, place);
};

const SHAPE = basic(
  object({ ...Object.fromEntries(GROUPS.map((group) => [group, TABLE])), calibration: optional(basic(CALIBRATION)) }),
);

/** Everything that is wrong with a `constraints.json` of model quality; what no check reads may be anything. */
export function qualityConstraintsProblems(file: unknown): FileProblem[] {
  const problems = SHAPE(file, '');
  if (problems.length > 0) return problems;
  const groups = GROUPS.filter((group) => (file as ModelQualityConstraints)[group] !== undefined);
  if (groups.length === 0) return [noGroup(file)];
  return groups.flatMap((group) => tableProblems(group, (file as ModelQualityConstraints)[group] ?? {}));
}

function noGroup(file: unknown): FileProblem {
  const isOfFeatures = isObject(file) && 'features' in file;
  return {
    weight: 'Structure',
    place: '',
    found: isOfFeatures ? 'a file of data quality, with features' : 'an object without constraints of a problem',
    allowed: `an object with ${GROUPS.join(', ')}`,
    advice: isOfFeatures ? 'both kinds call their files alike: give each a folder of its own' : undefined,
  };
}

function tableProblems(group: Group, table: QualityConstraintTable): FileProblem[] {
  const known: readonly string[] = CONSTRAINT_METRICS[group];
  const names = Object.keys(table);
  if (names.length === 0) {
    return [{ weight: 'Meaning', place: group, found: 'an empty object', allowed: 'at least one constraint' }];
  }
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      weight: 'Meaning',
      place: `${group}[${brief(name)}]`,
      found: 'a metric that is not computed',
      allowed: `one of ${known.join(', ')}`,
    }));
}
