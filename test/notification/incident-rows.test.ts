import { endedFindings, incidentRows } from '../../lib/notification/incident-rows';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import type { IncidentChange, IncidentOutcome } from '../../lib/outcome/incident/contract';
import { leftBy } from '../outcome/run';

const SINCE = '2026-03-04T07:00:00.000Z';
const UNTIL = '2026-03-04T12:00:00.000Z';
const INCIDENT: IncidentOutcome = {
  ...{ id: SINCE, since: SINCE, until: UNTIL, windows: 5, quietWindows: 2, newCount: 3, findingCount: 7 },
  findings: [
    { feature: 'tenure', check: 'completeness_check' },
    { feature: 'age', check: 'data_type_check', variant: 'green' },
  ],
};
const FAILURES = { since: '2026-03-01T00:00:00.000Z', until: UNTIL, windows: 2 };

const of = (incidents: ExecutionCompletedDetail['incidents']) => leftBy({}, { incidents }).outcome;

test.each<[IncidentChange, string]>([
  ['Begun', `begun, since ${SINCE}`],
  ['Continues', `goes on; 7 findings in 5 windows, since ${SINCE}`],
  ['Grown', `grown by 3 findings to 7, since ${SINCE}`],
  ['Ended', `ended; 7 findings in 5 windows, from ${SINCE} to ${UNTIL}`],
  [
    'Accepted',
    `over, as all that is left of it is accepted, snoozed or paused; 7 findings in 5 windows, since ${SINCE}`,
  ],
  ['FoundLate', 'none; this window was judged after later ones, which do not have what it found'],
])('an incident, %s, is a row', (change, words) => {
  expect(incidentRows(of({ changes: [change], incident: INCIDENT }))).toEqual([`Incident:  ${words}`]);
});

test.each<[IncidentChange, string]>([
  ['FailuresBegun', 'begun with this run'],
  ['Continues', `2 runs failed, since ${FAILURES.since}`],
  ['FailuresEnded', `ended; 2 runs failed, from ${FAILURES.since} to ${UNTIL}`],
])('failures in a row, %s, are a row', (change, words) => {
  expect(incidentRows(of({ changes: [change], failures: FAILURES }))).toEqual([`Failures:  ${words}`]);
});

test('one is counted as one, and where nothing is open there is no row', () => {
  const [row] = incidentRows(of({ changes: ['Continues'], incident: { ...INCIDENT, findingCount: 1, windows: 1 } }));
  expect(row).toContain('1 finding in 1 window,');
  expect(incidentRows(of({ changes: ['Continues'], failures: { ...FAILURES, windows: 1 } }))[0]).toContain(
    '1 run failed',
  );
  expect(incidentRows(of(undefined))).toEqual([]);
});

describe('the message about an end', () => {
  test('names the findings, each with its variant, and counts those that the event does not have', () => {
    expect(endedFindings(of({ changes: ['Ended'], incident: INCIDENT }))).toEqual([
      'The last 2 windows with data violated none of:',
      '- tenure: completeness_check',
      '- variant green: age: data_type_check',
      '- and 5 more, in the reports',
    ]);
  });

  test('says that one window was enough, and counts nothing where all are named', () => {
    const incident = { ...INCIDENT, quietWindows: 1, findingCount: 2 };
    const [first, ...named] = endedFindings(of({ changes: ['Ended'], incident }));
    expect(first).toBe('The last window with data violated none of:');
    expect(named).toHaveLength(2);
  });

  test('is no other message', () => {
    expect(endedFindings(of({ changes: ['Grown'], incident: INCIDENT }))).toEqual([]);
    expect(endedFindings(of({ changes: ['Ended'] }))).toEqual([]);
  });
});
