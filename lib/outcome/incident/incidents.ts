// From one report to the next: pure, so that whoever has the reports comes to the same incidents.
import type { MonitorKindName } from '../../kind/kind-sheet';
import { KINDS } from '../../kind/kinds';
import { constraintKey } from '../confirmation';
import type { EventViolation, ExecutionReport, ViolatedConstraint } from '../contract';
import type { Incident, IncidentChange, IncidentOutcome, IncidentsOutcome, MonitorIncidents, Spell } from './contract';

/** What of a report says which incidents there are after it; those of earlier versions say it by their outcome. */
export type ReportBefore = Pick<ExecutionReport, 'outcome' | 'incidents'>;

/** What a window before violated. */
export interface EarlierWindow {
  /** ISO 8601 */
  readonly start: string;
  readonly violated: readonly ViolatedConstraint[];
}

/** A window as it was judged. */
export interface JudgedWindow {
  readonly kind: MonitorKindName;
  /** whether nothing, or what, is known of its data */
  readonly status: 'Analysed' | 'NoData' | 'LabelsMissing' | 'Failed';
  /** ISO 8601, as `end` */
  readonly start: string;
  readonly end: string;
  /** confirmed or not */
  readonly violations: readonly EventViolation[];
  /** the windows that confirmed them, where others had to */
  readonly earlier: readonly EarlierWindow[];
  /** windows in a row without any of its findings that end an incident: as many as confirm one */
  readonly windowsToEnd: number;
  /** whether people paused the monitor: that a run fails meanwhile is told to nobody. False where absent */
  readonly isPaused?: boolean;
  /** the last report before it, or the one that it replaces */
  readonly before?: ReportBefore;
  /** a report of a later window that was there first */
  readonly after?: ReportBefore;
}

/**
 * What a window makes of its monitor's incidents; undefined where there are none and nothing changes.
 *
 * An incident begins with a confirmed finding. Whatever is confirmed while it is open belongs to it. It ends when as many windows in a row as confirm a finding violate
 * none of its own, or when people accepted all that a window still has of it; windows without data, without labels, or that failed say nothing about it. A window that is judged after a later one neither begins nor ends any.
 */
export function incidentsAfter(window: JudgedWindow): MonitorIncidents | undefined {
  if (window.after) return lateIncidents(window, openIn(window.after));
  const { incident, failures } = openIn(window.before);
  const found = incidentAfter(window, incident);
  const failed = failuresAfter(window, failures);
  if (!found && !failed) return undefined;
  const changes = [found?.change, failed?.change].filter((change) => change !== undefined);
  return {
    changes: changes.length > 0 ? changes : ['Continues'],
    incident: found?.incident,
    failures: failed?.failures,
  };
}

/** What is open after a report. */
function openIn(report: ReportBefore | undefined): Pick<MonitorIncidents, 'incident' | 'failures'> {
  if (!report) return {};
  const { incident, failures } = report.incidents ?? ofEarlierVersion(report);
  return { incident: incident?.isOver ? undefined : incident, failures: failures?.isOver ? undefined : failures };
}

/** Reports without a word about incidents: of a run that found nothing, or of an earlier version, which told each window. */
function ofEarlierVersion({ outcome }: ReportBefore): Pick<MonitorIncidents, 'incident' | 'failures'> {
  const { status, windowStart, windowEnd, violations, paused } = outcome;
  const spell: Spell = { since: windowStart, until: windowEnd, windows: 1 };
  if (status === 'Failed') return paused ? {} : { failures: spell };
  if (status !== 'CompletedWithViolations') return {};
  const findings = violations.filter(({ confirmed = true }) => confirmed).map(constraintOf);
  return {
    incident: { ...spell, id: windowStart, quietWindows: 0, findings, toldCount: findings.length, newCount: 0 },
  };
}

/** An incident after a window, and what that changes, if anything. */
interface IncidentStep {
  readonly incident: Incident;
  readonly change?: IncidentChange;
}

function incidentAfter(window: JudgedWindow, open: Incident | undefined): IncidentStep | undefined {
  if (window.status !== 'Analysed') return open && { incident: { ...open, newCount: 0 } };
  const confirmed = confirmedOf(window);
  if (open) return continued(window, open, confirmed);
  return confirmed.length === 0 ? undefined : { incident: begun(window, confirmed), change: 'Begun' };
}

function begun({ start, end, earlier }: JudgedWindow, confirmed: readonly ViolatedConstraint[]): Incident {
  const count = confirmed.length;
  const own = keysOf(confirmed);
  const seen = earlier.filter(({ violated }) => violated.some((one) => own.has(constraintKey(one))));
  const since = [start, ...seen.map((window) => window.start)].sort()[0];
  const spell = { since, until: end, windows: 1 };
  return { ...spell, id: start, quietWindows: 0, findings: confirmed, toldCount: count, newCount: count };
}

