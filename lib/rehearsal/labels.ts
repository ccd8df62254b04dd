import { readPredictions } from '../analysis';
import type { Account } from '../cloud/account/account';
import type { MonitorRequest } from '../engine/serverless/contract';
import { hourPath } from '../outcome/contract';

/** A line of captured data, and what should have been predicted; undefined where nobody says. */
export interface LabelledLine {
  readonly line: string;
  readonly label?: string;
}

/** A monitor's run that compares predictions with labels. */
type LabelledRequest = MonitorRequest & Required<Pick<MonitorRequest, 'labels' | 'problem'>>;

/** Those monitors that compare predictions with labels. */
export function labelledRequests(requests: readonly MonitorRequest[]): LabelledRequest[] {
  return requests.filter((request): request is LabelledRequest => Boolean(request.labels && request.problem));
}

/**
 * Plans the delivery of the labels of an hour's records to each place where a monitor looks for them, at the end of the hour. Where nobody says what should
 * have been predicted, the label is what was.
 */
export function planLabels(
  account: Account,
  requests: readonly MonitorRequest[],
  { lines, start, end }: { readonly lines: readonly LabelledLine[]; readonly start: number; readonly end: number },
): void {
  for (const { labels, problem } of labelledRequests(requests)) {
    const { bucket, prefix } = labels.place;
    const body = lines.flatMap((each) => labelLine(each, problem)).join('\n');
    account.objects.createBucket(bucket);
    account.simulation.at(end, () => {
      account.objects.put({ bucket, key: `${prefix}/${hourPath(new Date(start))}/labels.jsonl` }, `${body}\n`);
    });
  }
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html */
function labelLine({ line, label }: LabelledLine, problem: LabelledRequest['problem']): string[] {
  const read = readPredictions(problem, line);
  if (!read) return [];
  const data = label ?? read.predictions.map(({ predicted }) => predicted).join('\n');
  return [
    JSON.stringify({
      groundTruthData: { data, encoding: 'CSV' },
      eventMetadata: { eventId: read.id },
      eventVersion: '0',
    }),
  ];
}
