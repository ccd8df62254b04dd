import { KINDS } from '../profile/inferred-type';
import type { Profile } from '../profile/profile';
import {
  categoricalStatistics,
  columnNames,
  MAX_HISTOGRAM_VALUES,
  type NamedColumn,
  numericalStatistics,
  statistics,
} from '../profile/statistics';
import type { TableProfile } from '../profile/table-profile';
import type { Constraints, FeatureStatistics, Statistics } from '../schemas';
import { brief, listed } from '../words';
import { suggestConstraints } from './constraints';
import type { TextColumn } from './text/text-statistics';

/** What a column is, whatever its values look like. */
export type ColumnTypeName = 'Categorical' | 'Numeric' | 'Text' | 'Identifier' | 'Ignored';

/** By the column's name; others are what their values say. */
export type ColumnTypes = { readonly [column: string]: ColumnTypeName };

/**
 * The files of a baseline whose columns are what was declared: categories have a histogram and known values though they are numbers, texts and
 * identifiers have neither, and what is ignored has statistics, which keep the order of the columns, and no constraints. `texts` are the columns of
 * text without a histogram.
 */
export function declaredBaseline(profile: Profile, types: ColumnTypes = {}) {
  const declared = new Map(Object.entries(types));
  const plain = statistics(profile);
  const columns = namedColumns(profile.mainTable());
  const features = plain.features.map((feature, index) => {
    const type = declared.get(feature.name);
    return type && columns[index].column.present > 0 ? declaredFeature(feature, type, columns[index]) : feature;
  });
  const whole: Statistics = { ...plain, features };
  const isAsked = ({ name }: FeatureStatistics) => declared.get(name) !== 'Ignored';
  const constraints: Constraints = suggestConstraints({ ...whole, features: features.filter(isAsked) });
  const texts = features.flatMap((feature, index): TextColumn[] => {
    const { name, string_statistics } = feature;
    if (!string_statistics || string_statistics.distribution || !isAsked(feature)) return [];
    const { column } = columns[index];
    return [{ name, column, isIdentifier: declared.get(name) === 'Identifier', isDeclared: declared.has(name) }];
  });
  return { statistics: whole, constraints, texts };
}

function declaredFeature(feature: FeatureStatistics, type: ColumnTypeName, named: NamedColumn): FeatureStatistics {
  const { name } = feature;
  switch (type) {
    case 'Categorical':
      return { name, inferred_type: 'String', string_statistics: categoricalStatistics(named) };
    case 'Numeric': {
      const inferred_type = countOf(named, 'Fractional') > 0 ? 'Fractional' : 'Integral';
      return { name, inferred_type, numerical_statistics: numericalStatistics(named) };
    }
    case 'Ignored':
      return feature;
    default: {
      const { distribution, ...string_statistics } = categoricalStatistics(named);
      return { name, inferred_type: 'String', string_statistics };
    }
  }
}

/** Why a dataset's columns are not what was declared, in words without data. Nothing for an empty dataset. */
export function declarationProblems(table: TableProfile, types: ColumnTypes = {}): string[] {
  const columns = new Map(namedColumns(table).map((column) => [column.name, column]));
  const unknown = Object.keys(types).filter((name) => !columns.has(name));
  const known = [...columns.keys()].map(brief);
  return [
    ...(unknown.length > 0
      ? [`columnTypes declares ${listed('column', unknown.map(brief))}, and the dataset has ${listed('column', known)}`]
      : []),
    ...Object.entries(types).flatMap(([name, type]) => {
      const column = columns.get(name);
      return column ? misfitsOf(column, type) : [];
    }),
  ];
}

function misfitsOf(named: NamedColumn, type: ColumnTypeName): string[] {
  const { name, column } = named;
  const numbers = countOf(named, 'Fractional') + countOf(named, 'Integral');
  if (type === 'Numeric' && numbers < column.present) {
    const strays = column.present - numbers;
    return [`column ${brief(name)} is declared numeric, and ${strays} of its ${column.present} values are no numbers`];
  }
  if (type === 'Categorical' && column.present > 0 && !categoricalStatistics(named).distribution) {
    return [
      `column ${brief(name)} is declared categorical, and has more than ${MAX_HISTOGRAM_VALUES} different values; ` +
        'declare it as text, or group its values',
    ];
  }
  return [];
}

/** Values that mean this. */
const countOf = ({ column }: NamedColumn, kind: (typeof KINDS)[number]) => column.meantKinds[KINDS.indexOf(kind)];

function namedColumns(table: TableProfile | undefined): NamedColumn[] {
  if (!table) return [];
  const names = columnNames(table);
  return table.columns.map((column, index) => ({ name: names[index], column, rowCount: table.rowCount }));
}
