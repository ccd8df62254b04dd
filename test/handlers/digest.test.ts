import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import type { DigestRequest } from '../../lib/notification/contract';
import { consoleLink, digest } from '../../lib/notification/digest';
import { handler } from '../../lib/notification/digest.lambda';
import { violationSentence } from '../../lib/notification/violation-sentence';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import { awsError } from './s3-store';

const sns = mockClient(SNSClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => {
  sns.reset();
  sns.on(PublishCommand).resolves({ MessageId: 'm' });
});
afterAll(() => logged.mockRestore());

const DETAIL: ExecutionCompletedDetail = {
  version: '1',
  executionId: 'e1',
  monitorId: 'Stack/Monitor',
  monitorKind: 'DataQuality',
  endpointName: 'churn',
  engine: 'serverless',
  status: 'CompletedWithViolations',
  windowStart: '2026-03-04T09:00:00.000Z',
  windowEnd: '2026-03-04T10:00:00.000Z',
  recordCount: 200,
  violationCount: 3,
  violations: [
    {
      feature: 'tenure',
      check: 'baseline_drift_check',
      description: 'Baseline drift distance: 0.28005025121887606 exceeds threshold: 0.1',
    },
  ],
  reportUri: 's3://out/reports/dq/2026/03/04/10/',
};

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:topic';
const request = (detail: unknown) => ({ topicArn: TOPIC, eventId: 'ev', region: 'eu-west-1', detail }) as DigestRequest;

test('the message says what, where, when, what was expected and seen, and what to do', () => {
  expect(digest(DETAIL, 'eu-west-1')).toEqual({
    subject: '3 violations in data quality of churn (Stack/Monitor)',
    body: `3 violations in data quality of churn

Monitor:   Stack/Monitor (DataQuality, engine serverless)
Endpoint:  churn
Window:    2026-03-04T09:00:00.000Z to 2026-03-04T10:00:00.000Z
Status:    CompletedWithViolations
Records:   200

- tenure: expected a distribution within 0.1 of the baseline's, saw a distance of 0.2801
- and 2 more, in the report

Report: s3://out/reports/dq/2026/03/04/10/
Console: https://eu-west-1.console.aws.amazon.com/s3/buckets/out?region=eu-west-1&prefix=reports/dq/2026/03/04/10/

What to do: look at the features above in constraint_violations.json and statistics.json of the report.
If the data has rightly changed, make a new baseline or override its constraints; if not, look for the change at its source,
or retrain the model on newer data.
`,
  });
});

test.each([
  ['one is left, as 1', 2, '\n- and 1 more, in the report\n'],
  ['none is left, nothing', 1, undefined],
])(
  'of violations that the event does not carry, it counts those that are left: where %s',
  (_, violationCount, told) => {
    const { body } = digest({ ...DETAIL, violationCount }, 'eu-west-1');
    expect(body.includes(' more, in the report')).toBe(told !== undefined);
    expect(body).toContain(told ?? 'saw a distance of 0.2801\n\nReport:');
  },
);

test('a failed run is told with its reason', () => {
  const failed = {
    ...DETAIL,
    status: 'Failed' as const,
    violationCount: 0,
    violations: [],
    failureReason: 'AccessDenied: no',
  };
  const { subject, body } = digest(failed, 'eu-west-1');
  expect(subject).toBe('Monitoring of data quality failed for churn (Stack/Monitor)');
  expect(body).toContain('Reason: AccessDenied: no');
});

test.each(['Größe\nStack/', 'x'.repeat(300), '☃'.repeat(120)])(
  'a subject is short, printable ASCII for the monitor %j',
  (monitorId) => {
    expect(digest({ ...DETAIL, monitorId }, 'eu-west-1').subject).toMatch(/^[\x20-\x7e]{1,99}$/);
  },
);

test.each([
  [
    'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 99.64592817400101% of data is Integral.',
    'f: expected 100% of the values to be of type Integral, saw 99.65%',
  ],
  [
    'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 99.99999% of data is Integral.',
    'f: expected 100% of the values to be of type Integral, saw 99.99999%',
  ],
  [
    'Data completeness requirement is not met. Expected: 100.0%. Observed: Only 97.84946236559139%.',
    'f: expected 100% of the values to be present, saw 97.85%',
  ],
  [
    'Numerical distance: 0.5 exceeds numerical threshold: 0.1',
    "f: expected a distribution within 0.1 of the baseline's, saw a distance of 0.5",
  ],
  [
    'Categorical value match requirement is not met. Expected match: 100.0%. Observed: 50.0% of the values match the known values.',
    "f: expected 100% of the values to be among the baseline's, saw 50%",
  ],
  [
    'There are extra columns in current dataset. Number of columns in current dataset: 23, Number of columns in baseline constraints: 22',
    'Extra columns: expected 22 columns, saw 23',
  ],
  [
    'There are missing columns in current dataset. Number of columns in current dataset: 69, Number of columns in baseline constraints: 70',
    'Missing columns: expected 70 columns, saw 69',
  ],
  [
    "Metric auc with 0.5056490090464711 +/- 0.0031109808156736616 was LessThanThreshold '0.8914483367677364'",
    'auc: expected at least 0.8914, saw 0.5056',
  ],
  ["Metric mae with 39.32 was GreaterThanThreshold '38.29'", 'mae: expected at most 38.29, saw 39.32'],
  [
    "Metric value Infinity doesn't meet the baseline constraint requirement 0.28176563733194276",
    "f: expected a value no farther from 0 than the baseline's 0.2818, saw Infinity",
  ],
  [
    'Feature attribution drift 0.860173572903856 exceeds threshold 0.9',
    "f: expected an order of features that scores at least 0.9 against the baseline's, saw 0.8602",
  ],
  ['Something else', 'f: check, Something else'],
])('%j reads as a sentence', (description, sentence) => {
  expect(violationSentence({ feature: 'f', check: 'check', description })).toBe(sentence);
});

test.each([
  ['cn-north-1', 'https://console.amazonaws.cn/s3/buckets/b?region=cn-north-1&prefix=p/'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/s3/buckets/b?region=us-gov-west-1&prefix=p/'],
  ['us-iso-east-1', undefined],
])('the link to the console fits the partition of %s', (region, link) => {
  expect(consoleLink('s3://b/p/', region)).toBe(link);
});

test('the message goes to the topic', async () => {
  await handler(request(DETAIL));
  const { subject: Subject, body: Message } = digest(DETAIL, 'eu-west-1');
  expect(sns.commandCalls(PublishCommand)[0].args[0].input).toEqual({ TopicArn: TOPIC, Subject, Message });
});

test('fails for a retry when the topic refuses', async () => {
  sns.on(PublishCommand).rejects(awsError('AuthorizationErrorException'));
  await expect(handler(request(DETAIL))).rejects.toThrow('AuthorizationErrorException');
});

test.each([undefined, {}, { ...DETAIL, version: '2' }, { ...DETAIL, violations: 'none' }])(
  'fails on an event that is not ours: %j',
  async (detail) => {
    await expect(handler(request(detail))).rejects.toThrow('MalformedEvent');
    expect(sns.calls()).toHaveLength(0);
  },
);

test.each(['topicArn', 'region'])('fails on a request without %s', async (member) => {
  await expect(handler({ ...request(DETAIL), [member]: undefined } as DigestRequest)).rejects.toThrow('MalformedEvent');
});
