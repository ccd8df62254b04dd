import { readSide } from '../reading/capture-side';
import { linesOf } from '../reading/text-lines';
import { type FeaturePlaces, featureValues } from './feature-rows';
import type { FeatureRow } from './model-answers';

/** The records of a SHAP baseline, or why there are none, in words without data. */
export type ShapBaselineRows = { readonly rows: FeatureRow[] } | { readonly problem: string };

/**
 * Reads what features are compared with: rows of CSV without a header, a JSON array of such rows, or, where features stand at a path, records of JSON or JSON
 * Lines. A text without records is a problem.
 */
export function shapBaselineRows(text: string, { headers, features }: FeaturePlaces): ShapBaselineRows {
  const rows: FeatureRow[] = [];
  for (const { data, isCsv } of documents(text, features !== undefined)) {
    const side = readSide('baseline', { data, encoding: isCsv ? 'CSV' : 'JSON' }, { path: features, keepsLists: true });
    if ('problem' in side) return { problem: side.problem.detail };
    for (const row of 'csv' in side ? side.csv : side.json) {
      const values = featureValues(row, headers);
      if ('problem' in values) return { problem: values.problem.detail };
      rows.push(values);
    }
  }
  return rows.length > 0 ? { rows } : { problem: 'there is no record' };
}

interface Document {
  readonly data: string;
  readonly isCsv: boolean;
}

/** The records of an array each for itself, the lines of JSON Lines, or the whole. */
function documents(text: string, isJson: boolean): Document[] {
  const parsed = parsedJson(text);
  if (!isJson) {
    const rows = Array.isArray(parsed) && parsed.every(Array.isArray) ? (parsed as unknown[][]) : undefined;
    return [{ data: rows ? rows.map((row) => row.map(csvText).join(',')).join('\n') : text, isCsv: true }];
  }
  if (parsed === undefined)
    return linesOf(text).flatMap((data) => (data.trim() === '' ? [] : [{ data, isCsv: false }]));
  return [parsed].flat().map((each) => ({ data: JSON.stringify(each), isCsv: false }));
}

const csvText = (value: unknown): string => `"${String(value ?? '').replaceAll('"', '""')}"`;

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
