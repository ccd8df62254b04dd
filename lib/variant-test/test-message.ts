import type { Digest } from '../notification/message-format';
import { plain } from '../notification/plain-text';
import { subjectText } from '../notification/subject-text';
import type { FigureInterval } from '../outcome/comparison/contract';
import type { TestEndedDetail, TestedMetric, TestOutcome, Traffic } from './contract';

/** What a test has come to, of the candidate. */
const OUTCOMES: { readonly [outcome in TestOutcome]: string } = {
  Better: 'better than',
  Worse: 'worse than',
  NoDifference: 'no different, by what matters, from',
  Undecided: 'neither known to be better nor to be worse than',
};

const TRAFFIC: { readonly [traffic in Traffic]: (candidate: string) => string } = {
  TakenBack: (candidate) =>
    `${candidate} gets no more requests. The next update of the endpoint gives the weights of the code: take ${candidate} out of it, or set its initialVariantWeight to 0.`,
  NotYet: (candidate) =>
    `${candidate} still gets requests: the endpoint is not in service. It is tried again; if that fails too, the alarm Undelivered tells.`,
  AsItWas: () => 'Nothing was changed.',
};

/** The message about the end of a test: what it came to, of how much, what was done, and the commands with which people go on. */
export function testMessage(detail: TestEndedDetail): Digest {
  const { test, reference, candidate, outcome, since, until, windows, metrics, monitorId, reportUri } = detail;
  const endpoint = detail.endpointName ?? 'data without an endpoint';
  const said = `${candidate} is ${OUTCOMES[outcome]} ${reference}`;
  const lines = [
    `${said}: the test ${plain(test)} of the endpoint ${plain(endpoint)} has ended.`,
    '',
    `Counted:   ${windows} ${windows === 1 ? 'window' : 'windows'}, ${since} to ${until}`,
    ...metrics.map(metricLine),
    `Monitor:   ${plain(monitorId)}`,
    `Report:    ${reportUri}`,
    '',
    TRAFFIC[detail.traffic](candidate),
    ...next(detail),
  ];
  return { subject: subjectText(`${said} (${endpoint})`), body: `${lines.join('\n')}\n` };
}

function metricLine({ metric, difference }: TestedMetric): string {
  const told = difference ? `${interval(difference)}, candidate less reference` : 'too few rows to say';
  return `${`${metric}:`.padEnd(10)} ${told}`;
}

const interval = ({ value, low, high }: FigureInterval) =>
  `${value > 0 ? '+' : ''}${short(value)} (${short(low)} to ${short(high)})`;

const short = (value: number) => String(Number(value.toPrecision(3)));

/** How people go on: more requests for one that is better, none for one that is worse and still has some. */
function next({ outcome, traffic, endpointName, reference, candidate }: TestEndedDetail): string[] {
  if (endpointName === undefined) return [];
  const command = (weights: readonly (readonly [string, number])[]) =>
    `aws sagemaker update-endpoint-weights-and-capacities --endpoint-name ${endpointName} --desired-weights-and-capacities ${weights.map(([name, weight]) => `VariantName=${name},DesiredWeight=${weight}`).join(' ')}`;
  if (outcome === 'Better')
    return [
      `To step up, half of the requests for each of the two, and then all for ${candidate}:`,
      command([
        [candidate, 1],
        [reference, 1],
      ]),
      command([
        [candidate, 1],
        [reference, 0],
      ]),
      'The next update of the endpoint gives the weights of the code: change them there as well.',
    ];
  if (outcome !== 'Worse' || traffic === 'TakenBack') return [];
  return [
    `To give all requests to ${reference}:`,
    command([
      [reference, 1],
      [candidate, 0],
    ]),
  ];
}
