import type { DefectReason, RecordProblem } from '../reading/defects';

/** A JSON object of unknown members. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Why a line cannot be read. */
export const malformed = (reason: DefectReason, detail: string): { problem: RecordProblem } => ({
  problem: { reason, detail },
});

/** The value of a JSON text; undefined when it is none, which the caller reports. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
