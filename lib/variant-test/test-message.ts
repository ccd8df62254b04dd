import type { Digest } from '../notification/message-format';
import { plain } from '../notification/plain-text';
import { subjectText } from '../notification/subject-text';
import type { FigureInterval } from '../outcome/comparison/contract';
import type { TestEndedDetail, TestedMetric, TestOutcome } from './contract';
import { type NextSettings, nextSteps } from './test-next';

/** What a test has come to, of the candidate. */
const OUTCOMES: { readonly [outcome in TestOutcome]: string } = {
  Better: 'better than',
  Worse: 'worse than',
  NoDifference: 'no different, by what matters, from',
  Undecided: 'neither known to be better nor to be worse than',
};

/** The message about the end of a test: what it came to, of how much, what was done, and the commands with which people go on. */
export function testMessage(detail: TestEndedDetail, settings: NextSettings): Digest {
  const { test, reference, candidate, outcome, since, until, windows, metrics, monitorId, reportUri } = detail;
  const endpoint = detail.endpointName ?? 'data without an endpoint';
  const said = `${candidate} is ${OUTCOMES[outcome]} ${reference}`;
  const lines = [
    `${said}: the test ${plain(test)} of the endpoint ${plain(endpoint)} has ended.`,
    '',
    `Counted:   ${windows} ${windows === 1 ? 'window' : 'windows'}, ${since} to ${until}`,
    ...metrics.map(metricLine),
    ...requestLines(detail),
    `Monitor:   ${plain(monitorId)}`,
    `Report:    ${reportUri}`,
    '',
    ...nextSteps(detail, settings),
  ];
  return { subject: subjectText(`${said} (${endpoint})`), body: `${lines.join('\n')}\n` };
}

function metricLine({ metric, difference }: TestedMetric): string {
  const { unit = '', of = 'candidate less reference' } = TOLD[metric] ?? {};
  const told = difference ? `${interval(difference)}${unit}, ${of}` : 'too little is known to say';
  return `${`${metric}:`.padEnd(10)} ${told}`;
}

/** What the number of a metric is, where it is no plain difference. */
const TOLD: { readonly [metric: string]: { readonly unit?: string; readonly of?: string } } = {
  modelLatency: { unit: ' ms' },
  disagreement: { of: 'between answers to the same requests' },
};

/** Of a shadow variant, how many of its answers met the one that was given. */
function requestLines({ sameRequests, reference, candidate }: TestEndedDetail): string[] {
  if (!sameRequests) return [];
  const { shared, agreeing, meanDistance } = sameRequests;
  const rows = `${sameRequests.reference} rows of ${reference} and ${sameRequests.candidate} of ${candidate}`;
  if (shared === 0)
    return [`Answers:   of ${rows} none are of the same request, by their identifiers: call with an InferenceId`];
  const unmet = `${sameRequests.reference - shared} and ${sameRequests.candidate - shared} met none`;
  const agree = agreeing === undefined ? '' : `, ${agreeing} with the same answer`;
  const apart = meanDistance === undefined ? '' : `, ${short(meanDistance)} apart in the mean`;
  return [`Answers:   of ${rows} ${shared} are of the same requests${agree}${apart}; ${unmet}`];
}

const interval = ({ value, low, high }: FigureInterval) =>
  `${value > 0 ? '+' : ''}${short(value)} (${short(low)} to ${short(high)})`;

const short = (value: number) => String(Number(value.toPrecision(3)));
