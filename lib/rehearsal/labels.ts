import { BiasRowReader, readPredictions } from '../analysis';
import type { Account } from '../cloud/account/account';
import type { MonitorRequest } from '../engine/serverless/contract';
import { hourPath } from '../outcome/contract';

/** A line of captured data, and what should have been predicted; undefined where nobody says. */
export interface LabelledLine {
  readonly line: string;
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
  readonly lines: readonly LabelledLine[];
  /** lines of ground truth; made of the captured lines where absent */
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
  { lines, given, start, arrival }: HourOfLabels,
): void {
  for (const request of labelledRequests(requests)) {
    const { bucket, prefix } = request.labels.place;
    const predicted = predictionReader(request);
    const body = (given ?? lines.flatMap((each) => labelLine(each, predicted))).join('\n');
    account.objects.createBucket(bucket);
    account.simulation.at(arrival, () => {
      account.objects.put({ bucket, key: `${prefix}/${hourPath(new Date(start))}/labels.jsonl` }, `${body}\n`);
    });
  }
}

/** Who a captured line is, and what the model said of each of its rows; undefined where that cannot be read. */
type PredictionReader = (
  line: string,
) => { readonly id: string; readonly predicted: readonly (string | number)[] } | undefined;

/** What a monitor's analysis takes for predictions. */
function predictionReader({ problem, groups }: MonitorRequest): PredictionReader {
  if (groups) {
    const { question, ...places } = groups;
    const reader = new BiasRowReader({ ...places, columns: [], label: question.label });
    return (line) => {
      const read = reader.read(line);
      return 'rows' in read ? { id: read.id, predicted: read.rows.map(([predicted]) => predicted) } : undefined;
    };
  }
  return (line) => {
    const read = problem && readPredictions(problem, line);
    return read && { id: read.id, predicted: read.predictions.map(({ predicted }) => predicted) };
  };
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html */
function labelLine({ line, label }: LabelledLine, readLine: PredictionReader): string[] {
  const read = readLine(line);
  if (!read) return [];
  const data = label ?? read.predicted.join('\n');
  return [
    JSON.stringify({
      groundTruthData: { data, encoding: 'CSV' },
      eventMetadata: { eventId: read.id },
      eventVersion: '0',
    }),
  ];
}
