import { Token } from 'aws-cdk-lib';
import type { DatasetConfig } from '../../../baseline/dataset';
import { namedColumns } from '../../../baseline/dataset-columns';
import type { Problem } from '../../../core/validation-error';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import { hasNames, isJson } from './columns';
import { bringsNames } from './container';

/** What an analysis says of the columns of data. */
interface AnalysisColumns {
  readonly features?: string;
  readonly headers?: readonly string[];
}

/**
 * What a baseline's dataset and the analysis lack of each other: the path of features in JSON, and names for captured data where the dataset has
 * some. Metrics and attributions are compared by these names.
 *
 * @internal
 */
export function datasetProblems(
  { format, columns }: DatasetConfig,
  spec: MonitorSpec,
  { features, headers }: AnalysisColumns,
): Problem[] {
  const path = {
    prop: 'analysis.features',
    got: undefined,
    allowed: 'where the features stand, as the dataset is JSON',
  };
  const advice = 'what is captured has no names, and is compared with the dataset by them';
  const names = {
    prop: 'analysis.headers',
    got: undefined,
    allowed: 'the names of the columns, as in the dataset',
    advice,
  };
  return [
    ...(isJson(format) && features === undefined ? [path] : []),
    ...(hasNames(format) && !headers && !bringsNames(spec) ? [names] : []),
    ...(hasNames(format) || isJson(format) ? [] : unnamedProblems(Object.fromEntries(namedColumns(columns)), headers)),
  ];
}

/** Columns of CSV without a header have the names that the analysis gives them, or their places. */
function unnamedProblems(
  columns: { readonly [column: string]: string | undefined },
  headers: readonly string[] = [],
): Problem[] {
  return Object.entries(columns).flatMap(([column, got]) => {
    const known = got === undefined || Token.isUnresolved(got) || /^_c\d+$/.test(got) || headers.includes(got);
    const advice = 'the dataset has no header';
    const allowed = `_c0, _c1 and so on${headers.length > 0 ? `, or one of ${headers.join(', ')}` : ''}`;
    return known ? [] : [{ prop: `columns.${column}`, got, allowed, advice }];
  });
}
