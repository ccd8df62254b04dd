import { datedFile } from '../../../baseline/dated-file';
import type { Home } from '../../../core/contract';
import type { MonitorRun } from '../../../outcome/execution-report';
import { baselineAge } from '../../../outcome/handler/baseline-age';
import type { EarlierRuns } from '../../../outcome/handler/earlier-runs';
import { type ConcludedRun, concludeRun } from '../../../outcome/handler/run-conclusion';
import { malformedRequest } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { s3Uri } from '../../../runtime/s3';
import { isLeftNow } from '../../reconciler/handler/monitor-turns';
import { dataPrefix } from '../captured-keys';
import type { ConcludeEvent, MonitorRequest } from '../contract';
import { dueOf, reportFolderOf, timesOf, windowOf } from '../request-window';
import { executionFailure } from './execution-failure';
import { lateObjects } from './late-objects';
import { analyseWindow } from './window-analysis';
import { type AnalysedWindow, withDecay } from './window-decay';
import { removeWork } from './work-removal';

/** Concludes one run of a monitor, or says in the log that it was concluded before, or is another engine's. */
export async function concludeMonitor(
  event: ConcludeEvent,
  request: MonitorRequest,
  home: Home,
): Promise<ConcludedRun> {
  const { error, execution } = event;
  const due = dueOf(request);
  const run = monitorRun(request, execution, home);
  const earlier: EarlierRuns = { output: request.output, times: timesOf(request), due, read: new Map() };
  const concluded = await concludeRun(run, {
    hasFailed: error !== undefined,
    monitoringId: request.monitor.monitoringId ?? request.monitor.id,
    runMetrics: request.runMetrics,
    featureMetrics: request.featureMetrics,
    eventBus: request.eventBus,
    isLeft: () => isLeftNow(request.output, { engine: 'serverless', due }),
    conclusion: async (around) => withDecay(request, await conclusionOf(event, request, { run, earlier }), around),
    alert: request.alert,
    earlier,
    baseline: request.baseline,
    dataAt: s3Uri({ ...request.capture, key: dataPrefix(request) }),
  });
  const { published, status } = concluded;
  if (!error) await removeWork({ output: request.output, execution });
  if (!published) log(status ? 'skip' : 'left', { execution, monitorId: request.monitor.id, status });
  return concluded;
}

function monitorRun(request: MonitorRequest, executionId: string, home: Home): MonitorRun {
  const { id, kind, endpointName, dataName } = request.monitor;
  const folder = reportFolderOf(request);
  return {
    executionId,
    monitorId: id,
    ...home,
    monitorKind: kind,
    endpointName,
    dataName,
    engine: 'serverless',
    window: windowOf(request),
    folder,
    windowFolder: folder,
    startedBy: request.startedBy,
    limits: {
      unreadable: request.limits?.unreadableRecords,
      late: request.limits?.lateObjects,
      missingLabels: request.limits?.missingLabels,
      baselineAgeHours: request.limits?.baselineAgeHours,
      hoursWithoutData: request.limits?.hoursWithoutData,
    },
  };
}

async function conclusionOf(
  event: ConcludeEvent,
  request: MonitorRequest,
  { run, earlier }: { readonly run: MonitorRun; readonly earlier: EarlierRuns },
): Promise<AnalysedWindow> {
  const { plan, error, execution } = event;
  const objectCount = plan?.objectCount;
  const { notRead: objectsNotRead, item, ...others } = plan?.found ?? {}; // an item is for who reads it
  const found = { objectsNotRead, ...others };
  if (error) {
    const failureReason = await executionFailure(error, event);
    return { conclusion: { status: 'Failed', objectCount, ...found, failureReason } };
  }
  if (!plan) throw malformedRequest("the state has neither 'plan' nor 'error'");
  const { conclusion, quality } = await analyseWindow(request, execution, plan);
  const dated = request.limits?.baselineAgeHours === undefined ? undefined : datedFile(request.baseline);
  const age = await baselineAge(dated, windowOf(request).end);
  const late = await lateObjects(earlier, run, plan);
  return { conclusion: { objectCount, ...found, ...conclusion, ...late, ...age }, quality };
}
