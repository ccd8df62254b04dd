import { Token } from 'aws-cdk-lib';
import type { DatasetFormat } from '../core/dataset-format';
import type { Problem } from '../core/validation-error';
import type { RecordFilterCondition, RecordTransformationSettings } from './contract';
import type { RowsInput } from './monitoring-engine';

/**
 * What is said of rows of transform jobs that nothing would follow: they have columns, and no client who sent them. What is known at deployment only is not
 * judged.
 *
 * @internal
 */
export function transformRowsProblems(
  { name, header }: DatasetFormat,
  { filter, format, transformations = [] }: RowsInput,
): Problem[] {
  const isJson = name === 'json' || name === 'jsonLines';
  const hasNames = header || name !== 'csv';
  return [
    ...(filter ? filterProblems(filter._condition, hasNames) : []),
    ...(format?._settings && !isJson ? [noJson(name)] : []),
    ...(hasNames ? [] : transformations.flatMap(({ _settings }) => namesProblems(_settings))),
  ];
}

const noJson = (name: string): Problem => ({
  prop: 'format',
  got: 'a RecordFormat',
  allowed: `nothing for objects of ${name}`,
  advice: 'it says where rows stand in JSON; leave it out',
});

/** Rows without names have places, which are written as numbers. */
const isPlace = (column: string) => Token.isUnresolved(column) || /^(0|[1-9]\d*)$/.test(column);

function filterProblems(condition: RecordFilterCondition, hasNames: boolean): Problem[] {
  const parts = partsOf(condition);
  if (parts) return parts.flatMap((part) => filterProblems(part, hasNames));
  if (!('column' in condition)) return [ofClients(Object.keys(condition)[0])];
  return hasNames || isPlace(condition.column) ? [] : [noName('filter', condition.column)];
}

function partsOf(condition: RecordFilterCondition): RecordFilterCondition[] | undefined {
  if ('anyOf' in condition) return condition.anyOf;
  if ('allOf' in condition) return condition.allOf;
  return 'noneOf' in condition ? condition.noneOf : undefined;
}

const ofClients = (by: string): Problem => ({
  prop: 'filter',
  got: `RecordFilter.${by}(...)`,
  allowed: 'RecordFilter.column(...) for transform jobs',
  advice:
    'no client sends their rows, with attributes or an identifier of its own: take a column that tells them apart',
});

/** What finds columns by names alone, or by a name that cannot be. */
function namesProblems(settings: RecordTransformationSettings): Problem[] {
  const columns = 'drop' in settings ? settings.drop : 'cast' in settings ? [settings.cast] : undefined;
  if (columns) return columns.filter((column) => !isPlace(column)).map((got) => noName('transformations', got));
  const [change] = Object.keys(settings);
  return [noName('transformations', `RecordTransformation.${change}(...)`)];
}

const noName = (prop: string, got: string): Problem => ({
  prop,
  got,
  allowed: "places from '0' on for CSV without a header, by drop(...), cast(...) and RecordFilter.column(...)",
  advice: 'its rows have no names; let the jobs write a header, or JSON',
});
