import {
  type Constraints,
  checkWindow,
  createProfiler,
  type PartialProfile,
  type Statistics,
  statistics,
  suggestConstraints,
} from '../../lib/analysis';
import type { TimelineEntry } from '../../lib/cloud/account/timeline';
import type { RehearsalResult, WindowResult } from '../../lib/rehearsal/result';

/** Columns of text by their name. */
export type Columns = Record<string, readonly string[]>;

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

function profileOf(columns: Columns): PartialProfile {
  const values = Object.values(columns);
  const rows = values[0].map((_, row) => values.map((column) => (column[row] === '' ? '' : quoted(column[row]))));
  const records = [Object.keys(columns).map(quoted), ...rows].map((record) => `${record.join(',')}\n`);
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('columns.csv');
  file.push(new TextEncoder().encode(records.join('')));
  file.end();
  return profiler.finish();
}

interface BaselineFiles {
  readonly statistics: Statistics;
  readonly constraints: Constraints;
}

function baselineOf(columns: Columns): BaselineFiles {
  const found = statistics(profileOf(columns));
  return { statistics: found, constraints: suggestConstraints(found) };
}

const time = (hour: number, minute = 0) => new Date(Date.UTC(2026, 2, 2, hour, minute)).toISOString();

function windowOf(columns: Columns, baseline: BaselineFiles, hour: number): WindowResult {
  const profile = profileOf(columns);
  const found = checkWindow({
    profile,
    baselineStatistics: baseline.statistics,
    baselineConstraints: baseline.constraints,
    drift: { method: 'MassShift' },
  });
  return {
    outcome: {
      version: '1',
      executionId: `execution-${hour}`,
      monitorId: 'DataQuality',
      monitorKind: 'DataQuality',
      endpointName: 'endpoint',
      engine: 'serverless',
      status: found.violations.length > 0 ? 'CompletedWithViolations' : 'Completed',
      windowStart: time(hour),
      windowEnd: time(hour + 1),
      recordCount: Object.values(columns)[0].length,
      violationCount: found.violations.length,
      watchedCount: 0,
      violations: [],
      concerns: [],
      evaluated: 'Whole',
      leftOut: [],
      leftOutCount: 0,
      health: 0,
      healthReasons: [],
      reportUri: `s3://reports/${hour + 1}/`,
    },
    statistics: found.statistics,
    violations: found.violations,
    distances: found.distances,
    unreadableCount: 0,
    hasPage: true,
  };
}

/** What a rehearsal finds that analyses these windows, one per hour from 10:00 on. */
export function resultOf(baseline: Columns, windows: readonly Columns[]): RehearsalResult {
  const files = baselineOf(baseline);
  const timeline: TimelineEntry[] = windows.flatMap((_, index) => [
    { time: time(10 + index), lane: 'traffic', title: 'requests captured' },
    { time: time(11 + index, 20), lane: 'analysis', title: 'window analysed', detail: 'in one part' },
  ]);
  return {
    succeeded: true,
    unseen: [],
    expectations: [{ name: 'drift alarm', met: true, detail: 'OK to ALARM' }],
    timeline,
    baseline: files,
    windows: windows.map((window, index) => windowOf(window, files, 10 + index)),
    messages: [{ time: time(11, 22), topic: 'Alerts', sender: 'digest', subject: 'Drift', body: 'age moved' }],
    dashboards: [],
    usage: [],
    retrainings: [
      { time: time(11, 22), pipeline: 'training', clientRequestToken: 'token', executionArn: 'arn:aws:sagemaker:…' },
    ],
  };
}

/** What a rehearsal finds when nothing runs at all. */
export const EMPTY_RESULT: RehearsalResult = {
  succeeded: false,
  unseen: [],
  expectations: [],
  timeline: [],
  windows: [],
  messages: [],
  dashboards: [],
  usage: [],
  retrainings: [],
};
