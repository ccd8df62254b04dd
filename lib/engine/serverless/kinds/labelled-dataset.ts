import { besides, CsvDelimiter, type DatasetConfig, DatasetEncoding } from '../../../baseline/dataset';
import type { Problem } from '../../../core/validation-error';
import { KINDS } from '../../../kind/kinds';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';

/** What is asked of a dataset that has labels and predictions, beside what these are: they are columns of plain CSV. */
export function labelledDatasetProblems(
  { format, delimiter, encoding, columnTypes, textValues }: DatasetConfig,
  { kind }: MonitorSpec,
): Problem[] {
  const asked = {
    format: besides('csv', format.name),
    delimiter: besides(CsvDelimiter.COMMA, delimiter),
    encoding: besides(DatasetEncoding.UTF_8, encoding),
    columnTypes,
    textValues,
  };
  const { aspect } = KINDS[kind];
  const allowed = `CSV in UTF-8 with commas, and nothing of its other columns, for a baseline of ${aspect} on serverless()`;
  const advice = 'write predictions and labels so: no other column is looked at';
  return Object.entries(asked)
    .filter(([, got]) => got !== undefined)
    .map(([prop, got]) => ({ prop, got, allowed, advice }));
}
