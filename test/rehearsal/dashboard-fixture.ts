import type {
  RehearsedDashboard,
  RehearsedSeries,
  RehearsedWidget,
} from '../../lib/rehearsal/dashboard/rehearsed-dashboard';
import { renderDashboards } from '../../lib/rehearsal/report/dashboard-section';
import { STYLE } from '../../lib/rehearsal/report/style';
import { renderFleetWidget, renderMonitorWidget } from '../../lib/report';
import { html } from '../../lib/report/html';
import { renderPage, section } from '../../lib/report/page';
import { RUNS } from '../report/run-fixtures';

const HOUR = 3_600_000;
const FROM = Date.parse('2026-03-02T00:00:00Z');

const series = (label: string, of: (hour: number) => number): RehearsedSeries => ({
  label,
  points: Array.from({ length: 12 }, (_, hour) => [FROM + hour * HOUR, of(hour)] as const),
});

const metrics = { view: 'lines', limits: [], absent: [], least: 0 } as const;

/** A widget of each content, in the order of the page. */
const CONTENTS: readonly (Omit<RehearsedWidget, 'x' | 'y'> & { readonly x?: number })[] = [
  { width: 24, content: { kind: 'text', markdown: '# Models\nAlarms first. All monitors that publish.' } },
  {
    ...{ width: 24, title: 'Alarms' },
    content: {
      kind: 'alarms',
      alarms: [
        { name: 'Churn/DataQuality/Alarms/Drift', state: 'ALARM' },
        { name: 'Churn/Health', state: 'INSUFFICIENT_DATA' },
        { name: 'x'.repeat(200), state: 'OK' },
        { name: 'Anomalies' },
      ],
    },
  },
  {
    ...{ width: 12, title: 'Confirmed violations by monitor' },
    content: { kind: 'metrics', ...metrics, view: 'table', series: [series('Stack/Churn', (hour) => hour % 5)] },
  },
  {
    ...{ width: 12, x: 12, title: 'Health of runs' },
    content: {
      ...{ kind: 'metrics', ...metrics, most: 3, limits: [{ value: 0, label: 'alarm above' }] },
      series: [series('Stack/Churn', (hour) => (hour > 8 ? 2 : 0)), series('Stack/Credit', () => 0)],
    },
  },
  {
    ...{ width: 8, title: 'Drift by feature' },
    content: {
      kind: 'metrics',
      ...metrics,
      series: Array.from({ length: 10 }, (_, n) => series(`feature-${n}`, (hour) => (n + 1) * (hour % 4))),
    },
  },
  {
    ...{ width: 8, x: 8, title: 'Requests in 5 minutes' },
    content: {
      ...{ kind: 'metrics', ...metrics, series: [] },
      absent: ['Invocations', 'InvocationsProcesssed'].map((name) => ({
        name,
        reason: 'as SageMaker publishes it, and does not run here',
      })),
    },
  },
  {
    ...{ width: 8, x: 16, title: 'Errors of the endpoint' },
    content: { kind: 'absent', reason: `/aws/sagemaker/Endpoints/${'y'.repeat(80)}: the rehearsal keeps no logs` },
  },
  { width: 24, title: 'Monitors, and alarms that fire', content: { kind: 'drawn', html: fleet() } },
  {
    ...{ width: 24, title: 'The last run' },
    content: { kind: 'drawn', html: renderMonitorWidget({ run: RUNS.drifted(), marks: [], theme: 'light' }) },
  },
  { width: 24, title: 'Of yours', content: { kind: 'failed', reason: 'Widgets/Function: Error: no such file' } },
];

function fleet(): string {
  const monitors = Object.entries(RUNS).map(([name, run]) => ({ monitorId: `Models/${name}`, report: run().report }));
  return renderFleetWidget({
    monitors,
    monitorCount: monitors.length,
    alarms: [],
    hasMoreAlarms: false,
    theme: 'light',
  });
}

/** It as it stands in the page of a rehearsal, alone. */
export function dashboardPage(): string {
  const content = section('Dashboard', renderDashboards([dashboardOf()]));
  return renderPage({ title: 'Dashboard', style: STYLE, header: html`<h1>Dashboard</h1>`, content });
}

/** A dashboard with a widget of each content, and names that nothing breaks. */
function dashboardOf(): RehearsedDashboard {
  let y = -1;
  const widgets = CONTENTS.map(({ x = 0, ...widget }) => {
    if (x === 0) y += 1;
    return { x, y, ...widget };
  });
  const chosen = [{ label: 'Monitor', value: 'Stack/Churn' }, { label: 'Endpoint' }];
  return { name: 'models', chosen, widgets, from: FROM, until: FROM + 12 * HOUR };
}
