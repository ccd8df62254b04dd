import type { ExecutionReport } from '../outcome/contract';
import type { KeptDecision } from '../outcome/retraining/contract';
import { counted, formatCount, formatNumber, formatTime } from './figures';
import { checkName, findingsOf } from './finding';
import { html, type Markup, named, shorten } from './html';
import type { Tone } from './verdict';
import { type Theme, widget } from './widget-style';

/** What is known of a monitor of a fleet. */
export interface FleetMonitor {
  readonly monitorId: string;
  /** of its last run; absent where none is found */
  readonly report?: ExecutionReport;
  /** what a trigger did about it */
  readonly decision?: KeptDecision;
  /** why nothing is known, where that is no matter of runs */
  readonly reason?: string;
}

/** An alarm that fires. */
export interface FiringAlarm {
  readonly name: string;
  /** ISO 8601 */
  readonly since?: string;
}

/** All that the widget of a fleet tells. */
export interface Fleet {
  readonly monitors: readonly FleetMonitor[];
  /** those that are not among `monitors` included */
  readonly monitorCount: number;
  /** in ALARM, of everything about models in the account and region; absent where they may not be asked for */
  readonly alarms?: readonly FiringAlarm[];
  /** whether there are more of them */
  readonly hasMoreAlarms: boolean;
  readonly theme: Theme;
}

/** Characters of the name of an alarm. */
const ALARM_NAME = 120;
const COLUMNS = ['Monitor', 'Status', 'Last window, to (UTC)', 'Worst finding', 'Quality', 'Incident', 'Retraining'];

/** Alarms first, then every monitor with what its last run came to, those that need somebody first. */
export function renderFleetWidget({ monitors, monitorCount, alarms, hasMoreAlarms, theme }: Fleet): string {
  const rows = monitors.map((monitor) => ({ monitor, standing: standingOf(monitor) })).sort(byNeed);
  const cut =
    monitorCount > monitors.length
      ? html`<p class="none">${formatCount(monitors.length)} of ${formatCount(monitorCount)} monitors: those of the first names. Alarms are of all.</p>`
      : undefined;
  return widget(
    theme,
    html`${alarmList(alarms, hasMoreAlarms)}${cut}<div class="scroll" tabindex="0" role="group" aria-label="Monitors"><table><tr>${COLUMNS.map((name) => html`<th scope="col">${name}</th>`)}</tr>${rows.map(({ monitor, standing }) => rowOf(monitor, standing))}</table></div>`,
  );
}

function alarmList(alarms: Fleet['alarms'], hasMore: boolean): Markup {
  if (!alarms) return html`<p class="none">Alarms may not be read by this widget.</p>`;
  if (alarms.length === 0) return html`<p>No alarm about models fires.</p>`;
  const items = alarms.map(
    ({ name, since }) =>
      html`<li>${shorten(name, ALARM_NAME)} <small>${since && `since ${formatTime(since)}`}</small></li>`,
  );
  return html`<p><em class="problem">${counted(alarms.length, 'alarm')}${hasMore ? ' and more' : ''}</em> of models in this account and region</p><ul>${items}</ul>`;
}

/** How a monitor stands, in a word. */
interface Standing {
  readonly tone: Tone | 'none';
  readonly words: string;
}

const NEED: readonly Standing['tone'][] = ['problem', 'watch', 'none', 'good'];

function standingOf({ report, reason }: FleetMonitor): Standing {
  if (!report) return { tone: 'none', words: reason ?? 'no run found' };
  const { tone, words } = standingOfRun(report);
  return report.outcome.paused ? { tone, words: `paused, ${words}` } : { tone, words };
}

function standingOfRun({ outcome: { status, violationCount, health = 0 } }: ExecutionReport): Standing {
  switch (status) {
    case 'Failed':
      return { tone: 'problem', words: 'failed' };
    case 'CompletedWithViolations':
      return { tone: 'problem', words: counted(violationCount, 'violation') };
    case 'LabelsMissing':
      return { tone: 'problem', words: 'labels missing' };
    case 'NoData':
      return { tone: 'watch', words: 'no data' };
    case 'Watch':
      return { tone: 'watch', words: 'nothing confirmed' };
    default:
      return health > 0 ? { tone: 'watch', words: 'not whole' } : { tone: 'good', words: 'no violation' };
  }
}

type Row = { readonly monitor: FleetMonitor; readonly standing: Standing };

function byNeed(one: Row, other: Row): number {
  const need = NEED.indexOf(one.standing.tone) - NEED.indexOf(other.standing.tone);
  if (need !== 0) return need;
  return one.monitor.monitorId < other.monitor.monitorId ? -1 : 1;
}

function rowOf(monitor: FleetMonitor, { tone, words }: Standing): Markup {
  const { report } = monitor;
  const cells = report && [
    formatTime(report.outcome.windowEnd),
    worstOf(report),
    qualityOf(report),
    incidentOf(report),
  ];
  return html`<tr><th scope="row">${named(monitor.monitorId)}</th><td><em class="${tone}">${words}</em></td>${(cells ?? [undefined, undefined, undefined, undefined]).map((text) => html`<td>${text ?? '–'}</td>`)}<td>${decisionOf(monitor) ?? '–'}</td></tr>`;
}

/** The first that counts, with its distance where it has one. */
function worstOf(report: ExecutionReport): Markup | undefined {
  const [worst] = findingsOf({ report });
  if (!worst) return undefined;
  const told = report.distances.find(({ feature }) => feature === worst.subject);
  const figures = told && ` ${formatNumber(told.distance)}, at most ${formatNumber(told.threshold)}`;
  return html`${worst.subject === '' ? 'all records' : named(worst.subject)} <small>${shorten(checkName(worst.check), 60)}${figures}</small>`;
}

/** The first metric of the newest window of which something is known: by labels, else as it is estimated. */
function qualityOf({ qualityWindows = [] }: ExecutionReport): string | undefined {
  const { realized, estimated } = qualityWindows[qualityWindows.length - 1]?.quality[0] ?? {};
  const [metric, figure] = Object.entries(realized ?? estimated ?? {})[0] ?? [];
  if (metric === undefined || !figure) return undefined;
  return `${shorten(metric, 40)} ${formatNumber(figure[0])} ± ${formatNumber(2 * figure[1])}${realized ? '' : ', estimated'}`;
}

function incidentOf({ incidents }: ExecutionReport): string | undefined {
  const { incident, failures } = incidents ?? {};
  if (failures && !failures.isOver) return `failing since ${formatTime(failures.since)}`;
  return incident && !incident.isOver ? `since ${formatTime(incident.since)}` : undefined;
}

function decisionOf({ decision }: FleetMonitor): string | undefined {
  if (!decision) return undefined;
  const pipeline = shorten(decision.pipelineName, 80);
  return decision.decision === 'Started' ? `${pipeline} started` : `${pipeline}: ${decision.reason ?? 'declined'}`;
}
