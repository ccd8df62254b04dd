import { folderIn, type Home, type PrefixLocation } from '../core/contract';
import { reportedRun } from '../engine/page/handler/run-files';
import { pageLink } from '../notification/message-links';
import {
  type FleetMonitor,
  type ReportedRun,
  renderFleetWidget,
  renderMonitorWidget,
  renderWithoutReport,
  type Theme,
  type TimeMark,
} from '../report';
import { mapConcurrently } from '../runtime/concurrency';
import { nameOf, wordsOf } from '../runtime/failure';
import { homeOf, type Invocation } from '../runtime/home';
import { log } from '../runtime/log';
import type { FleetRequest, MonitorRequest, WidgetRequest } from './contract';
import { lastDeployed } from './handler/deployed';
import { firingAlarms } from './handler/firing-alarms';
import { decisionAt, type NewestRun, newestRun } from './handler/newest-run';

/** Monitors that are read at the same time. */
const READERS = 32;

/** What the console shows of it to who edits the dashboard. */
const DESCRIPTION = [
  '## What model monitors found',
  'Reads the newest reports. The dashboard that has the widget says of which monitors, and where they lie:',
  '```yaml',
  'view: monitor',
  'monitorId: Stack/Churn/Data',
  'places:',
  '  - bucket: reports',
  '    prefix: model-monitoring',
  '```',
].join('\n');

/**
 * Draws a widget of a dashboard as HTML: what the newest reports say. What it is asked may be written by whoever edits the dashboard or calls the function; its role reads the reports of the
 * dashboard's monitors alone.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html
 */
export const handler = async (request: WidgetRequest, invocation: Invocation): Promise<string> => {
  if (request.describe) return DESCRIPTION;
  const home = homeOf(invocation);
  const theme: Theme = request.widgetContext?.theme === 'dark' ? 'dark' : 'light';
  return request.view === 'fleet' ? fleet(request, home, theme) : monitor(request, home, theme);
};

async function fleet({ monitors, monitorCount }: FleetRequest, home: Home, theme: Theme): Promise<string> {
  const known = (monitors ?? []).flatMap(({ monitorIds, bucket, bucketOwner, prefix }) =>
    monitorIds.map((monitorId) => ({ monitorId, place: bucket && prefix && { bucket, bucketOwner, prefix } })),
  );
  const firing = await firingAlarms();
  const rows = await mapConcurrently<(typeof known)[number], FleetMonitor>(
    known,
    READERS,
    async ({ monitorId, place }) =>
      place ? rowOf(monitorId, place, home) : { monitorId, reason: 'reports not known here' },
  );
  return renderFleetWidget({ monitors: rows, monitorCount: Number(monitorCount) || rows.length, ...firing, theme });
}

async function rowOf(monitorId: string, place: PrefixLocation, home: Home): Promise<FleetMonitor> {
  const run = await runOf(monitorId, place, home);
  if (typeof run === 'string') return { monitorId, reason: run };
  const [note] = (run?.notes ?? []).slice(-1);
  return { monitorId, report: run?.report, decision: note && (await decisionAt(note)) };
}

/** The newest run; words where its place may not be read. */
async function runOf(monitorId: string, place: PrefixLocation, home: Home): Promise<NewestRun | string | undefined> {
  try {
    return await newestRun(folderIn(place, monitorId), { ...home, monitorId }, new Date());
  } catch (error) {
    if (!UNREADABLE.test(nameOf(error))) throw error;
    log('reports not read', { monitorId, reason: wordsOf(error) });
    return 'reports cannot be read';
  }
}

const UNREADABLE = /^(AccessDenied|NoSuchBucket|PermanentRedirect)$/;

async function monitor({ monitorId, places }: MonitorRequest, home: Home, theme: Theme): Promise<string> {
  const id = String(monitorId);
  for (const place of places ?? []) {
    const run = await runOf(id, place, home);
    if (run !== undefined && typeof run !== 'string') return drawn(run, home, theme);
  }
  return renderWithoutReport(id, 'no report of the last five weeks lies where this dashboard looks', theme);
}

async function drawn({ report, folder, notes }: NewestRun, home: Home, theme: Theme): Promise<string> {
  const { monitorId, endpointName, reportUri } = report.outcome;
  const run = await wholeRun(report, folder, { ...home, monitorId });
  const deployed = await lastDeployed(endpointName);
  const marks: TimeMark[] = [
    ...(deployed === undefined ? [] : [{ kind: 'deployed' as const, time: deployed }]),
    ...(await trainings(notes)),
  ];
  const page = pageLink(reportUri, home.region);
  return renderMonitorWidget({ run, marks, page, theme });
}

/** With the files of the run; of a baseline that lies elsewhere and may not be read, the report alone. */
async function wholeRun(...[report, folder, owner]: Parameters<typeof reportedRun>): Promise<ReportedRun> {
  try {
    return await reportedRun(report, folder, owner);
  } catch (error) {
    if (!/^(AccessDenied|MalformedJson)$/.test(nameOf(error))) throw error;
    return { report, run: {}, baseline: {}, earlier: [] };
  }
}

/** Notes that are read of what was decided, the newest. */
const MOST_NOTES = 5;

/** When trainings were started. */
async function trainings(notes: NewestRun['notes']): Promise<TimeMark[]> {
  const read = await mapConcurrently(notes.slice(-MOST_NOTES), MOST_NOTES, async (note) => ({
    decision: await decisionAt(note),
    time: note.modified.toISOString(),
  }));
  return read.flatMap(({ decision, time }) => (decision?.decision === 'Started' ? [{ kind: 'retrained', time }] : []));
}
