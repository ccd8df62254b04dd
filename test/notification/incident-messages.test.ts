import { DOCUMENTATION_URL } from '../../lib/core/contract';
import { executionConclusion } from '../../lib/engine/reconciler/monitoring-execution';
import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { KINDS } from '../../lib/kind/kinds';
import { digest } from '../../lib/notification/digest';
import { isTold, newsOf } from '../../lib/notification/headline';
import type { EventViolation, ExecutionReport } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { incidentsAfter } from '../../lib/outcome/incident/incidents';
import { REPORT_FILES } from '../handlers/report-files';
import { RUN } from '../outcome/run';

// What people get while something begins, grows and ends, for each kind of monitor: read a snapshot from its top.

const KIND_NAMES = Object.keys(KINDS) as MonitorKindName[];

/** What a window came to: findings, or why none were sought. */
type Told = readonly EventViolation[] | 'Failed' | 'NoData';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 4, hour));

/** The report of the window that begins at an hour, with the reports before, or after it, in mind. */
function reportOf(
  kind: MonitorKindName,
  told: Told,
  hour: number,
  around: { before?: ExecutionReport; after?: ExecutionReport },
): ExecutionReport {
  const window = { start: at(hour), end: at(hour + 1) };
  const times = { start: window.start.toISOString(), end: window.end.toISOString() };
  const status = typeof told === 'string' ? told : 'Analysed';
  const violations = typeof told === 'string' ? [] : told;
  const incidents = incidentsAfter({ kind, status, violations, ...times, earlier: [], windowsToEnd: 2, ...around });
  const prefix = `reports/Stack/${kind}/2026/03/04/${String(hour + 1).padStart(2, '0')}`;
  const run = { ...RUN, monitorId: `Stack/${kind}`, monitorKind: kind, window, folder: { bucket: 'out', prefix } };
  const failureReason = status === 'Failed' ? 'AccessDenied: no access to s3://out/baseline/' : undefined;
  const recordCount = status === 'Analysed' ? 317 : 0;
  return executionReport(run, { status, violations, incidents, failureReason, recordCount }, at(hour + 1));
}

/** Reports of windows in a row. */
function story(kind: MonitorKindName, windows: readonly Told[]): ExecutionReport[] {
  const reports: ExecutionReport[] = [];
  for (const [hour, told] of windows.entries()) reports.push(reportOf(kind, told, hour, { before: reports.at(-1) }));
  return reports;
}

/** What a container finds of a kind. */
function violationsOf(kind: MonitorKindName): EventViolation[] {
  const { measured, violations: content } = REPORT_FILES[kind];
  const file = (json: object) => ({ uri: 's3://out/file', isThere: true, content: json });
  const monitor = {
    ...{ id: `Stack/${kind}`, kind, engine: 'model-monitor' as const, everyHours: 1, startHour: 0, graceMinutes: 110 },
    ...{ output: { bucket: 'out', prefix: 'p' }, monitoringScheduleName: 's', scheduleIdentity: '2026' },
  };
  const execution = { scheduledTime: at(1), status: 'CompletedWithViolations' };
  const files = { measured: file(measured), violations: file(content) };
  const { violations = [] } = executionConclusion({ monitor, execution, files });
  return violations.map((violation) => ({ ...violation, confirmed: true }));
}

