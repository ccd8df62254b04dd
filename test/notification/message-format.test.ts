import fc from 'fast-check';
import { digest } from '../../lib/notification/digest';
import type { MessageContext } from '../../lib/notification/message-links';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import type { IncidentChange } from '../../lib/outcome/incident/contract';
import { nastyText, SEED } from '../fixtures/nasty-text';
import { leftBy } from '../outcome/run';

const WHERE: MessageContext = { region: 'eu-west-1', documentationUrl: 'https://docs.example.com' };
const SPELL = { since: '2026-03-04T07:00:00.000Z', until: '2026-03-04T08:00:00.000Z', windows: 1 };
const INCIDENT = {
  ...SPELL,
  id: '2026-03-04T07:30:00.000Z',
  quietWindows: 0,
  findingCount: 2,
  newCount: 2,
  findings: [],
};

function begun(texts: readonly string[] = ['tenure', 'd', 'churn', 'r'], change: IncidentChange = 'Begun') {
  const [feature, description, endpointName, reason] = texts;
  const found = { feature, check: 'own_check', description, confirmed: true };
  const said = { kind: 'Accepted', id: 'i', until: SPELL.until, by: description, reason } as const;
  const detail: Partial<ExecutionCompletedDetail> = {
    ...{
      status: 'CompletedWithViolations',
      violationCount: 2,
      violations: [found, found, { ...found, confirmed: false, accepted: said }],
      acceptedCount: 1,
      endpointName,
      recordCount: 200,
    },
    ...{ incidents: { changes: [change], incident: INCIDENT, failures: SPELL }, outcomeId: 'a'.repeat(32) },
    ...{ health: 1, healthReasons: [reason], reportUri: 's3://out/reports/Stack/Monitor/2026/03/04/09/' },
  };
  return leftBy({}, detail).outcome;
}

const bodyOf = (format: 'Json' | 'AmazonQ', detail = begun(), context = WHERE) =>
  JSON.parse(digest(detail, { ...context, format }).body);

test('a message for programs has the words of the mail, its addresses and the outcome', () => {
  const { body, subject } = digest(begun(), WHERE);
  const { outcome, ...others } = bodyOf('Json');
  expect(others).toEqual({
    ...{ version: '1', news: 'Begun', thread: 'Stack/DataQuality 2026-03-04T07:30:00.000Z', subject, text: body },
    links: {
      report: 's3://out/reports/Stack/Monitor/2026/03/04/09/',
      console: expect.stringContaining('https://eu-west-1.console.aws.amazon.com/s3/buckets/out?'),
      runbook: 'https://docs.example.com/runbook.md#drift',
    },
  });
  expect(outcome).toMatchObject({ monitorId: 'Stack/DataQuality', violationCount: 2, outcomeId: 'a'.repeat(32) });
});

test('a message for a chat is a custom notification', () => {
  expect(bodyOf('AmazonQ')).toEqual({
    ...{ version: '1.0', source: 'custom', id: 'a'.repeat(32) },
    content: {
      textType: 'client-markdown',
      title: '2 violations in data quality of churn',
      description: expect.stringMatching(
        /^```\nMonitor: {3}Stack\/DataQuality [^`]*\n- tenure: own_check, d\n[^`]*\n```\nReport: s3:\S+\nConsole: https:\S+\nRunbook: \S+$/,
      ),
      nextSteps: [expect.stringMatching(/^look at the features above/), expect.any(String), expect.any(String)],
      keywords: ['Stack/DataQuality', 'DataQuality', 'Begun'],
    },
    metadata: {
      threadId: 'Stack/DataQuality 2026-03-04T07:30:00.000Z',
      summary: '2 violations in data quality of churn, since 2026-03-04 07:00 UTC (Stack/DataQuality)',
      enableCustomActions: true,
    },
  });
});

