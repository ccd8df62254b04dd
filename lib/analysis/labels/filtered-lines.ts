import { readCapturedRecord } from '../reading/capture-record';
import type { RecordProblem } from '../reading/defects';
import { eventOf, type RecordFilter, rowMatcher } from '../reading/record-filter';
import { placeInTime, type TimeWindow } from '../reading/time-window';
import { capturedTime } from './captured-request';
import { isObject, malformed, parseJson } from './json-record';
import type { RecordSink } from './record-files';

/** What becomes of a captured line: it is read, left out, or why that cannot be said. */
type Verdict = 'read' | 'left out' | { readonly problem: RecordProblem };

/** What counts the records that were left out. */
interface Counting {
  filtered: number;
}

/** Which lines are read, and what is told of others. */
export interface LineRules {
  /** all where absent */
  readonly filter?: RecordFilter;
  readonly window?: TimeWindow;
  readonly counts: Counting;
  /** told of lines of which the filter cannot say whether they are read */
  readonly defect: (place: Parameters<RecordSink['text']>[1], problem: RecordProblem) => void;
}

/**
 * Lets a sink have those captured records alone that a filter leaves, whole: labels and attributions are of a record, so that one of which only some rows
 * match cannot be read. The filter looks at metadata, and a record that matches by these is none of its columns; every line comes as text. What is outside of
 * the window is not asked.
 */
export function filteredLines(sink: RecordSink, { filter, window, counts, defect }: LineRules): RecordSink {
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
    return rowsVerdict(readCapturedRecord(line, { filter: matches }));
  };
}

/** Of a record whose columns the filter looks at. */
function rowsVerdict(read: ReturnType<typeof readCapturedRecord>): Verdict {
  if ('problem' in read) return read;
  if ('outsideWindow' in read) return 'read';
  const { filtered = 0 } = read;
  const kept = 'csv' in read ? read.csv.length : read.json.length;
  if (filtered === 0) return 'read';
  return kept === 0
    ? 'left out'
    : malformed('row-count-mismatch', `the filter matches ${kept} of its rows, and leaves ${filtered} out`);
}
