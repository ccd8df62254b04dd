import {
  BiasRowReader,
  type ColumnRecord,
  columnPredictions,
  columnReader,
  hasColumns,
  readPredictions,
} from '../analysis';
import type { Account } from '../cloud/account/account';
import type { MonitorRequest } from '../engine/serverless/contract';
import { hourPath } from '../outcome/contract';

/** A line of captured data, and what should have been predicted; undefined where nobody says. */
export interface LabelledLine {
  readonly line: string;
  readonly label?: string;
}

/** A row of a transform job, and what should have been predicted; undefined where nobody says. */
export interface LabelledRow {
  readonly record: ColumnRecord;
  readonly label?: string;
}

/** A monitor's run that compares predictions with labels. */
type LabelledRequest = MonitorRequest & Required<Pick<MonitorRequest, 'labels'>>;

/** Those monitors that compare predictions with labels. */
export function labelledRequests(requests: readonly MonitorRequest[]): LabelledRequest[] {
  return requests.filter((request): request is LabelledRequest => request.labels !== undefined);
}

/** What is known of the labels of an hour. */
interface HourOfLabels {
  readonly records: readonly (LabelledLine | LabelledRow)[];
  /** lines of ground truth; made of the records where absent */
  readonly given?: readonly string[];
  readonly start: number;
  /** when they come */
  readonly arrival: number;
}

/**
 * Plans the delivery of the labels of an hour's records to each place where a monitor looks for them, below the hour of the records. Where nobody says what
 * should have been predicted, the label is what was.
 */
export function planLabels(
  account: Account,
  requests: readonly MonitorRequest[],
  { records, given, start, arrival }: HourOfLabels,
): void {
  for (const request of labelledRequests(requests)) {
    const { bucket, prefix } = request.labels.place;
    const predicted = predictionReader(request);
    const body = (given ?? records.flatMap((each) => labelLine(each, predicted))).join('\n');
    account.objects.createBucket(bucket);
    account.simulation.at(arrival, () => {
      account.objects.put({ bucket, key: `${prefix}/${hourPath(new Date(start))}/labels.jsonl` }, `${body}\n`);
    });
  }
}

/** Who a record is, and what the model said of each of its rows; undefined where that cannot be read. */
type Answers = { readonly id: string; readonly predicted: readonly (string | number)[] } | undefined;

type PredictionReader = (record: LabelledLine | LabelledRow) => Answers;

/** What a monitor's analysis takes for predictions. */
function predictionReader(request: MonitorRequest): PredictionReader {
  const { recordFormat, transformations } = request;
  const columnsOf = columnReader({ recordFormat, transformations });
  const areColumns = hasColumns({ recordFormat, transformations });
  const ofColumns = columnAnswers(request);
  const ofBody = bodyAnswers(request);
  return (each) => {
    if ('record' in each) return ofColumns(each.record);
    if (!areColumns) return ofBody(each.line);
    const record = columnsOf(each.line);
    return 'rows' in record ? ofColumns(record) : undefined;
  };
}

/** In a record whose rows have columns. */
function columnAnswers({ problem, groups }: MonitorRequest): (record: ColumnRecord) => Answers {
  const reader = groups && groupReader(groups);
  return (record) => {
    if (reader) return groupAnswers(record.id, reader.columns(record));
    const predictions = problem && columnPredictions(problem, record.rows);
    return Array.isArray(predictions) ? answersOf({ id: record.id, predictions }) : undefined;
  };
}

/** In the body of a captured line. */
function bodyAnswers({ problem, groups }: MonitorRequest): (line: string) => Answers {
  const reader = groups && groupReader(groups);
  return (line) => {
    const read = reader?.read(line);
    if (read) return 'id' in read ? groupAnswers(read.id, read) : undefined;
    const found = problem && readPredictions(problem, line);
    return found && answersOf(found);
  };
}

function groupReader({ question, ...places }: Required<MonitorRequest>['groups']): BiasRowReader {
  return new BiasRowReader({ ...places, columns: [], label: question.label });
}

const groupAnswers = (id: string, read: ReturnType<BiasRowReader['columns']>): Answers =>
  'rows' in read ? { id, predicted: read.rows.map(([predicted]) => predicted) } : undefined;

const answersOf = ({ id, predictions }: NonNullable<ReturnType<typeof readPredictions>>): Answers => ({
  id,
  predicted: predictions.map(({ predicted }) => predicted),
});

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html */
function labelLine(record: LabelledLine | LabelledRow, readRecord: PredictionReader): string[] {
  const read = readRecord(record);
  if (!read) return [];
  const data = record.label ?? read.predicted.join('\n');
  return [
    JSON.stringify({
      groundTruthData: { data, encoding: 'CSV' },
      eventMetadata: { eventId: read.id },
      eventVersion: '0',
    }),
  ];
}