test.each<[IncidentChange | undefined, string]>([
  ['Grown', ' 2026-03-04T07:30:00.000Z'],
  ['Ended', ' 2026-03-04T07:30:00.000Z'],
  ['FailuresBegun', ' failures 2026-03-04T07:00:00.000Z'],
  ['FailuresEnded', ' failures 2026-03-04T07:00:00.000Z'],
])('the messages about one incident are one thread: %s', (change, thread) => {
  expect(bodyOf('AmazonQ', begun(undefined, change)).metadata.threadId).toBe(`Stack/DataQuality${thread}`);
});

test('a run that knows of no incident has a thread of its own', () => {
  const { incidents, ...detail } = begun();
  expect(incidents).toBeDefined();
  expect(bodyOf('Json', detail).thread).toBe(`Stack/DataQuality ${detail.windowStart}`);
});

test('links lead to the page of the run and to a dashboard, by way of where an organization signs in', () => {
  const settings = {
    hasPages: true,
    dashboardName: 'models',
    consoleSignIn: 'https://sso.example.com/#/console?destination=',
  };
  const console = 'https://eu-west-1.console.aws.amazon.com';
  const page = `${console}/s3/object/out?region=eu-west-1&prefix=reports/Stack/Monitor/2026/03/04/09/report.html`;
  const dashboard = `${console}/cloudwatch/home?region=eu-west-1#dashboards/dashboard/models`;
  const own = digest(begun(), { ...WHERE, ...settings, consoleSignIn: undefined }).body;
  expect(own).toContain(`\nPage: ${page}\nDashboard: ${dashboard}\n\nWhat to do: `);
  const { links } = bodyOf('Json', begun(), { ...WHERE, ...settings });
  expect(links.page).toBe(`https://sso.example.com/#/console?destination=${encodeURIComponent(page)}`);
  expect(links.dashboard).toBe(`https://sso.example.com/#/console?destination=${encodeURIComponent(dashboard)}`);
  expect(links.runbook).toBe('https://docs.example.com/runbook.md#drift');
  expect(digest(begun(), { ...WHERE, ...settings, region: 'us-iso-east-1' }).body).not.toMatch(
    /^(Console|Page|Dashboard): /m,
  );
});

test(`10,000 drawn names, values and reasons leave a chat one block, no mention and no link but its own, seed ${SEED}`, () => {
  const OWN = /(?:Console|Runbook): https:\/\/\S+/g;
  fc.assert(
    fc.property(fc.array(nastyText, { minLength: 4, maxLength: 4 }), (texts) => {
      const { content, metadata } = bodyOf('AmazonQ', begun(texts));
      const words = [content.title, ...content.nextSteps, ...content.keywords, metadata.summary];
      expect(content.description.split('```')).toHaveLength(3);
      expect(content.description.replace(OWN, '')).not.toMatch(/[<>@]|https?:|(?!\n)\p{C}/u);
      for (const text of words) expect(text).not.toMatch(/[<>@*_~|[\]`\\]|https?:|\p{C}/u);
      expect(bodyOf('Json', begun(texts)).text).toBe(digest(begun(texts), WHERE).body);
    }),
    { numRuns: 2500, seed: SEED },
  );
});

test('a chat takes no more than so many characters of each part, and no half of one', () => {
  const long = '\ud83d\ude00'.repeat(2000);
  const detail = { ...begun([long, long, long, long]), monitorId: long };
  const many = {
    ...detail,
    violations: Array.from({ length: 5 }, () => detail.violations[0]),
    healthReasons: Array.from({ length: 20 }, () => long),
  };
  const { content } = bodyOf('AmazonQ', many);
  expect(content.title.length).toBeLessThanOrEqual(250);
  expect(content.description.length).toBeLessThanOrEqual(8000);
  expect(content.description).toMatch(/\.\.\.\n```\nReport: /);
  for (const step of content.nextSteps) expect(step.length).toBeLessThanOrEqual(350);
  for (const word of content.keywords) expect(word.length).toBeLessThanOrEqual(75);
  for (const text of [content.title, content.description, ...content.keywords]) expect(text).not.toMatch(/\p{Cs}/u);
});