const messageOf = ({ outcome }: ExecutionReport) => {
  const { subject, body } = digest(outcome, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
  return `Subject: ${subject}\n\n${body}`;
};

describe.each(KIND_NAMES)('of a monitor of %s', (kind) => {
  const [first, ...others] = violationsOf(kind);
  const windows: Told[] = [[], [first], [first, ...others], [first], 'NoData', [], [], 'Failed', 'Failed', []];
  const reports = story(kind, windows);
  const told = reports.filter(({ outcome }) => isTold(outcome));

  test('each change is one message, and a window that changes nothing none', () => {
    const grown = others.length > 0 ? ['Grown'] : [];
    const news = ['Begun', ...grown, 'Ended', 'FailuresBegun', 'FailuresEnded'];
    expect(told.map(({ outcome }) => newsOf(outcome))).toEqual(news);
  });

  test('the messages read so', () => {
    const late = reportOf(kind, [first], 0, { after: reports[9] });
    expect([...told, late].map(messageOf).join('\n----------\n\n')).toMatchSnapshot();
  });
});

describe('of findings that people accepted', () => {
  const accepted = (kind: 'Accepted' | 'Snoozed' | 'Paused') => (violation: EventViolation) => ({
    ...violation,
    confirmed: false,
    accepted: {
      ...{ kind, id: 'i', until: '2026-03-11T00:00:00.000Z', reason: 'the campaign of spring' },
      by: 'arn:aws:sts::111122223333:assumed-role/OnCall/ann',
    },
  });
  const [first, second, ...others] = violationsOf('DataQuality');

  test.each(['Accepted', 'Snoozed', 'Paused'] as const)('the message about what is %s reads so', (kind) => {
    const quiet = [first, second].map(accepted(kind));
    const [, over, after] = story('DataQuality', [[first, second], quiet, quiet]);
    expect([newsOf(over.outcome), isTold(after.outcome)]).toEqual(['Accepted', false]);
    expect(messageOf(over)).toMatchSnapshot();
  });

  test('a message about a run that a pause keeps quiet, or that somebody started, says until when, by whom and why', () => {
    const [{ outcome }] = story('DataQuality', ['Failed']);
    const words = { by: 'arn:aws:sts::111122223333:assumed-role/OnCall/ann', reason: 'the feature store moves' };
    const paused = { ...words, kind: 'Paused', id: 'p', until: '2026-03-11T00:00:00.000Z' } as const;
    const startedBy = { ...words, reason: 'an outage', at: '2026-03-11T00:00:00.000Z' };
    const { body } = digest({ ...outcome, paused, startedBy }, { region: 'eu-west-1', documentationUrl: 'https://d' });
    expect(body).toContain(`\nPaused:    until ${paused.until} by ${words.by}: the feature store moves\n`);
    expect(body).toContain(`\nStarted:   by ${words.by}: an outage\n`);
  });

  test('a message about others says what is found and does not count', () => {
    const [report] = story('DataQuality', [[...others, accepted('Accepted')(first)]]);
    expect(messageOf(report)).toContain(`Found, but not counted, as people said:\n- ${first.feature}`);
    expect(messageOf(report)).toContain(
      '  accepted until 2026-03-11T00:00:00.000Z by arn:aws:sts::111122223333:assumed-role/OnCall/ann: the campaign of spring',
    );
  });
});

/** Numbers from 0 to below 1, the same ones for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const finding = (feature: string, confirmed: boolean): EventViolation => ({
  ...{ feature, check: 'baseline_drift_check', description: 'd', observed: 0.5, expected: 0.1, confirmed },
});

function drawn(seed: number): Told[] {
  const next = numbers(seed);
  const found = () => [...'abcdefgh'].flatMap((feature) => (next() < 0.25 ? [finding(feature, next() < 0.7)] : []));
  return Array.from({ length: 20 }, () => (next() < 0.15 ? 'Failed' : next() < 0.4 ? [] : found()));
}

const confirmedIn = (told: Told) =>
  typeof told === 'string' ? [] : told.filter(({ confirmed }) => confirmed).map(({ feature }) => feature);

const figure = (text: string, pattern: RegExp) => {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

test('every number of an incident in a message is what the windows themselves come to (seeds 1 to 60)', () => {
  let compared = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const windows = drawn(seed);
    let begun = 0;
    for (const [hour, report] of story('DataQuality', windows).entries()) {
      const news = newsOf(report.outcome);
      if (news === 'Begun') begun = hour;
      if (news !== 'Begun' && news !== 'Grown' && news !== 'Ended') continue;
      compared += 1;
      const own = windows.slice(begun, hour + 1).map(confirmedIn);
      const all = new Set(own.flat()).size;
      const { subject, body } = digest(report.outcome, { region: 'eu-west-1', documentationUrl: DOCUMENTATION_URL });
      expect(subject).toContain(`, since 2026-03-04 ${String(begun).padStart(2, '0')}:00 UTC`);
      expect(figure(subject, /(\d+) violations? in/)).toBe(all);
      const now = own.at(-1)?.length ?? 0;
      const listed = body.match(/^- \w: expected/gm)?.length ?? 0;
      if (news === 'Ended') {
        expect(figure(body, /^Incident: {2}ended; (\d+) finding/m)).toBe(all);
        expect(figure(body, /^Incident: .* in (\d+) window/m)).toBe(own.filter(({ length }) => length > 0).length);
        expect(body.match(/^- \w: baseline_drift_check$/gm)).toHaveLength(Math.min(all, 5));
      } else {
        expect(figure(body, /^- and (\d+) more, in the report$/m) ?? 0).toBe(Math.max(0, now - 5));
        expect(listed).toBeGreaterThanOrEqual(Math.min(now, 5));
      }
      if (news === 'Grown') expect(figure(body, /^Incident: {2}grown by \d+ findings? to (\d+), /m)).toBe(all);
    }
  }
  expect(compared).toBeGreaterThan(200);
});
