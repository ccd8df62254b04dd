import type { FeatureRow, FeatureValue } from './model-answers';

/** How requests to a model are written. */
export interface RequestForm {
  /** `text/csv`, `application/jsonlines` or `application/json` */
  readonly contentType: string;
  /** of a line, with `$features`, or of a request, with `$records` or `$record`; absent for CSV */
  readonly template?: string;
  /** of a record in a JSON request, with `$features` (and `$feature_names`), `$features_kvp`, or `"${name}"` for each feature */
  readonly recordTemplate?: string;
}

/** Whether a request has one record, whatever the model could take. */
export const hasOneRecord = ({ template = '' }: RequestForm): boolean => /\$record(?!s)/.test(template);

/**
 * Writes rows as the body of a request. In JSON, texts that are written as numbers, `true` and `false` are values of their own, and what is missing is null; in CSV
 * it is empty. No rows are no record.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export function requestBody(rows: readonly FeatureRow[], form: RequestForm, names: readonly string[]): string {
  const { contentType, template = '', recordTemplate = '' } = form;
  if (contentType === 'text/csv') return rows.map((row) => row.map(csvField).join(',')).join('\n');
  if (contentType === 'application/jsonlines') return rows.map((row) => filled(template, row, names)).join('\n');
  const records = rows.map((row) => filled(recordTemplate, row, names));
  return hasOneRecord(form)
    ? template.replace('$record', () => records[0])
    : template.replace('$records', () => `[${records.join(',')}]`);
}

function csvField(value: FeatureValue): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A template with the values of a row in the places of its placeholders, none of which is looked for in a value. */
function filled(template: string, row: FeatureRow, names: readonly string[]): string {
  const values = row.map(jsonValue);
  const placeholder = /"\$\{([^}]+)\}"|\$features_kvp|\$feature_names|\$features/g;
  return template.replace(placeholder, (found, name?: string) => {
    if (name !== undefined) return values[names.indexOf(name)] ?? 'null';
    if (found === '$feature_names') return JSON.stringify(names);
    if (found === '$features') return `[${values.join(',')}]`;
    return `{${names.map((each, index) => `${JSON.stringify(each)}:${values[index]}`).join(',')}}`;
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc8259#section-6 */
const PLAIN = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false)$/;

function jsonValue(value: FeatureValue): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (value === '') return 'null';
  return PLAIN.test(value) ? value : JSON.stringify(value);
}
