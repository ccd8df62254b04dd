import * as fc from 'fast-check';
import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { digest } from '../../lib/notification/digest';
import { plain } from '../../lib/notification/plain-text';
import type { ExecutionCompletedDetail, ExecutionStatus } from '../../lib/outcome/contract';

/** What mail clients make links of, written without a look at how it is prevented. */
const LINKS = [
  /[a-z][a-z0-9+.-]*:\/\//i,
  /\b(mailto|tel|sms|javascript|data):\S/i,
  /[^\s[\]]+[.\u3002\uff0e\uff61]\p{L}{2,}/u,
];

/** What would be a second line, or turn or hide what stands beside it. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const PARTS = [
  'tenure',
  '\n',
  '\r\n',
  '\u2028',
  '\u0085',
  '\u202e',
  '\u200b',
  '\ud800',
  '\u0000',
  '\t',
  ' ',
  '.',
  '..',
  '...',
  ':',
  '//',
  '/',
  '@',
  '[',
  ']',
  'https://evil.example',
  'HTTPS://EVIL.example/a?b=c#d',
  'www.evil.example',
  'evil.example',
  'me@evil.example',
  'mailto:me',
  'evil\u3002example',
  'b\u00fccher.example',
  'Reason: ',
  'Runbook: ',
  '- age: expected',
  'javascript:alert',
  'a.b',
  '0.5',
  '\ud83d\ude00',
]; // prettier-ignore

const hostile = fc.oneof(
  fc.array(fc.constantFrom(...PARTS), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 700 }),
);

function detailOf(texts: readonly string[], status: ExecutionStatus): ExecutionCompletedDetail {
  const [feature, check, description, expectedType, reason, healthReason, failureReason, endpointName, monitorId] =
    texts;
  return {
    version: '1',
    executionId: 'e1',
    monitorId,
    monitorKind: 'DataQuality',
    endpointName,
    engine: 'serverless',
    status,
    windowStart: '2026-03-04T09:00:00.000Z',
    windowEnd: '2026-03-04T10:00:00.000Z',
    recordCount: 200,
    violationCount: 2,
    watchedCount: 0,
    violations: [
      { feature, check, description, confirmed: true },
      { feature, check: 'data_type_check', description, observed: 0.5, expected: 1, expectedType, confirmed: true },
    ],
    concerns: ['Form'],
    evaluated: 'Part',
    leftOut: [{ feature, check, reason }],
    leftOutCount: 1,
    health: 1,
    healthReasons: [healthReason],
    reportUri: 's3://out/reports/2026/03/04/10/',
    failureReason,
  };
}

const HARMLESS = Array.from({ length: 9 }, () => 'x');

/** Without the addresses of the report and of the documents, which are the library's own. */
function withoutOwn(body: string): string {
  return body
    .replace(/^Console: https:\/\/eu-west-1\.console\.aws\.amazon\.com\/s3\/buckets\/out\?\S*$/m, '')
    .replace(/^Report: s3:\/\/out\/reports\/2026\/03\/04\/10\/$/m, '')
    .replace(`Runbook: ${DOCUMENTATION_URL}/runbook.md#`, '')
    .replace('constraint_violations.json and statistics.json', '');
}

/** An incident of one finding that such a run ends. */
function ended([feature, check]: readonly string[]): Partial<ExecutionCompletedDetail> {
  const spell = {
    since: '2026-03-04T07:00:00.000Z',
    until: '2026-03-04T08:00:00.000Z',
    windows: 1,
    isOver: true as const,
  };
  const counts = { id: spell.since, quietWindows: 2, findingCount: 2, newCount: 0 };
  const incident = { ...spell, ...counts, findings: [{ feature, check, variant: feature }] };
  return { incidents: { changes: ['Ended'], incident }, violations: [], violationCount: 0 };
}

test.each<[string, ExecutionStatus, typeof ended]>([
  ['has violations', 'CompletedWithViolations', () => ({})],
  ['failed', 'Failed', () => ({})],
  ['ends an incident', 'Completed', ended],
])(
  'a message about a run that %s has the same lines, and no link but its own, whatever names and reasons say',
  (_, status, others) => {
    const told = (texts: readonly string[]) => ({ ...detailOf(texts, status), ...others(texts) });
    const expected = digest(told(HARMLESS), { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }).body.split(
      '\n',
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 9, maxLength: 9 }), (texts) => {
        const { body, subject } = digest(told(texts), { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
        const lines = body.split('\n');
        expect(lines).toHaveLength(expected.length);
        expect(lines.filter((line) => UNPRINTABLE.test(line))).toEqual([]);
        for (const link of LINKS) expect(withoutOwn(body)).not.toMatch(link);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(2500);
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/);
      }),
      { numRuns: 400, seed: 20261129 },
    );
  },
);

test.each([
  ['tenure', 'tenure'],
  ['', ''],
  ['größe 0.5', 'größe 0.5'],
  ['a\r\nb', 'a\\u{d}\\u{a}b'],
  ['a\u202eb', 'a\\u{202e}b'],
  ['see https://evil.example/a', 'see https[:]//evil[.]example/a'],
  ['me@evil.example', 'me@evil[.]example'],
  ['mailto:me', 'mailto[:]me'],
  ['customer.age', 'customer[.]age'],
  ['a:b', 'a:b'],
  ['a.b', 'a.b'],
  ['it is. So it was', 'it is. So it was'],
  ['evil.e\u0301', 'evil[.]e\u0301'],
])('of %j stays %j', (text, shown) => {
  expect(plain(text)).toBe(shown);
});

test('an event that has null where a text should be is told', () => {
  const detail = { ...detailOf(HARMLESS, 'CompletedWithViolations'), failureReason: null as unknown as string };
  expect(digest(detail, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL }).body).toContain('- x: x, x');
});

test('of findings, a message tells the first five', () => {
  const detail = detailOf(HARMLESS, 'CompletedWithViolations');
  const [one] = detail.violations;
  const many = { ...detail, violations: Array.from({ length: 21 }, () => one), violationCount: 21 };
  const { body } = digest(many, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  expect(body.match(/^- x: x, x$/gm)).toHaveLength(5);
  expect(body).toContain('- and 16 more, in the report');
});

test.each([
  's3://out/https://evil.example/',
  's3://out/\nReason: none',
  'https://evil.example/',
  's3://out/www.evil.example/',
])('the report is no link where its place is none: %j', (reportUri) => {
  const { body } = digest(
    { ...detailOf(HARMLESS, 'Failed'), reportUri },
    { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL },
  );
  expect(body).toContain(`\n\nReport: ${plain(reportUri)}\n\nWhat to do`);
  expect(body).not.toContain('Console:');
});

test('is cut behind 500 characters, none of which is halved', () => {
  expect(plain('x'.repeat(500))).toBe('x'.repeat(500));
  expect(plain('x'.repeat(501))).toBe(`${'x'.repeat(497)}...`);
  expect(plain('\ud83d\ude00'.repeat(501))).toBe(`${'\ud83d\ude00'.repeat(497)}...`);
});
