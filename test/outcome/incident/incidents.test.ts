import type { EventViolation } from '../../../lib/outcome/contract';
import type { MonitorIncidents } from '../../../lib/outcome/incident/contract';
import {
  incidentsAfter,
  incidentsOutcome,
  type JudgedWindow,
  type ReportBefore,
} from '../../../lib/outcome/incident/incidents';
import { leftBy } from '../run';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 4, hour)).toISOString();

const drift = (feature: string, confirmed = true, variant?: string): EventViolation => ({
  ...{ feature, variant, check: 'baseline_drift_check', description: 'd', confirmed },
});
const missing = (feature: string): EventViolation => ({ ...drift(feature), check: 'missing_column_check' });

const A = { feature: 'a', check: 'baseline_drift_check' };
const B = { feature: 'b', check: 'baseline_drift_check' };

/** One window after another: what each violated, or how it ended without analysis. */
type Told = readonly EventViolation[] | 'NoData' | 'LabelsMissing' | 'Failed';

function windowOf(told: Told, hour: number, others: Partial<JudgedWindow> = {}): JudgedWindow {
  const end =
    typeof told === 'string' ? { status: told, violations: [] } : { status: 'Analysed' as const, violations: told };
  const times = { start: at(hour), end: at(hour + 1) };
  return { kind: 'DataQuality', ...end, ...times, earlier: [], windowsToEnd: 2, ...others };
}

/** A report with these incidents. */
const reportOf = (incidents: MonitorIncidents | undefined): ReportBefore => leftBy({}, {}, { incidents });

/** What each of a row of windows makes of the incidents. */
function reports(...windows: Told[]): (MonitorIncidents | undefined)[] {
  let before: ReportBefore | undefined;
  return windows.map((told, hour) => {
    const incidents = incidentsAfter(windowOf(told, hour, { before }));
    before = reportOf(incidents);
    return incidents;
  });
}

const changes = (...windows: Told[]) => reports(...windows).map((incidents) => incidents?.changes.join(', ') ?? '-');

