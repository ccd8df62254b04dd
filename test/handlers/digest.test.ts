import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { DOCUMENTATION_URL, DOCUMENTATION_VARIABLE } from '../../lib/core/contract';
import type { DigestRequest } from '../../lib/notification/contract';
import { digest } from '../../lib/notification/digest';
import { handler } from '../../lib/notification/digest.lambda';
import { consoleLink } from '../../lib/notification/message-links';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import { claimOf, FORGED, findings, REPORT_KEY, REPORTS } from '../outcome/claims';
import { awsError, S3Store } from './s3-store';

const sns = mockClient(SNSClient);
const s3 = new S3Store();
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => {
  sns.reset();
  s3.reset();
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
  watchedCount: 0,
  violations: [
    {
      feature: 'tenure',
      check: 'baseline_drift_check',
      description: 'Baseline drift distance: 0.28005025121887606 exceeds threshold: 0.1',
      observed: 0.28005025121887606,
      expected: 0.1,
      confirmed: true,
    },
  ],
  concerns: ['Drift'],
  evaluated: 'Whole',
  leftOut: [],
  leftOutCount: 0,
  health: 0,
  healthReasons: [],
  reportUri: 's3://out/reports/dq/2026/03/04/10/',
};

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:topic';
const request = (detail: unknown) => ({ topicArn: TOPIC, eventId: 'ev', region: 'eu-west-1', detail }) as DigestRequest;

test('a message about written data says what they are of', () => {
  const { endpointName, ...detail } = DETAIL;
  const { subject, body } = digest(
    { ...detail, dataName: 'lambda-churn' },
    { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL },
  );
  expect(subject).toContain(' of lambda-churn ');
  expect(body).toContain('\nInput:     lambda-churn\n');
});

