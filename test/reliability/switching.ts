import type { ExpectedMonitor, Turn } from '../../lib/engine/reconciler/contract';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import { EXPECTED_MONITOR } from '../handlers/requests';
import type { Cloud } from './cloud';

// A monitor that goes to another engine or comes from one, and its run of 10:00, which belongs to the engine before.

/** The monitor of a schedule, as a request for a drain names it. */
export function monitorOf(scheduleName: string): ExpectedMonitor {
  return { ...EXPECTED_MONITOR, engine: 'model-monitor', monitoringScheduleName: scheduleName };
}

/** A change of engine: from Model Monitor, to it, and from it and back by a rollback. */
export type Switch = 'switched' | 'arrived' | 'returned';

const FOLDER = 'out/reports/dq';
/** Where the run of 10:00 is decided. */
const DECISION = `${FOLDER}/2026/03/04/10/report.json`;
/** What the container of a schedule's execution leaves. */
const FOUND = `${FOLDER}/churn/gone/2026/03/04/10/constraint_violations.json`;
/** Minutes that the other engine has to tell a run that was due, on either engine. */
const GRACE = 80;

const turn = (engine: Turn['engine'], since: string): Turn => {
  return { engine, since, everyHours: 1, startHour: 0, graceMinutes: GRACE };
};
const FORMER = '2026-03-01T00:00:00Z';

/** What is in the place of the reports when a switch begins. */
export function objectsOf(which: Switch): Map<string, string> {
  const [from, to] =
    which === 'arrived' ? (['serverless', 'model-monitor'] as const) : (['model-monitor', 'serverless'] as const);
  return new Map([
    [`${FOLDER}/turns.json`, turnsText(turn(from, FORMER), turn(to, '2026-03-04T10:09:00Z'))],
    [FOUND, JSON.stringify({ violations: [] })],
  ]);
}

/** A rollback brings the turn back. */
export function takeTurnBack({ objects }: Cloud): void {
  const turns = [
    turn('model-monitor', FORMER),
    turn('serverless', '2026-03-04T10:09:00Z'),
    turn('model-monitor', '2026-03-04T10:10:00Z'),
  ];
  objects.set(`${FOLDER}/turns.json`, turnsText(...turns));
}

const turnsText = (...turns: Turn[]) => JSON.stringify({ turns });

/** The engine before tells the run. */
export function tellRun({ objects }: Cloud): void {
  if (!objects.has(DECISION)) objects.set(DECISION, '{}');
}

/** How the run of the engine before stands: undecided, decided, or told. */
export function standingOfRun({ objects, events }: Cloud): 'undecided' | 'decided' | 'told' {
  if (!objects.has(DECISION)) return 'undecided';
  return events.length > 0 ? 'told' : 'decided';
}

/** What does not hold of how a run was told, whoever did and how often. */
export function contradictionsOf({ history, events }: Cloud): string[] {
  const outcomes = (history.get(DECISION) ?? []).map((text) => JSON.parse(text).outcome as ExecutionCompletedDetail);
  return [
    ...(new Set(outcomes.map(({ outcomeId }) => outcomeId)).size > 1 ? ['the run was decided twice'] : []),
    ...(new Set(events).size > 1 ? ['the run was told in two ways'] : []),
  ];
}
