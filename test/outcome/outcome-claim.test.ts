import { claimedMonitor, claimedReport, isOfOutcome } from '../../lib/outcome/outcome-claim';
import { claimOf, findings, REPORT_KEY, REPORTS } from './claims';
import { RUN } from './run';

const { outcome } = findings();
const PLACE = { bucket: 'out', prefix: 'reports' };

test('the monitor that an event names is looked for among those of its rule', () => {
  expect(claimedMonitor(claimOf(outcome))).toBe(REPORTS[0]);
  expect(claimedMonitor(claimOf({ ...outcome, monitorId: 'Stack/Elsewhere' }))).toBe(REPORTS[1]);
});

test.each([['Stack/Other'], [['Stack/DataQuality']], [undefined]])(
  '%j, which an event says in place of a name, is none of its rule',
  (monitorId) => {
    expect(claimedMonitor(claimOf({ ...outcome, monitorId }))).toBeUndefined();
  },
);

test('a rule of an earlier version names no monitor', () => {
  expect(claimedMonitor(claimOf(outcome, { reports: undefined }))).toBeUndefined();
});

test.each([
  ['the window', `s3://out/reports/${RUN.monitorId}/2026/03/04/09/`],
  [
    'a folder of the container, of which the report of the window is the truth',
    's3://out/a/endpoint/schedule/2026/03/04/09/',
  ],
  ['another bucket', 's3://theirs/reports/Stack/DataQuality/2026/03/04/09/'],
])(
  'the report is that at the key of the window in the place that is known, where the address names %s',
  (_, reportUri) => {
    expect(claimedReport({ ...outcome, reportUri }, PLACE)).toEqual({ bucket: 'out', key: REPORT_KEY });
  },
);

test('the report of a run that is due at a minute is that at its key', () => {
  const reportUri = 's3://out/reports/2026/03/04/09/15/';
  const key = 'reports/Stack/DataQuality/2026/03/04/09/15/report.json';
  expect(claimedReport({ ...outcome, reportUri }, PLACE)).toEqual({ bucket: 'out', key });
});

test('the report in a bucket of another account is asked for as one of its', () => {
  const bucketOwner = '444455556666';
  expect(claimedReport(outcome, { ...PLACE, bucketOwner })).toEqual({ bucket: 'out', bucketOwner, key: REPORT_KEY });
});

test.each([
  's3://out/reports/2026/03/04/09',
  's3://out/reports/2026/03/04/09/report.json',
  's3://out/reports/2026/03/04/',
  's3://out/reports/12026/03/04/09/',
  's3://out/reports/2026/03/04/091/',
  's3://out/reports/2026/03/04/09/15/30/',
  's3://out/reports/2026/03/04/09/../',
  's3://out/reports/2026/03/04/09/1./',
  's3://out/reports/2026/03/04/09/.5/',
  's3://out/reports/2026/03/../09/',
  's3://out/reports/2026/03/04/*/',
  's3://out/2026/03/04/09/\n',
  '',
  undefined,
])('%j names no window', (reportUri) => {
  expect(claimedReport({ ...outcome, reportUri: reportUri as string }, PLACE)).toBeUndefined();
});

test('an event is that of an outcome whatever else it says of it', () => {
  expect(isOfOutcome({ ...outcome, violationCount: 99, violations: [] }, outcome)).toBe(true);
});

test.each(['outcomeId', 'executionId', 'status', 'windowStart', 'windowEnd'])(
  'an event of another %s is that of another outcome',
  (member) => {
    expect(isOfOutcome({ ...outcome, [member]: 'other' }, outcome)).toBe(false);
    expect(isOfOutcome({ ...outcome, [member]: [outcome[member as 'status']] }, outcome)).toBe(false);
  },
);