function continued(window: JudgedWindow, open: Incident, confirmed: readonly ViolatedConstraint[]): IncidentStep {
  const known = keysOf(open.findings);
  const findings = [...open.findings, ...confirmed.filter((one) => !known.has(constraintKey(one)))];
  const own = keysOf(findings);
  const still = window.violations.filter((one) => own.has(constraintKey(one)));
  if (still.length === 0) return quieter(window, open);
  if (still.every(({ accepted }) => accepted)) return accepted(window, open);
  const windows = open.windows + (confirmed.length > 0 ? 1 : 0);
  const incident = { ...open, findings, windows, until: window.end, quietWindows: 0, newCount: 0 };
  if (!hasGrown(window.kind, open, findings)) return { incident };
  const toldCount = findings.length;
  return { incident: { ...incident, toldCount, newCount: toldCount - open.toldCount }, change: 'Grown' };
}

function quieter({ windowsToEnd }: JudgedWindow, open: Incident): IncidentStep {
  const incident = { ...open, quietWindows: open.quietWindows + 1, newCount: 0 };
  if (incident.quietWindows < windowsToEnd) return { incident };
  return { incident: { ...incident, isOver: true }, change: 'Ended' };
}

/** It was found, and counts no more. */
function accepted({ end }: JudgedWindow, open: Incident): IncidentStep {
  return { incident: { ...open, until: end, quietWindows: 0, newCount: 0, isOver: true }, change: 'Accepted' };
}

/** Whether people want to know: twice as many as they were told of, or another concern. One finding more for each window would be a message for each. */
function hasGrown(
  kind: MonitorKindName,
  { toldCount, findings: before }: Incident,
  now: readonly ViolatedConstraint[],
) {
  if (now.length >= 2 * toldCount) return true;
  const concerns = new Set(before.map(({ check }) => KINDS[kind].report.concernOf(check)));
  return now.some(({ check }) => !concerns.has(KINDS[kind].report.concernOf(check)));
}

/** Runs that failed after a window, and what that changes. */
interface FailuresStep {
  readonly failures: Spell;
  readonly change?: IncidentChange;
}

function failuresAfter(
  { status, start, end, isPaused }: JudgedWindow,
  open: Spell | undefined,
): FailuresStep | undefined {
  if (status !== 'Failed') return open && { failures: { ...open, isOver: true }, change: 'FailuresEnded' };
  if (isPaused) return open && { failures: { ...open, isOver: true } }; // the first that fails after the pause begins anew
  if (!open) return { failures: { since: start, until: end, windows: 1 }, change: 'FailuresBegun' };
  return { failures: { ...open, until: end, windows: open.windows + 1 } };
}

/** Of a window that comes late: what later ones do not know already is told, and leaves what is open as they have it. */
function lateIncidents(
  window: JudgedWindow,
  { incident, failures }: ReturnType<typeof openIn>,
): MonitorIncidents | undefined {
  if (window.status === 'Failed') {
    const failed = failuresAfter(window, undefined);
    if (!failed) return undefined;
    return { changes: failures ? ['Continues'] : ['FailuresBegun'], failures: failures ?? failed.failures };
  }
  const confirmed = window.status === 'Analysed' ? confirmedOf(window) : [];
  if (confirmed.length === 0) return undefined;
  const known = keysOf(incident?.findings ?? []);
  const isNew = confirmed.some((one) => !known.has(constraintKey(one)));
  if (!isNew) return { changes: ['Continues'], incident: incident && { ...incident, newCount: 0 } };
  return { changes: ['FoundLate'], incident: { ...begun(window, confirmed), isOver: true } };
}

/** Findings of an incident that an event names. */
const TOLD_FINDINGS = 5;

/** Characters of a name in an event. */
const NAME_CHARACTERS = 256;

/** What an event tells of incidents. */
export function incidentsOutcome(incidents: MonitorIncidents | undefined): IncidentsOutcome | undefined {
  if (!incidents) return undefined;
  const { changes, failures, incident } = incidents;
  return { changes, failures, incident: incident && incidentOutcome(incident) };
}

function incidentOutcome({ findings, toldCount, ...incident }: Incident): IncidentOutcome {
  const cut = (text: string) => text.slice(0, NAME_CHARACTERS);
  return {
    ...incident,
    findingCount: findings.length,
    findings: findings
      .slice(0, TOLD_FINDINGS)
      .map(({ feature, variant, check }) => ({ feature: cut(feature), variant, check: cut(check) })),
  };
}

const confirmedOf = ({ violations }: JudgedWindow): ViolatedConstraint[] =>
  violations.filter(({ confirmed }) => confirmed).map(constraintOf);

const constraintOf = ({ feature, variant, check }: ViolatedConstraint): ViolatedConstraint => ({
  feature,
  variant,
  check,
});

const keysOf = (constraints: readonly ViolatedConstraint[]) => new Set(constraints.map(constraintKey));
