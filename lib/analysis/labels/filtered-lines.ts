import { type CapturedRows, readParsedRecord } from '../reading/capture-record';
import type { RecordProblem } from '../reading/defects';
import { eventOf, type RecordFilter, rowMatcher } from '../reading/record-filter';
import { placeInTime, type TimeWindow } from '../reading/time-window';
import { capturedTime } from './captured-request';
import { isObject, malformed, parseJson } from './json-record';
import type { RecordSink } from './record-files';
import type { LineRules } from './record-reading';

/** What becomes of a captured line: it is read, left out, or why that cannot be said. */
export type Verdict = 'read' | 'left out' | { readonly problem: RecordProblem };

/**
 * Lets a sink have those captured records alone that a filter leaves, whole: labels and attributions are of a record, so that one of which only some rows
 * match cannot be read. The filter looks at metadata, and a record that matches by these is none of its columns; every line comes as text. What is outside of
 * the window is not asked.
 */
export function filteredLines(
  sink: RecordSink,
  { reading: { filter }, window, counts, defect }: LineRules,
): RecordSink {
  if (!filter) return sink;
  const verdictOf = lineVerdicts(filter, window);
  return {
    matched: () => false,
    text(line, place) {
      const verdict = verdictOf(line);
      if (verdict === 'read') sink.text(line, place);
      else if (verdict === 'left out') counts.filtered += 1;
      else defect(place, verdict.problem);
    },
  };
}

function lineVerdicts(filter: RecordFilter, window?: TimeWindow): (line: string) => Verdict {
  const matches = rowMatcher(filter);
  return (line) => {
    const record = parseJson(line);
    if (!isObject(record)) return 'read'; // whoever reads it says what is wrong with it
    const metadata = isObject(record.eventMetadata) ? record.eventMetadata : {};
    const time = capturedTime(metadata);
    if (Number.isNaN(time) || placeInTime(time, window) !== 'inside') return 'read';
    const isMatch = matches(eventOf(metadata));
    if (isMatch !== undefined) return isMatch ? 'read' : 'left out';
    const read = readParsedRecord(record, { filter: matches });
    if ('problem' in read) return read;
    return 'outsideWindow' in read ? 'read' : verdictOn(read);
  };
}

/** What becomes of a record, by what a filter left of its rows: it is one, with all of its rows or without any. */
export function verdictOn(read: CapturedRows): Verdict {
  const { filtered = 0, misfits: [misfit] = [] } = read;
  if (misfit) return { problem: misfit };
  const kept = 'csv' in read ? read.csv.length : read.json.length;
  if (filtered === 0) return 'read';
  return kept === 0
    ? 'left out'
    : malformed('row-count-mismatch', `the filter matches ${kept} of its rows, and leaves ${filtered} out`);
}
