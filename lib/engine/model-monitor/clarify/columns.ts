import { type DatasetConfig, datasetFormatOf } from '../../../baseline/dataset';
import type { DatasetFormat } from '../../../core/dataset-format';

/** A column, as Clarify's configuration names it: by its name, by its index from 0 on, or by a JMESPath. */
export type ClarifyColumn = string | number;

const INDEX = /^\d+$/;

/** As datasets without a header call their columns. */
const UNNAMED = /^_c(\d+)$/;

/**
 * Whether data bring the names of their columns: Parquet, and CSV with a header.
 *
 * @internal
 */
export function hasNames(format: DatasetFormat): boolean {
  return format.header || format.name === 'parquet';
}

/**
 * Whether features stand at a path, in place of columns.
 *
 * @internal
 */
export function isJson(format: DatasetFormat): boolean {
  return format.name === 'json' || format.name === 'jsonLines';
}

/**
 * A column of data without names of their own: a number means an index, unless headers give names.
 *
 * @internal
 */
export function unnamedColumn(name: string, headers: readonly string[] | undefined): ClarifyColumn {
  const index = columnIndex(name);
  if (index !== undefined) return headers?.[index] ?? index;
  return headers ? name : outputColumn(name);
}

/**
 * The index of a column that is called `_c0`, `_c1` and so on.
 *
 * @internal
 */
export function columnIndex(name: string | undefined): number | undefined {
  const [, index] = UNNAMED.exec(name ?? '') ?? [];
  return index === undefined ? undefined : Number(index);
}

/**
 * A column of a dataset.
 *
 * @internal
 */
export function datasetColumn(
  name: string,
  { format }: DatasetConfig,
  headers: readonly string[] | undefined,
): ClarifyColumn {
  return hasNames(format) ? name : unnamedColumn(name, headers);
}

/**
 * Where something stands in what a model answers: a number is an index, anything else a JMESPath.
 *
 * @internal
 */
export function outputColumn(attribute: string): ClarifyColumn {
  return INDEX.test(attribute) ? Number(attribute) : attribute;
}

/**
 * A dataset's format, as Clarify's configuration names it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 * @internal
 */
export function datasetType(dataset: DatasetConfig): string {
  const { csv, json } = datasetFormatOf(dataset);
  if (csv) return 'text/csv';
  if (json) return json.lines ? 'application/jsonlines' : 'application/json';
  return 'application/x-parquet';
}
