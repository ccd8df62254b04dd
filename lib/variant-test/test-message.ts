import type { Digest } from '../notification/message-format';
import { plain } from '../notification/plain-text';
import { subjectText } from '../notification/subject-text';
import { interval, short } from '../notification/test-sentence';
import { METRIC_WORDS, OUTCOME_WORDS, type TestedMetric } from '../outcome/tested/contract';
import type { TestEndedDetail } from './contract';
import { type NextSettings, nextSteps } from './test-next';

/** The message about the end of a test: what it came to, of how much, what was done, and the commands with which people go on. */
export function testMessage(detail: TestEndedDetail, settings: NextSettings): Digest {
  const { test, reference, candidate, outcome, since, until, windows, metrics, monitorId, reportUri } = detail;
  const endpoint = detail.endpointName ?? 'data without an endpoint';
  const said = `${candidate} is ${OUTCOME_WORDS[outcome]} ${reference}`;
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
  const { unit = '', of = 'candidate less reference' } = METRIC_WORDS[metric] ?? {};
  const told = difference ? `${interval(difference)}${unit}, ${of}` : 'too little is known to say';
  return `${`${metric}:`.padEnd(10)} ${told}`;
}

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
