import { checkWindow, createProfiler, type Statistics, statistics, suggestConstraints } from '../../lib/analysis';
import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import { confirmed } from '../../lib/outcome/confirmation';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { type Conclusion, executionReport } from '../../lib/outcome/execution-report';
import { reportedViolation } from '../../lib/outcome/reported-violation';
import type { ComparedFiles, ReportedRun } from '../../lib/report';

/** Columns of text by their name. */
export type Columns = { readonly [name: string]: readonly string[] };

const quoted = (text: string) => (text === '' ? '' : `"${text.replaceAll('"', '""')}"`);

function profileOf(columns: Columns) {
  const values = Object.values(columns);
  const rows = values[0].map((_, row) => values.map((column) => quoted(column[row])));
  const records = [Object.keys(columns).map(quoted), ...rows].map((record) => `${record.join(',')}\n`);
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('columns.csv');
  file.push(new TextEncoder().encode(records.join('')));
  file.end();
  return profiler.finish();
}

const FOLDER = { bucket: 'reports', prefix: 'Stack/Monitor/2026/03/02/11' };

/** When the window at this place ends: one each hour, that of 11:00 at place 0. */
const hour = (index: number) => new Date(Date.UTC(2026, 2, 2, 11 + index));

/** The report of a run that came to this; every violation is confirmed unless it has a p-value of more than one in a million. */
export function reportOf(kind: MonitorKindName, conclusion: Conclusion, index = 0): ExecutionReport {
  const run = {
    accountId: '111122223333',
    region: 'eu-central-1',
    monitorId: 'Stack-Monitor',
    executionId: `execution-${index}`,
    monitorKind: kind,
    engine: 'serverless',
    endpointName: 'birdstrikes',
    window: { start: hour(index - 1), end: hour(index) },
    folder: FOLDER,
    windowFolder: FOLDER,
  } as const;
  const alert = { windows: 1, lastWindows: 1 };
  const violations = confirmed({ kind, violations: conclusion.violations ?? [], alert, earlier: [], everyHours: 1 });
  return executionReport(run, { ...conclusion, violations }, new Date(hour(index).getTime() + 20 * 60_000));
}

/** A run of data quality: this window beside that baseline, after windows before it. */
export function dataQualityRun(
  baseline: Columns,
  windows: readonly Columns[],
  more: Partial<Conclusion> = {},
): ReportedRun {
  const before = statistics(profileOf(baseline));
  const constraints = suggestConstraints(before);
  const runs = windows.map((window, index) => {
    const found = checkWindow({
      profile: profileOf(window),
      baselineStatistics: before,
      baselineConstraints: constraints,
      drift: { method: 'MassShift' },
    });
    const violations = found.findings.map((finding) => reportedViolation('DataQuality', finding));
    const recordCount = Object.values(window)[0].length;
    const { distances, notEvaluated } = found;
    const conclusion: Conclusion = {
      status: 'Analysed',
      recordCount,
      objectCount: 3,
      violations,
      distances,
      notEvaluated,
      ...more,
    };
    return { report: reportOf('DataQuality', conclusion, index - windows.length + 1), statistics: found.statistics };
  });
  const last = runs[runs.length - 1];
  return {
    report: last.report,
    run: { statistics: last.statistics as Statistics },
    baseline: { statistics: before, constraints },
    earlier: runs.slice(0, -1).map(({ report }) => report),
  };
}

/** A run of another kind, made of its files. */
export function runOf(
  kind: MonitorKindName,
  conclusion: Conclusion,
  files: { run: ComparedFiles; baseline: ComparedFiles },
): ReportedRun {
  return { report: reportOf(kind, conclusion), ...files, earlier: [] };
}
