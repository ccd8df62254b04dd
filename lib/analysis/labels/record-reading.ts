import type { RecordProblem } from '../reading/defects';
import type { RecordFilter } from '../reading/record-filter';
import type { RecordFormat } from '../reading/record-format';
import type { RecordTransformation } from '../reading/record-transformation';
import type { TimeWindow } from '../reading/time-window';
import type { LinePlace } from './record-files';
import type { TableForm } from './table-files';

/** Which captured records are read, and how, where that is not as clients sent them. */
export interface RecordReading {
  /** all where absent */
  readonly filter?: RecordFilter;
  /** how bodies become rows */
  readonly recordFormat?: RecordFormat;
  /** what is done to the rows, in this order */
  readonly transformations?: readonly RecordTransformation[];
  /** what transform jobs have read or written, in the place of captured records */
  readonly table?: TableForm;
}

/**
 * Whether rows have columns, those of the answer first, and all that is looked for is one of them, by its name or its place. Else it stands where the
 * analysis says, in bodies as they were captured.
 */
export const hasColumns = ({ recordFormat, transformations }: RecordReading): boolean =>
  recordFormat !== undefined || transformations !== undefined;

/** What counts the records that are not read. */
interface Counting {
  outsideWindow: number;
  filtered: number;
}

/** How captured lines are read, and what is told of those that are not. */
export interface LineRules {
  readonly reading: RecordReading;
  /** all times where absent */
  readonly window?: TimeWindow;
  readonly counts: Counting;
  readonly defect: (place: LinePlace, problem: RecordProblem) => void;
}
