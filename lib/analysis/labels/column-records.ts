import { type CaptureRules, readParsedRecord } from '../reading/capture-record';
import type { RecordProblem } from '../reading/defects';
import { rowMatcher } from '../reading/record-filter';
import { answersLeft, rowTransformer } from '../reading/record-transformation';
import type { TimeWindow } from '../reading/time-window';
import { requestOf } from './captured-request';
import type { ColumnRow } from './column-row';
import { verdictOn } from './filtered-lines';
import { isObject, malformed, parseJson } from './json-record';
import type { LinePlace, RecordSink } from './record-files';
import type { LineRules, RecordReading } from './record-reading';

/** A record whose rows have columns. */
export interface ColumnRecord {
  /** by which it meets its labels: the caller's `inferenceId`, else the `eventId`; empty where none is asked for */
  readonly id: string;
  /** what tells it from all others, and no caller chooses; absent where its place alone does */
  readonly identity?: string;
  /** as the caller said them */
  readonly customAttributes?: unknown;
  readonly rows: readonly ColumnRow[];
  /** where the features begin in rows without names: behind what was answered */
  readonly firstFeature: number;
  /** whether answers may stand behind the features of such rows; false where absent */
  readonly hasAnswersBehind?: boolean;
}

/** Takes the rows of a record, or says why they cannot be used. */
export type TakeColumns = (record: ColumnRecord, place: LinePlace) => { readonly problem: RecordProblem } | undefined;

/**
 * Takes captured lines as records whose rows have columns, as monitors of data quality see them. Labels and attributions are of a record: one of which a
 * row does not fit, or of whose rows a filter leaves some, cannot be read.
 */
export function columnLines({ reading, window, counts, defect }: LineRules, take: TakeColumns): RecordSink {
  const read = columnReader(reading, window);
  return {
    matched: () => false, // more is looked at than is found in the bytes
    text(line, place) {
      const record = read(line);
      if ('outsideWindow' in record) counts.outsideWindow += 1;
      else if ('leftOut' in record) counts.filtered += 1;
      else {
        const refused = 'problem' in record ? record : take(record, place);
        if (refused) defect(place, refused.problem);
      }
    },
  };
}

type ReadColumns =
  | ColumnRecord
  | { readonly outsideWindow: true }
  | { readonly leftOut: true }
  | { readonly problem: RecordProblem };

/** Reads captured lines as records whose rows have columns, which {@link RecordReading} makes of bodies. */
export function columnReader(
  { filter, recordFormat, transformations = [] }: RecordReading,
  window?: TimeWindow,
): (line: string) => ReadColumns {
  const rules: CaptureRules = {
    window,
    filter: filter && rowMatcher(filter),
    format: recordFormat,
    transform: transformations.length > 0 ? rowTransformer(transformations, new Set()) : undefined,
  };
  return (line) => {
    const record = parseJson(line);
    if (!isObject(record)) return malformed('malformed-record', 'not a JSON object');
    const read = readParsedRecord(record, rules);
    if ('problem' in read || 'outsideWindow' in read) return read;
    const verdict = verdictOn(read);
    if (verdict !== 'read') return verdict === 'left out' ? { leftOut: true } : verdict;
    const request = requestOf(record);
    if (!('captureData' in request)) return request;
    const { id, eventId: identity, customAttributes } = request;
    const own = { id, identity, customAttributes };
    if ('json' in read) return { ...own, rows: read.json, firstFeature: 0 };
    return { ...own, rows: read.csv, firstFeature: answersLeft(transformations, read.answers ?? 0) };
  };
}
