import { analyzeBias, type BiasColumn, type BiasInput, type BiasLevel, textColumn } from '../../analysis';
import { type ContainerEnd, type ContainerStart, filesBelow } from '../../cloud/account/sagemaker/container';
import { type CsvTable, readCsvTable } from '../csv-table';
import { completed, failed, jsonFiles } from './container-end';

/** The part of Clarify's configuration that a bias baseline is made of. */
export interface ClarifyConfig {
  readonly dataset_type?: string;
  readonly headers?: readonly string[];
  readonly label?: string | number;
  readonly label_values_or_threshold?: readonly BiasLevel[];
  readonly facet?: readonly {
    readonly name_or_index: string | number;
    readonly value_or_threshold?: readonly BiasLevel[];
  }[];
  readonly group_variable?: string | number;
  readonly predicted_label?: string | number;
  /** names a model that has to be asked */
  readonly predictor?: object;
}

const DATA = '/opt/ml/processing/input/data';
const CONFIG = '/opt/ml/processing/input/config';

/** Clarify's configuration, among the inputs of a job. */
export function clarifyConfig(start: ContainerStart): ClarifyConfig | undefined {
  const [file] = filesBelow(start, CONFIG);
  return file && (JSON.parse(file.content.toString('utf8')) as ClarifyConfig);
}

/** What Clarify does for the baseline of a bias monitor: the metrics of a dataset that holds labels and predictions. */
export function biasBaseline(start: ContainerStart, config: ClarifyConfig): ContainerEnd {
  if (config.dataset_type !== 'text/csv') {
    return failed('a rehearsal reads labelled datasets as CSV alone: rehearse with the dataset as CSV');
  }
  const [file] = filesBelow(start, DATA);
  const table = readCsvTable(file?.content.toString('utf8') ?? '', config.headers);
  if ('problem' in table) {
    return failed(`${file?.uri ?? 'the dataset'}: ${table.problem}`);
  }
  const { analysis, problems } = analyzeBias(biasInput(table, config));
  const [problem] = problems;
  return problem === undefined
    ? completed(jsonFiles(start, { 'analysis.json': analysis }))
    : failed(`column "${problem.column}": ${problem.detail}`);
}

function biasInput({ header, rows }: CsvTable, config: ClarifyConfig): BiasInput {
  const name = (column: string | number | undefined) => (typeof column === 'number' ? header[column] : column);
  const columns = header.map(
    (column, index): BiasColumn =>
      textColumn(
        column,
        rows.map((row) => row[index] ?? ''),
      ),
  );
  return {
    columns,
    label: name(config.label) ?? '',
    labelValuesOrThreshold: config.label_values_or_threshold ?? [],
    facets: (config.facet ?? []).map(({ name_or_index, value_or_threshold }) => ({
      name: name(name_or_index) ?? '',
      valuesOrThreshold: value_or_threshold,
    })),
    groupVariable: name(config.group_variable),
    predictedLabel: name(config.predicted_label),
  };
}
