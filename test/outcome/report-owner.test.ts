import { isReport, otherOwner } from '../../lib/outcome/report-owner';
import { leftBy } from './run';

const REPORT = leftBy({});
const OWN = { accountId: '111122223333', region: 'eu-west-1', monitorId: 'Stack/DataQuality' };

test.each(['Completed', 'Watch', 'CompletedWithViolations', 'NoData', 'LabelsMissing', 'Failed'] as const)(
  'what a run leaves that ended %s is a report',
  (status) => {
    expect(isReport(leftBy({}, { status }))).toBe(true);
  },
);

test('what a run leaves is a report, also without what was violated, as earlier versions left it', () => {
  expect(isReport(REPORT)).toBe(true);
  expect(isReport({ ...REPORT, violated: undefined })).toBe(true);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a number', 1],
  ['a list', []],
  ['no outcome', { ...REPORT, outcome: undefined }],
  ['another status', { ...REPORT, outcome: { ...REPORT.outcome, status: 'Done' } }],
  ['no monitor', { ...REPORT, outcome: { ...REPORT.outcome, monitorId: undefined } }],
  ['no place', { ...REPORT, outcome: { ...REPORT.outcome, reportUri: 1 } }],
  ['no list of what is published', { ...REPORT, published: 'event' }],
  ['no list of what was violated', { ...REPORT, violated: {} }],
  ['no list of violations', { ...REPORT, violated: undefined, outcome: { ...REPORT.outcome, violations: undefined } }],
])('%s is no report', (_, value) => {
  expect(isReport(value)).toBe(false);
});

test('a report is one’s own where all that it names is', () => {
  expect(otherOwner(REPORT, OWN)).toBeUndefined();
  const { accountId, region, ...former } = REPORT.outcome;
  expect(otherOwner({ ...REPORT, outcome: former }, OWN)).toBeUndefined();
});

test.each([[{ ...OWN, accountId: '1' }], [{ ...OWN, region: 'us-east-1' }], [{ ...OWN, monitorId: 'Stack/Other' }]])(
  'a report is somebody else’s for %j',
  (own) => {
    expect(otherOwner(REPORT, own)).toBe('monitor Stack/DataQuality of account 111122223333 in eu-west-1');
  },
);