test('the message says what, where, when, what was expected and seen, and what to do', () => {
  expect(digest(DETAIL, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL })).toEqual({
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
Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#drift
`,
  });
});

test.each([
  ['one is left, as 1', 2, '\n- and 1 more, in the report\n'],
  ['none is left, nothing', 1, undefined],
])(
  'of violations that the event does not carry, it counts those that are left: where %s',
  (_, violationCount, told) => {
    const { body } = digest(
      { ...DETAIL, violationCount },
      { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL },
    );
    expect(body.includes(' more, in the report')).toBe(told !== undefined);
    expect(body).toContain(told ?? 'saw a distance of 0.2801\n\nReport:');
  },
);

test('what a run did not see is told beside what it found', () => {
  const { body } = digest(
    {
      ...DETAIL,
      evaluated: 'Part',
      leftOut: [{ feature: 'income', check: 'all', reason: 'no record has a column of this name' }],
      leftOutCount: 3,
      health: 1,
      healthReasons: ['3 checks that the baseline asks for were not made'],
    },
    { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL },
  );
  expect(body).toContain(`
This run is not whole:
- 3 checks that the baseline asks for were not made
- income (all): no record has a column of this name
- and 2 more, in the report
`);
});

test('an event of an earlier version, which does not say how whole its run is, is told as before', () => {
  const { health, healthReasons, leftOut, leftOutCount, evaluated, concerns, ...earlier } = DETAIL;
  expect(
    digest(earlier as ExecutionCompletedDetail, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }),
  ).toEqual(digest(DETAIL, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }));
});

test('a failed run is told with its reason', () => {
  const failed = {
    ...DETAIL,
    status: 'Failed' as const,
    violationCount: 0,
    violations: [],
    failureReason: 'AccessDenied: no',
  };
  const { subject, body } = digest(failed, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  expect(subject).toBe('Monitoring of data quality failed for churn (Stack/Monitor)');
  expect(body).toContain('Reason: AccessDenied: no');
  expect(body).toMatch(/\nRunbook: \S+\/runbook\.md#failed\n$/);
});

test('a run with too few labels is told as one that judged nothing', () => {
  const missing = {
    ...DETAIL,
    monitorKind: 'ModelQuality' as const,
    status: 'LabelsMissing' as const,
    labelCoverage: 0.25,
    violationCount: 0,
    violations: [],
    health: 1 as const,
    healthReasons: ['150 predictions have no label (75%): too many for the others to be judged'],
  };
  const { subject, body } = digest(missing, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  expect(subject).toBe('Too few labels to judge model quality of churn (Stack/Monitor)');
  expect(body).toContain('Labels:    25% of the predictions have one');
  expect(body).toContain('Nothing was judged.\n\nThis run is not whole:\n- 150 predictions have no label');
  expect(body).toContain('What to do: see whether what collects labels ran');
  expect(body).toMatch(/\nRunbook: \S+\/runbook\.md#health\n$/);
});

test.each([
  [0.25, '25%'],
  [0.9999, '99.9%'],
  [0.00042, '0.042%'],
])('records of a sample with a share of %d of the bytes are told as such', (share, told) => {
  const sample = { share, bytes: share * 1e9, ofBytes: 1e9, objects: 12, ofObjects: 48 };
  const { body } = digest({ ...DETAIL, sample }, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  expect(body).toContain(`Records:   200 of a sample: 12 of 48 objects, with ${told} of the bytes`);
});

test('a revision for labels that came late says so', () => {
  const words = 'labels came late; this replaces what was told of the window, and starts no training';
  expect(
    digest({ ...DETAIL, lateLabels: true }, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }).body,
  ).toContain(words);
  expect(digest(DETAIL, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }).body).not.toContain(words);
});

test.each(['Größe\nStack/', 'x'.repeat(300), '☃'.repeat(120)])(
  'a subject is short, printable ASCII for the monitor %j',
  (monitorId) => {
    expect(
      digest({ ...DETAIL, monitorId }, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }).subject,
    ).toMatch(/^[\x20-\x7e]{1,99}$/);
  },
);

test.each([
  ['cn-north-1', 'https://console.amazonaws.cn/s3/buckets/b?region=cn-north-1&prefix=p/'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/s3/buckets/b?region=us-gov-west-1&prefix=p/'],
  ['us-iso-east-1', undefined],
])('the link to the console fits the partition of %s', (region, link) => {
  expect(consoleLink('s3://b/p/', region)).toBe(link);
});

test('the message goes to the topic', async () => {
  await handler(request(DETAIL));
  const { subject: Subject, body: Message } = digest(DETAIL, {
    region: 'eu-west-1',
    documentationUrl: DOCUMENTATION_URL,
  });
  expect(sns.commandCalls(PublishCommand)[0].args[0].input).toEqual({ TopicArn: TOPIC, Subject, Message });
});

test.each([
  [
    'the request says',
    { documentationUrl: 'https://wiki.example.com/a' },
    'https://wiki.example.com/a/runbook.md#drift',
  ],
  ['the environment says', {}, 'https://wiki.example.com/b/runbook.md#drift'],
])('the message links to the documents that %s', async (_, said, link) => {
  process.env[DOCUMENTATION_VARIABLE] = 'https://wiki.example.com/b';
  await handler({ ...request(DETAIL), ...said });
  delete process.env[DOCUMENTATION_VARIABLE];
  expect(sns.commandCalls(PublishCommand)[0].args[0].input.Message).toContain(`Runbook: ${link}\n`);
});

describe('where the rule says where reports lie', () => {
  const report = findings();
  const asked = (claimed: object = {}, others = {}) =>
    handler({ topicArn: TOPIC, eventId: 'ev', ...claimOf({ ...report.outcome, ...claimed }, others) });
  const messages = () => sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.Message);
  beforeEach(() => s3.set('out', REPORT_KEY, report));

  test('the message tells what the report says, whatever numbers the event has', async () => {
    const [violation] = DETAIL.violations;
    await asked({ violationCount: 99, violations: [violation], endpointName: 'theirs', failureReason: 'call me' });
    expect(messages()).toEqual([
      digest(report.outcome, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }).body,
    ]);
  });

  test('an event of the container’s folder, on Model Monitor, leads to the report of the window', async () => {
    const reportUri = 's3://out/reports/Stack/DataQuality/churn/schedule/2026/03/04/09/';
    s3.set('out', REPORT_KEY, findings({ reportUri }));
    await asked({ reportUri });
    expect(messages()).toEqual([expect.stringContaining(`Report: ${reportUri}\n`)]);
  });

  test.each([
    ['an outcome that another has replaced', { outcomeId: 'b'.repeat(32), status: 'Failed' }],
    ['a status that the run does not have', { status: 'Failed' }],
  ])('an event of %s is told to nobody, and the log says so', async (_, claimed) => {
    logged.mockClear();
    await asked(claimed);
    expect(messages()).toEqual([]);
    const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines).toMatchObject([{ decision: 'not sent', reason: 'AnotherOutcome', eventId: 'ev' }]);
  });

  const SPELL = { since: '2026-03-04T07:00:00.000Z', until: '2026-03-04T09:00:00.000Z', windows: 2 };
  const INCIDENT = { ...SPELL, id: SPELL.since, quietWindows: 0, findingCount: 1, newCount: 0, findings: [] };

  test.each([
    ['goes on with an incident', { incidents: { changes: ['Continues' as const], incident: INCIDENT } }],
    ['found nothing, and ends none', { status: 'Completed' as const }],
  ])('a run that %s is told to nobody, whatever its event claims, and the log says so', async (_, outcome) => {
    logged.mockClear();
    s3.set('out', REPORT_KEY, findings(outcome));
    await asked({ ...outcome, incidents: { changes: ['Ended'], incident: INCIDENT } });
    expect(messages()).toEqual([]);
    const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines).toMatchObject([{ decision: 'not sent', reason: 'NothingNew', eventId: 'ev' }]);
  });

  describe('what was done about it', () => {
    const TRIGGER = 'f'.repeat(16);
    const KEPT = `${REPORT_KEY.replace('report.json', '')}retraining-${TRIGGER}.message`;
    const decision = {
      version: '1',
      trigger: TRIGGER,
      pipelineName: 'retrain',
      decision: 'Started',
      executionArn: 'arn:x',
    };
    const { outcomeId } = report.outcome;
    const decided = (claimed: object = {}) =>
      asked({ decision: 'Started', isKept: true, trigger: TRIGGER, violations: undefined, ...claimed });
    const reasons = () => logged.mock.calls.map(([line]) => JSON.parse(String(line)).reason);
    beforeEach(() => {
      logged.mockClear();
      s3.set('out', KEPT, { ...decision, outcomeId });
    });

    test('is a message of its own, once, beside that of the run', async () => {
      await asked();
      await decided();
      await decided();
      expect(messages()).toEqual([
        expect.stringMatching(/^2 violations in data quality/),
        expect.stringMatching(/^Training started: 2 violations in data quality/),
      ]);
      expect(reasons()).toEqual([undefined, undefined, 'AlreadySent']);
    });

    test('is told as the trigger has kept it, whatever its event claims', async () => {
      s3.set('out', KEPT, {
        ...decision,
        outcomeId,
        decision: 'Declined',
        reason: 'CoolDown',
        executionArn: undefined,
      });
      await decided({ pipelineName: 'theirs', executionArn: 'arn:theirs' });
      expect(messages()).toEqual([expect.stringContaining('Training:  retrain was not started: the last one began')]);
    });

    test('is told where a training was started, and where none was only of what is told itself', async () => {
      s3.set('out', REPORT_KEY, findings({ incidents: { changes: ['Continues'], incident: INCIDENT } }));
      await decided();
      s3.set('out', KEPT, { ...decision, outcomeId, decision: 'Declined', reason: 'CoolDown' });
      await decided({ trigger: TRIGGER });
      expect(messages()).toHaveLength(1);
      expect(reasons()).toEqual([undefined, 'NothingNew']);
    });

    test('is not believed of an event alone', async () => {
      s3.set('out', KEPT, { ...decision, outcomeId: 'b'.repeat(32) });
      await decided();
      await asked({ decision: 'Started', isKept: true, trigger: TRIGGER, monitorId: 'Stack/Elsewhere' });
      await decided({ isKept: undefined });
      expect(reasons()).toEqual(['NotKept', 'NotKept', 'NotKept']);
      s3.objects.delete(`out/${KEPT}`);
      await expect(decided()).rejects.toThrow('ObjectNotFound');
      await expect(decided({ trigger: '../x' })).rejects.toThrow('MalformedEvent');
      expect(messages()).toEqual([]);
    });
  });

  test('a run that ends an incident is told', async () => {
    const outcome = { status: 'Completed' as const, incidents: { changes: ['Ended' as const], incident: INCIDENT } };
    s3.set('out', REPORT_KEY, findings(outcome));
    await asked(outcome);
    expect(messages()).toEqual([expect.stringMatching(/^Ended: 1 violation in data quality of churn\n/)]);
  });

  test.each(FORGED)('an event that claims %s sends nothing, and is heard of', async (_, claimed, others) => {
    await expect(asked(claimed, others)).rejects.toThrow(/^(OutcomeNotReported|MalformedEvent|ReportOfAnother): /);
    expect(messages()).toEqual([]);
  });

  test.each([
    ['is missing', () => s3.objects.clear(), `OutcomeNotReported: .* there is no report s3://out/${REPORT_KEY}: `],
    ['may not be read', () => s3.denied.set(`out/${REPORT_KEY}`, 'AccessDenied'), 'AccessDenied: no access to '],
    [
      'is another monitor’s',
      () => s3.set('out', REPORT_KEY, findings({ monitorId: 'Stack/Other' })),
      'ReportOfAnother: ',
    ],
    ['is none', () => s3.set('out', REPORT_KEY, '{'), 'MalformedJson: '],
  ])('a true event whose report %s is tried again, and then lies in the queue', async (_, spoil, message) => {
    spoil();
    await expect(asked()).rejects.toThrow(new RegExp(`^${message}`));
    expect(messages()).toEqual([]);
  });

  test('a report in a bucket of another account is read as theirs', async () => {
    s3.owners.set('out', '444455556666');
    const [place] = REPORTS;
    await asked({}, { reports: [{ ...place, bucketOwner: '444455556666' }] });
    expect(messages()).toHaveLength(1);
  });

  describe('an outcome that is told again', () => {
    const NOTE = `out/${REPORT_KEY.replace('report.json', '6b7bfc8b55ee0cf3.message')}`;
    const noted = () => JSON.parse(s3.objects.get(NOTE) ?? '{}');
    const decisions = () => logged.mock.calls.map(([line]) => JSON.parse(String(line)));
    beforeEach(() => {
      jest.useFakeTimers({ now: new Date('2026-03-04T10:30:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
      logged.mockClear();
    });
    afterEach(() => jest.useRealTimers());

    test('is no message more, which the log says', async () => {
      await asked();
      await asked();
      expect(messages()).toHaveLength(1);
      expect(noted()).toMatchObject({ about: report.outcome.outcomeId, messageId: 'm' });
      expect(decisions()).toMatchObject([{ decision: 'sent' }, { decision: 'not sent', reason: 'AlreadySent' }]);
    });

    test('is one to another topic', async () => {
      await asked();
      await asked({}, { topicArn: `${TOPIC}2` });
      expect(sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.TopicArn)).toEqual([TOPIC, `${TOPIC}2`]);
    });

    test('is one where another outcome has come in its place', async () => {
      await asked();
      const other = findings({ outcomeId: 'b'.repeat(32) });
      s3.set('out', REPORT_KEY, other);
      await asked(other.outcome);
      expect(messages()).toHaveLength(2);
      expect(noted()).toMatchObject({ about: other.outcome.outcomeId, messageId: 'm' });
    });

    test('waits while somebody else is sending it, and is sent by the next who asks when he may have ended', async () => {
      s3.set('out', NOTE.slice('out/'.length), { about: report.outcome.outcomeId, token: 'theirs', begun: Date.now() });
      jest.advanceTimersByTime(44_999);
      await expect(asked()).rejects.toThrow('MessageUnderWay: ');
      expect(messages()).toEqual([]);
      jest.advanceTimersByTime(1);
      await asked();
      expect(messages()).toHaveLength(1);
    });

    test('is sent where a note cannot be read as one', async () => {
      for (const text of ['{', 'null', '{"about":1}']) {
        s3.set('out', NOTE.slice('out/'.length), text);
        await asked();
      }
      expect(messages()).toHaveLength(3);
    });

    test('is sent again where notes may not be written, as in a bucket of another account, and the log says so', async () => {
      s3.denied.set(NOTE, 'AccessDenied');
      await asked();
      await asked();
      expect(messages()).toHaveLength(2);
      expect(decisions()).toContainEqual(expect.objectContaining({ decision: 'not noted', note: `s3://${NOTE}` }));
    });

    test('is tried again where S3 is unwell before, and not after', async () => {
      s3.denied.set(NOTE, 'InternalError');
      await expect(asked()).rejects.toThrow('ObjectNotServed');
      expect(messages()).toEqual([]);
      s3.denied.clear();
      sns.on(PublishCommand).callsFake(() => {
        s3.denied.set(NOTE, 'InternalError');
        return { MessageId: 'm' };
      });
      await asked();
      expect(messages()).toHaveLength(1);
      expect(decisions()).toContainEqual(expect.objectContaining({ decision: 'not noted', messageId: 'm' }));
    });

    test('has its note written again where S3 could not tell who was first', async () => {
      let writes = 0;
      s3.client.on(PutObjectCommand).callsFake((input) => {
        writes += 1;
        if (writes === 2) throw awsError('ConditionalRequestConflict');
        return s3.put(input);
      });
      await asked();
      expect(noted()).toMatchObject({ messageId: 'm' });
    });

    test('is sent at once where the note of that was written, and the answer lost', async () => {
      let writes = 0;
      s3.client.on(PutObjectCommand).callsFake((input) => {
        const answer = s3.put(input);
        writes += 1;
        if (writes === 1) throw awsError('PreconditionFailed'); // as the client's own retry is answered
        return answer;
      });
      await asked();
      expect(messages()).toHaveLength(1);
      expect(noted()).toMatchObject({ messageId: 'm' });
    });

    test('leaves the note of who has taken it over', async () => {
      const theirs = { about: report.outcome.outcomeId, token: 'theirs', begun: Date.now() };
      sns.on(PublishCommand).callsFake(() => {
        s3.set('out', NOTE.slice('out/'.length), theirs);
        return { MessageId: 'm' };
      });
      await asked();
      expect(noted()).toEqual(theirs);
    });
  });

  test('an event of a monitor of which the rule does not know it is believed', async () => {
    await asked({ monitorId: 'Stack/Elsewhere', violationCount: 7 });
    expect(messages()).toEqual([expect.stringMatching(/^7 violations in data quality of churn/)]);
    expect(s3.client.calls()).toHaveLength(0);
  });
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

test('what was seen and is not confirmed yet stands apart, after what counts', () => {
  const [counted] = DETAIL.violations;
  const watched = { ...counted, feature: 'age', confirmed: false };
  const detail = { ...DETAIL, violationCount: 1, watchedCount: 3, violations: [counted, watched] };
  const { subject, body } = digest(detail, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  expect(subject).toBe('1 violation in data quality of churn (Stack/Monitor)');
  expect(body).toContain(
    "- tenure: expected a distribution within 0.1 of the baseline's, saw a distance of 0.2801\nSeen, but not confirmed by other windows yet:\n- age: ",
  );
  expect(body).toContain('- and 2 more, in the report');
});

test('an event of an earlier version, which confirmed every violation, is told whole', () => {
  const [{ confirmed, ...violation }] = DETAIL.violations;
  const { watchedCount, ...detail } = { ...DETAIL, violationCount: 1, violations: [violation] };
  const { body } = digest(detail as unknown as ExecutionCompletedDetail, {
    region: 'eu-west-1',
    documentationUrl: DOCUMENTATION_URL,
  });
  expect(confirmed).toBe(true);
  expect(watchedCount).toBe(0);
  expect(body).toContain('- tenure: ');
  expect(body).not.toContain('not confirmed');
});

test('a message names the variant of what was found, and says what came of each', () => {
  const [violation] = DETAIL.violations;
  const counts = { recordCount: 100, violationCount: 0, watchedCount: 0 };
  const variants = [
    { variant: 'blue', status: 'Analysed' as const, ...counts },
    { variant: 'green', status: 'Analysed' as const, ...counts, recordCount: 1, violationCount: 3 },
    { variant: 'grey', status: 'NoData' as const, ...counts, recordCount: 0 },
  ];
  const comparison = { reference: 'blue', candidate: 'green', driftedCount: 2, notCompared: [] };
  const told = { ...DETAIL, variants, comparison, violations: [{ ...violation, variant: 'green' }] };
  const { body } = digest(told, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  expect(body).toContain('- variant green: tenure');
  expect(body).toContain('Variants:  blue (100 records), green (1 record, 3 violations), grey (NoData)');
  expect(body).toContain('Compared:  green with blue: 2 columns apart');
});

describe('a test of two variants', () => {
  const comparison = { reference: 'blue', candidate: 'green', notCompared: [], evidence: { test: 'k1', metrics: [] } };
  const report = { ...findings(), comparison, due: '2026-03-04T09:00:00.000Z', times: { everyHours: 1 } };
  const kept = (hour: string, windows: number, test = 'k1') =>
    s3.set('out', REPORT_KEY.replace('/09/report.json', `/${hour}/variant-test.json`), {
      ...{ version: '1', test, since: 'then', until: `2026-03-04T${hour}:00:00.000Z`, windows, done: [] },
      metrics: [{ metric: 'accuracy', difference: { value: 0, low: -1, high: 1 }, sums: {} }],
    });
  const told = async (message: DigestRequest['message'] = { hasTests: true }) => {
    await handler({ ...claimOf(report.outcome), topicArn: TOPIC, eventId: 'ev', message } as DigestRequest);
    const [{ args }] = sns.commandCalls(PublishCommand);
    return /^Test: +(.*)$/m.exec(args[0].input.Message ?? '')?.[1];
  };
  beforeEach(() => s3.set('out', REPORT_KEY, report));

  test.each<[string, readonly [string, number][], string]>([
    ['with the window, where that is counted', [['08', 4] as [string, number], ['09', 5]], 'after 5 windows'],
    ['with the window before, where it is not counted yet', [['08', 4]], 'after 4 windows'],
  ])('is told as far as it is %s', async (_, windows, words) => {
    for (const [hour, count] of windows) kept(hour, count);
    expect(await told()).toContain(words);
  });

  test('is not told where nothing is kept', async () => {
    expect(await told()).toBeUndefined();
  });

  test('is not told of what another one has kept', async () => {
    kept('09', 5, 'k0');
    expect(await told()).toBeUndefined();
  });

  test('is not looked for where the rule does not say that there is one', async () => {
    kept('09', 5);
    expect(await told({})).toBeUndefined();
  });
});