describe('an incident', () => {
  test('is none where nothing is confirmed', () => {
    expect(reports([], [drift('a', false)], 'NoData', 'LabelsMissing')).toEqual(Array(4).fill(undefined));
  });

  test('begins with the first confirmed finding, and is named by its window', () => {
    expect(reports([], [drift('a'), drift('b', false)])[1]).toEqual({
      changes: ['Begun'],
      incident: {
        ...{ id: at(1), since: at(1), until: at(2), windows: 1, quietWindows: 0 },
        ...{ findings: [A], toldCount: 1, newCount: 1 },
      },
    });
  });

  test('is there since the first window that had one of its findings', () => {
    const earlier = [
      { start: at(7), violated: [B] },
      { start: at(6), violated: [B, A] },
      { start: at(5), violated: [{ ...A, variant: 'green' }] },
    ];
    expect(incidentsAfter(windowOf([drift('a')], 8, { earlier }))?.incident).toMatchObject({ id: at(8), since: at(6) });
  });

  test('goes on without a word while its findings are violated, confirmed or not', () => {
    expect(changes([drift('a')], [drift('a')], [drift('a', false)])).toEqual(['Begun', 'Continues', 'Continues']);
    const [, second, last] = reports([drift('a')], [drift('a')], [drift('a', false)]);
    expect(second?.incident).toMatchObject({ windows: 2, until: at(2) });
    expect(last?.incident).toMatchObject({ windows: 2, until: at(3), quietWindows: 0, newCount: 0 });
  });

  test('ends when as many windows in a row as confirm a finding violate none of its own', () => {
    expect(changes([drift('a')], [], [drift('b', false)], [])).toEqual(['Begun', 'Continues', 'Ended', '-']);
    const [, , ended] = reports([drift('a')], [], []);
    expect(ended?.incident).toMatchObject({ isOver: true, until: at(1), windows: 1, quietWindows: 2, findings: [A] });
    expect(changes([drift('a')], [], [drift('a', false)], [], [])).toEqual([
      'Begun',
      'Continues',
      'Continues',
      'Continues',
      'Ended',
    ]);
    const soon = { windowsToEnd: 1, before: reportOf(reports([drift('a')])[0]) };
    expect(incidentsAfter(windowOf([], 1, soon))?.changes).toEqual(['Ended']);
  });

  describe('of which something is accepted', () => {
    const accepted = (feature: string): EventViolation => ({
      ...drift(feature, false),
      accepted: { kind: 'Accepted', id: 'i', until: at(9), by: 'ann', reason: 'r' },
    });

    test('is over when all that a window still has of it is', () => {
      const [, over, next] = reports([drift('a'), drift('b')], [accepted('a'), drift('c', false)], [accepted('a')]);
      expect(over).toMatchObject({
        changes: ['Accepted'],
        incident: { isOver: true, id: at(0), until: at(2), windows: 1, quietWindows: 0, newCount: 0, findings: [A, B] },
      });
      expect(next).toBeUndefined();
    });

    test('goes on while something else of it is found, confirmed or not', () => {
      expect(changes([drift('a'), drift('b')], [accepted('a'), drift('b', false)])).toEqual(['Begun', 'Continues']);
    });

    test('begins anew with what is found after that, and not by what is accepted', () => {
      expect(changes([accepted('a')], [accepted('a'), drift('b')], [accepted('a'), drift('b')])).toEqual([
        ...['-', 'Begun', 'Continues'],
      ]);
      expect(changes([drift('a')], [accepted('a')], [drift('a')])).toEqual(['Begun', 'Accepted', 'Begun']);
    });

    test('ends as any other where none of it is found, whatever else is accepted', () => {
      expect(changes([drift('a')], [accepted('b')], [accepted('b')])).toEqual(['Begun', 'Continues', 'Ended']);
    });
  });

  test('is another one when it comes back after its end', () => {
    const [, , , again] = reports([drift('a')], [], [], [drift('a')]);
    expect(again).toMatchObject({ changes: ['Begun'], incident: { id: at(3), since: at(3), windows: 1 } });
  });

  test.each(['NoData', 'LabelsMissing', 'Failed'] as const)(
    'neither ends nor grows in a window that is %s',
    (status) => {
      const [, quiet, then, ended] = reports([drift('a')], [], status, []);
      expect(then?.incident).toEqual(quiet?.incident);
      expect(ended?.changes).toContain('Ended');
    },
  );

  test('grows when there are twice as many findings as were told, or one of another concern', () => {
    const found = reports(
      [drift('a'), drift('b')],
      [drift('c')],
      [drift('c'), drift('d')],
      [missing('e')],
      [drift('f')],
    );
    expect(found.map((incidents) => incidents?.changes)).toEqual([
      ['Begun'],
      ['Continues'],
      ['Grown'],
      ['Grown'],
      ['Continues'],
    ]);
    expect(found.map((incidents) => [incidents?.incident?.toldCount, incidents?.incident?.newCount])).toEqual([
      [2, 2],
      [2, 0],
      [4, 2],
      [5, 1],
      [5, 0],
    ]);
    expect(found[4]?.incident?.findings.map(({ feature }) => feature)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  test('grows by what is confirmed of another variant, and lasts as long as that is seen', () => {
    expect(changes([drift('a', true, 'blue')], [drift('a', true, 'green')], [drift('a', false, 'green')])).toEqual([
      'Begun',
      'Grown',
      'Continues',
    ]);
  });

  test('lasts while only what came later is found', () => {
    expect(changes([drift('a'), drift('b')], [drift('c')], [drift('c', false)], [], [])).toEqual([
      'Begun',
      'Continues',
      'Continues',
      'Continues',
      'Ended',
    ]);
  });

  test('of a report of an earlier version, which told each window, is open since its window', () => {
    const outcome = { status: 'CompletedWithViolations' as const, violations: [drift('a'), drift('b', false)] };
    const { confirmed, ...old } = drift('c'); // yet earlier ones confirmed all
    const before = leftBy({}, { ...outcome, violations: [...outcome.violations, old as EventViolation] });
    const { windowStart: since, windowEnd: until } = before.outcome;
    const known = { id: since, since, until, windows: 1, quietWindows: 1, toldCount: 2, newCount: 0 };
    const findings = [A, { ...A, feature: 'c' }];
    expect(confirmed).toBe(true);
    expect(incidentsAfter(windowOf([drift('b', false)], 9, { before }))).toEqual({
      changes: ['Continues'],
      incident: { ...known, findings },
    });
    expect(incidentsAfter(windowOf([], 9, { before: leftBy({}, { status: 'Watch' }) }))).toBeUndefined();
  });
});

describe('runs that fail', () => {
  test('begin with the first and end with one that does not', () => {
    expect(changes([], 'Failed', 'Failed', 'NoData', [])).toEqual([
      '-',
      'FailuresBegun',
      'Continues',
      'FailuresEnded',
      '-',
    ]);
    const [, second, ended] = reports('Failed', 'Failed', []);
    const failures = { since: at(0), until: at(2), windows: 2 };
    expect(second).toEqual({ changes: ['Continues'], failures });
    expect(ended).toEqual({ changes: ['FailuresEnded'], failures: { ...failures, isOver: true } });
  });

  test('stand beside an incident', () => {
    expect(changes([drift('a')], 'Failed', [drift('a')], 'Failed', [], [])).toEqual([
      'Begun',
      'FailuresBegun',
      'FailuresEnded',
      'FailuresBegun',
      'FailuresEnded',
      'Ended',
    ]);
    const [, , both] = reports('Failed', 'Failed', [drift('a')]);
    expect(both?.changes).toEqual(['Begun', 'FailuresEnded']);
  });

  test('are known of a report of an earlier version', () => {
    const before = leftBy({}, { status: 'Failed' });
    expect(incidentsAfter(windowOf('Failed', 9, { before }))).toMatchObject({
      changes: ['Continues'],
      failures: { since: before.outcome.windowStart, windows: 2 },
    });
  });
});

describe('a window that is judged after a later one', () => {
  const [open] = reports([drift('a')]);
  const late = (told: Told, incidents: MonitorIncidents | undefined) =>
    incidentsAfter(windowOf(told, 5, { after: reportOf(incidents), before: reportOf(open) }));

  test('is told where it found what later ones do not know, and opens nothing', () => {
    const told = { id: at(5), windows: 1, isOver: true, newCount: 1, findings: [B] };
    expect(late([drift('b')], open)).toMatchObject({ changes: ['FoundLate'], incident: told });
    expect(late([drift('b')], undefined)).toMatchObject({ changes: ['FoundLate'], incident: told });
    expect(late([drift('a'), drift('b')], open)?.changes).toEqual(['FoundLate']);
    expect(incidentsAfter(windowOf([], 6, { before: reportOf(late([drift('b')], undefined)) }))).toBeUndefined();
  });

  test('adds nothing to what they know', () => {
    expect(late([drift('a')], open)).toEqual({ changes: ['Continues'], incident: { ...open?.incident, newCount: 0 } });
    expect(late([drift('a', false)], undefined)).toBeUndefined();
    expect(late('NoData', open)).toBeUndefined();
    expect(late([], open)).toBeUndefined();
  });

  test('is told where it failed and later ones did not', () => {
    const failing = reports('Failed')[0];
    const once = { since: at(5), until: at(6), windows: 1 };
    expect(late('Failed', undefined)).toEqual({ changes: ['FailuresBegun'], failures: once });
    expect(late('Failed', failing)).toEqual({ changes: ['Continues'], failures: failing?.failures });
  });
});

describe('an event', () => {
  test('says nothing where there is no incident', () => {
    expect(incidentsOutcome(undefined)).toBeUndefined();
  });

  test('counts the findings, and names the first five, cut', () => {
    const features = [...'abcdef'].map((letter) => letter.repeat(300));
    const [begun] = reports(features.map((feature) => drift(feature, true, 'blue')));
    const { incident, ...others } = incidentsOutcome(begun) ?? {};
    expect(others).toEqual({ changes: ['Begun'], failures: undefined });
    expect(incident).toEqual({
      ...{ id: at(0), since: at(0), until: at(1), windows: 1, quietWindows: 0, findingCount: 6, newCount: 6 },
      findings: features.slice(0, 5).map((feature) => ({ ...A, feature: feature.slice(0, 256), variant: 'blue' })),
    });
  });
});

// Drawn rows of windows: what holds of any.

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function drawnWindows(seed: number): Told[] {
  const next = numbers(seed);
  const found = () => [...'abcd'].flatMap((feature) => (next() < 0.3 ? [drift(feature, next() < 0.6)] : []));
  return Array.from({ length: 20 }, () => {
    const drawn = next();
    return drawn < 0.1 ? 'Failed' : drawn < 0.2 ? 'NoData' : drawn < 0.5 ? [] : found();
  });
}

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);

/** What does not hold of a row of windows, in words. */
function broken(windows: readonly Told[]): string[] {
  const begun = new Set<string>();
  let open: string | undefined;
  return reports(...windows).flatMap((incidents, index) => {
    const { changes: told = [], incident } = incidents ?? {};
    const faults: string[] = [];
    if (told.includes('Begun')) {
      if (open !== undefined || begun.has(String(incident?.id))) faults.push(`${index}: begun twice`);
      open = incident?.id;
      begun.add(String(open));
    }
    if (incident?.id !== open) faults.push(`${index}: another incident`);
    if (told.includes('Ended')) open = undefined;
    const known = incident?.findings.map(({ feature }) => feature) ?? [];
    const found = windows[index];
    const confirmed = typeof found === 'string' ? [] : found.filter((one) => one.confirmed);
    if (!confirmed.every(({ feature }) => known.includes(feature))) faults.push(`${index}: a finding outside`);
    if (new Set(known).size < known.length) faults.push(`${index}: a finding twice`);
    return faults;
  });
}

test(`in ${SEEDS.length} drawn rows of windows each incident begins once and ends at most once, has every confirmed finding, and none is open beside another`, () => {
  expect(SEEDS.flatMap((seed) => broken(drawnWindows(seed)).map((fault) => `seed ${seed}, window ${fault}`))).toEqual(
    [],
  );
});

test('the same reports come to the same, byte by byte', () => {
  const windows = drawnWindows(7);
  expect(JSON.stringify(reports(...windows))).toBe(JSON.stringify(reports(...windows)));
});

describe('a run that fails while its monitor is paused', () => {
  const FAILED = { since: at(0), until: at(1), windows: 1 };
  const paused = (before?: ReportBefore, after?: ReportBefore) =>
    incidentsAfter(windowOf('Failed', 1, { isPaused: true, before, after }));

  test('begins no row of failures, and ends one that is open without a word', () => {
    expect(paused()).toBeUndefined();
    expect(paused(reportOf({ changes: ['FailuresBegun'], failures: FAILED }))).toEqual({
      changes: ['Continues'],
      failures: { ...FAILED, isOver: true },
    });
    expect(paused(undefined, reportOf(undefined))).toBeUndefined();
  });

  test('is no failure to the runs after it', () => {
    const pause = { kind: 'Paused', id: 'p', until: at(2), by: 'ann', reason: 'r' } as const;
    const reported = (more: object) => leftBy({}, { status: 'Failed', ...more });
    const next = (more: object) => incidentsAfter(windowOf('Failed', 1, { before: reported(more) }))?.changes;
    expect([next({ paused: pause }), next({})]).toEqual([['FailuresBegun'], ['Continues']]);
  });

  test('leaves an incident as it is', () => {
    const before = reports([drift('a')])[0];
    expect(paused(reportOf(before))?.incident).toMatchObject({ findings: [A], windows: 1 });
  });
});
