import { createProfiler, type ModelQualityConstraints, statistics, suggestConstraints } from '../../lib/analysis';
import type { ExpectedMonitor } from '../../lib/engine/reconciler/contract';
import { handler as reconcileHandler } from '../../lib/engine/reconciler/handler/reconcile.lambda';
import type { ConcludeEvent, MonitorRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { truth } from '../analysis/model-quality/rows';
import { captureLine } from '../handlers/captured';
import { invoked } from '../handlers/invocation';
import { EXPECTED_MONITOR, MONITOR_REQUEST } from '../handlers/requests';
import { Cloud, type ListedExecution } from './cloud';
import type { Intercepted } from './intercepted';
import type { Seen } from './model';
import { ONE_BY_ONE } from './schedule';
import { type Invocation, Stage } from './stage';

// The window from 09:00 to 10:00 and everybody who concludes or judges it.

const conclude = invoked(concludeHandler);
const reconcile = invoked(reconcileHandler);

/** Whose window it is. */
export type Engine = 'serverless' | 'model-monitor';

const MONITORS: { readonly [engine in Engine]: ExpectedMonitor } = {
  serverless: EXPECTED_MONITOR,
  'model-monitor': { ...EXPECTED_MONITOR, engine: 'model-monitor', monitoringScheduleName: 'schedule' },
};
const FOLDERS: { readonly [engine in Engine]: string } = {
  serverless: 'out/reports/dq',
  'model-monitor': 'out/reports/dq/churn/schedule',
};
const DECISION = 'out/reports/dq/2026/03/04/10/report.json';
const REQUEST: MonitorRequest = { ...MONITOR_REQUEST, featureMetrics: [] };

/** The same window, of which predictions are compared with the labels below a prefix. */
const labelled = (prefix: string): MonitorRequest => ({
  ...REQUEST,
  monitor: { ...REQUEST.monitor, kind: 'ModelQuality' },
  baseline: { constraints: { bucket: 'out', key: 'baseline/quality.json' } },
  labels: { place: { bucket: 'labels', prefix }, startHours: 1, endHours: 0 },
  problem: { type: 'BinaryClassification', inferenceAttribute: '0' },
  limits: { labelCoverage: 0.5 },
});

/** What an execution with data is asked, by how it ends. */
const REQUESTS = { drifted: REQUEST, unlabelled: labelled('none'), labelled: labelled('truth') } as const;

const isWithData = (how: string): how is keyof typeof REQUESTS => how in REQUESTS;

/** The name of an execution that ends so. */
const named = (execution: ExecutionName, how: Execution) => (how === 'drifted' ? execution : `${execution}-${how}`);

/** An execution on the serverless engine that ended with an error, or found no object. */
const FAILED: ConcludeEvent = { request: REQUEST, execution: '', error: { Error: 'States.Timeout' } };
const EMPTY: ConcludeEvent = {
  request: REQUEST,
  execution: '',
  plan: {
    bucket: 'out',
    bucketOwner: '111122223333',
    key: 'k',
    itemCount: 0,
    objectCount: 0,
    objectCountBefore: 0,
    maximumConcurrency: 1,
  },
};

/** How an execution on the serverless engine ends. */
export type Execution = 'failed' | 'empty' | 'drifted' | 'unlabelled' | 'labelled';

/** Those of the window. */
export const EXECUTIONS = ['e1', 'e2'] as const;

/** One of {@link EXECUTIONS}. */
export type ExecutionName = (typeof EXECUTIONS)[number];

/** Everything that is there before a window is concluded: a baseline, what its records came to, and a reconciler that has judged until 10:37. */
export class Scenery {
  private constructor(
    /** in S3, by `bucket/key` */
    public readonly objects: ReadonlyMap<string, string>,
    private readonly analysed: ReadonlyMap<string, ConcludeEvent>,
    private readonly calls: Intercepted,
  ) {}

  public static async make(calls: Intercepted): Promise<Scenery> {
    const cloud = new Cloud(baseline());
    const found = new Map<string, ConcludeEvent>();
    const ends = Object.keys(REQUESTS).filter(isWithData);
    const analyses = EXECUTIONS.flatMap((execution) =>
      ends.map((how) => ({
        name: `analysis ${named(execution, how)}`,
        attempts: 1,
        invoke: async () =>
          found.set(named(execution, how), await analysed(cloud, named(execution, how), REQUESTS[how])),
      })),
    );
    await new Stage(cloud).run(analyses, ONE_BY_ONE);
    return new Scenery(new Map([...cloud.objects, ...memories()]), found, calls);
  }

  public cloud(engine: Engine, keepsConditions = true): Cloud {
    const cloud = new Cloud(this.objects, keepsConditions);
    if (engine === 'model-monitor') cloud.executions = [EXECUTION];
    return cloud;
  }

  /** Lets it be so many minutes past ten, for all that happens from now on; what was called before is forgotten. */
  public passTo(minutes: number): void {
    this.calls.setClock(pastTen(minutes));
    this.calls.forget();
  }

  /** The end of an execution, which its state machine asks for three times at most. */
  public conclusion(execution: ExecutionName, how: Execution): Invocation {
    const state = isWithData(how) ? this.analysed.get(named(execution, how)) : { failed: FAILED, empty: EMPTY }[how];
    const event = { ...(state as ConcludeEvent), execution: isWithData(how) ? named(execution, how) : execution };
    return { name: `conclude ${execution} (${how})`, attempts: 3, invoke: () => conclude(event) };
  }

  /** A reconciliation at so many minutes past ten, which Lambda tries three times. */
  public reconciliation(engine: Engine, minutes: number): Invocation {
    const scheduledTime = pastTen(minutes).toISOString();
    const event = { scheduledTime, reconcilerId: 'Stack', monitors: [MONITORS[engine]] };
    return { name: `reconcile ${scheduledTime.slice(11, 16)}`, attempts: 3, invoke: () => reconcile(event) };
  }
}

/** After which a reconciliation may not know what it has told: its answer was lost, or what it wanted to note, or to look up to that end, met a fault. */
const FORGETFUL = /^reconcile .*(PutMetricData \((lost|again|crash after)\)|reconciled\.json \(.*\))$/;

/** What is to be seen of the window, so many of whose hours were judged. */
export function seenOf(cloud: Cloud, { ended, steps }: Stage, dueCount: number): Seen {
  const concluded = (how: RegExp) => ended.some(({ name, hasSucceeded }) => hasSucceeded && how.test(name));
  return {
    decisions: (cloud.history.get(DECISION) ?? []).map((text) => JSON.parse(text)),
    events: cloud.events,
    metrics: cloud.metrics.map((metric) => metric.split(' ').slice(1).join(' ')),
    wasAnalysed: cloud.executions.length > 0 || concluded(/\((empty|drifted|unlabelled|labelled)\)$/),
    wasJudged: concluded(/\((drifted|labelled)\)$/),
    dueCount,
    isForgetful: steps.some((step) => FORGETFUL.test(step)),
  };
}

const pastTen = (minutes: number) => new Date(Date.UTC(2026, 2, 4, 10, minutes));

const EXECUTION: ListedExecution = {
  ScheduledTime: new Date('2026-03-04T10:00:00Z'),
  MonitoringExecutionStatus: 'CompletedWithViolations',
  ProcessingJobArn: 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/job-1',
};

function baseline(): Map<string, string> {
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('train.csv');
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 2},${i % 20}`);
  file.push(Buffer.from(`churned,tenure\n${rows.join('\n')}\n`));
  file.end();
  const made = statistics(profiler.finish());
  const ids = Array.from({ length: 60 }, (_, i) => `${i % 2},x${i}`);
  const lines = ids.map((id) => captureLine(id));
  const labels = ids.map((id) => truth(id, '1'));
  return new Map([
    ['out/baseline/statistics.json', JSON.stringify(made)],
    ['out/baseline/constraints.json', JSON.stringify(suggestConstraints(made))],
    ['out/baseline/quality.json', JSON.stringify(QUALITY)],
    ['labels/truth/2026/03/04/09/labels.jsonl', labels.join('\n')],
    ['capture/data/churn/v/2026/03/04/09/a.jsonl', lines.join('')],
    [`${FOLDERS['model-monitor']}/2026/03/04/10/constraint_violations.json`, JSON.stringify({ violations: [MISSING] })],
  ]);
}

const QUALITY: ModelQualityConstraints = {
  version: 0,
  binary_classification_constraints: { accuracy: { threshold: 0.9, comparison_operator: 'LessThanThreshold' } },
};

const MISSING = { feature_name: 'tenure', constraint_check_type: 'missing_column_check', description: '' };

/** Plans and profiles as the state machine does. */
async function analysed({ objects }: Cloud, execution: string, request: MonitorRequest): Promise<ConcludeEvent> {
  const made = await plan({ request, execution });
  for (const line of (objects.get(`${made.bucket}/${made.key}`) ?? '').split('\n').filter(Boolean)) {
    await profile({ request, execution, item: JSON.parse(line) as PlanItem });
  }
  return { request, execution, plan: made };
}

function memories(): [string, string][] {
  return Object.values(MONITORS).map(({ engine, scheduleIdentity, everyHours, startHour }) => {
    const until = '2026-03-04T10:37:00.000Z';
    const memory = { since: '2026-03-01T00:00:00Z', until, engine, scheduleIdentity, everyHours, startHour };
    return [`${FOLDERS[engine]}/reconciled.json`, JSON.stringify(memory)];
  });
}
