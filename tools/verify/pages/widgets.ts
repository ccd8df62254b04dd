import type { FleetMonitor, Theme } from '../../../lib/report';
import { renderFleetWidget, renderMonitorWidget, renderWithoutReport } from '../../../lib/report';
import { quieted, RUNS } from '../../../test/report/run-fixtures';

/** Widgets of dashboards in a page around them, as the console has one: a fleet, a run of each kind and state, and none, in both of its themes. */
export function widgetPages(): { readonly [name: string]: string } {
  const marks = [{ kind: 'retrained', time: RUNS.drifted().report.outcome.windowStart }] as const;
  const states = Object.fromEntries(Object.entries(RUNS).map(([name, run]) => [name, run()]));
  const runs = { ...states, paused: quieted('Paused') };
  const pages = (['light', 'dark'] as const).flatMap((theme) => [
    [`fleet-widget-${theme}`, renderFleetWidget({ ...fleet(), theme })] as const,
    [`unreported-widget-${theme}`, withoutReports(theme)] as const,
    ...Object.entries(runs).map(
      ([name, run]) =>
        [`${name}-widget-${theme}`, renderMonitorWidget({ run, marks, page: 'https://example.com/', theme })] as const,
    ),
  ]);
  return Object.fromEntries(pages.map(([name, content]) => [name, inPage(content)]));
}

/** Several below one another: one is a sentence. */
const withoutReports = (theme: Theme) =>
  Array.from({ length: 20 }, (_, index) =>
    renderWithoutReport(
      `${'z'.repeat(index * 10)}Monitor`,
      `no report was found below s3://reports/${'y'.repeat(index * 20)}`,
      theme,
    ),
  ).join('');

/** A monitor for each kind and state of run, and one without. */
function fleet() {
  const monitors: FleetMonitor[] = Object.entries(RUNS).map(([name, run]) => ({
    monitorId: `Models/${name}/DataQuality`,
    report: run().report,
  }));
  const alarms = [{ name: 'Models-DriftAlarm', since: '2026-03-02T09:00:00Z' }, { name: 'x'.repeat(300) }];
  const unbroken = { monitorId: 'y'.repeat(200) };
  return { monitors: [...monitors, unbroken], monitorCount: 1200, alarms, hasMoreAlarms: true };
}

const inPage = (content: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Widget</title><style>body{margin:0}</style></head><body><main>${content}</main></body></html>`;
