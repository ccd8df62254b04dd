import type { BaselineRequest, BaselineSpec } from '../../lib/baseline/contract';
import { handler as baselineHandler } from '../../lib/baseline/handler/baseline.lambda';
import type { BaselineEvent } from '../../lib/baseline/handler/baseline-request';
import type { ExpectedMonitor } from '../../lib/engine/reconciler/contract';
import { handler as reconcileHandler } from '../../lib/engine/reconciler/handler/reconcile.lambda';
import type {
  AnalysisRequest,
  AnalysisState,
  MonitorRequest,
  Plan,
  PlanItem,
} from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as explainHandler } from '../../lib/engine/serverless/handler/explain.lambda';
import { handler as planHandler } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profileHandler } from '../../lib/engine/serverless/handler/profile.lambda';
import { handler as digestHandler } from '../../lib/notification/digest.lambda';
import type { ExecutionCompletedDetail, ExecutionReport, OutcomeClaim } from '../../lib/outcome/contract';
import { claimedReport } from '../../lib/outcome/outcome-claim';
import { type ComparedFiles, renderRunReport } from '../../lib/report';
import { GATE_ENV } from '../../lib/retraining/contract';
import { handler as gateHandler } from '../../lib/retraining/handler/gate.lambda';
import { invoked } from '../handlers/invocation';
import { BASELINE_REQUEST, EXPECTED_MONITOR, MONITOR_REQUEST } from '../handlers/requests';
import type { Listener } from './listener';

// The ways that data take through the handlers, each station of which is heard.

const conclude = invoked(concludeHandler);
const reconcile = invoked(reconcileHandler);

/** Where the baseline of these monitors is made. */
export const BASELINE = { bucket: 'out', prefix: 'reports/dq/baseline/0123456789abcdef' };

const file = (name: string) => ({ bucket: BASELINE.bucket, key: `${BASELINE.prefix}/${name}` });

/** The run of a monitor against that baseline. */
export const WINDOW: MonitorRequest = {
  ...MONITOR_REQUEST,
  baseline: { statistics: file('statistics.json'), constraints: file('constraints.json') },
  extracts: { bucket: 'extracts', prefix: 'extracts' },
  featureMetrics: ['income', 'plan', 'mail'],
  runMetrics: true,
};

/** Plans, profiles and concludes, as the state machine does: what fails is concluded as a failure. */
export async function analysed(heard: Listener, request: AnalysisRequest, execution = 'e1'): Promise<void> {
  const { answer: plan, error } = await heard.call('plan', () => planHandler({ request, execution }));
  const failure = error ?? (await profiled(heard, { request, execution }, plan as Plan));
  const unexplained = failure ?? (await explained(heard, { request, execution }, plan as Plan));
  const end = unexplained ? { error: unexplained } : { plan };
  const { error: last } = await heard.call('conclude', () => conclude({ request, execution, ...end }));
  if (last) await heard.call('conclude', () => conclude({ request, execution, plan, error: last }));
}

async function profiled(heard: Listener, state: AnalysisState, { bucket, key }: Plan) {
  const lines = (heard.s3.objects.get(`${bucket}/${key}`) ?? '').split('\n').filter(Boolean);
  for (const line of lines) {
    const item = JSON.parse(line) as PlanItem;
    const { error } = await heard.call('profile', () => profileHandler({ ...state, item }));
    if (error) return error;
  }
  return undefined;
}

async function explained(heard: Listener, state: AnalysisState, plan: Plan) {
  if (!state.request.explanation || plan.itemCount === 0) return undefined;
  return (await heard.call('explain', () => explainHandler({ ...state, plan }))).error;
}

/** Makes a baseline of a dataset. */
export async function baselineOf(heard: Listener, text: string, others: Partial<BaselineRequest> = {}): Promise<void> {
  const request = { ...BASELINE_REQUEST, output: BASELINE, ...others };
  heard.s3.set(request.dataset.bucket, request.dataset.key, text);
  await analysed(heard, request, 'b1');
}

/** Judges files that somebody gives, at a deployment, and overrides the constraints. */
export async function givenBaseline(heard: Listener): Promise<void> {
  const { statistics, constraints } = WINDOW.baseline;
  const given: BaselineSpec = { statistics, constraints, output: BASELINE, rigour: 'Meaning' };
  const overridden: BaselineSpec = { constraints, output: BASELINE, overrides: { comparisonThreshold: 0.2 } };
  for (const spec of [given, overridden]) {
    const event = {
      RequestType: 'Create',
      RequestId: 'c0ffee',
      StackId: 'stack',
      LogicalResourceId: 'Baseline',
      ResponseURL: 'https://cloudformation.example/answer',
      ResourceProperties: { ServiceToken: 't', Spec: JSON.stringify(spec) },
    } as unknown as BaselineEvent;
    await heard.call('baseline', () => baselineHandler(event));
  }
}

/** The monitor, on each of the engines. */
export const MONITORS: readonly ExpectedMonitor[] = [
  EXPECTED_MONITOR,
  { ...EXPECTED_MONITOR, engine: 'model-monitor', monitoringScheduleName: 'schedule' },
];

/** Looks for what is due, on each engine, at two times. */
export async function reconciled(heard: Listener): Promise<void> {
  for (const monitor of MONITORS) {
    for (const time of ['10:37', '12:37']) {
      const event = { scheduledTime: `2026-03-04T${time}:00Z`, reconcilerId: 'Stack', monitors: [monitor] };
      await heard.call('reconcile', () => reconcile(event));
    }
  }
}

/** Where copies of the reports of monitors lie, as a rule says it. */
const TOLD = { bucket: 'out', prefix: 'told' };

/** What a rule makes of an event: it says where the report lies, or does not know it. */
function claimsOf({ s3 }: Listener, detail: ExecutionCompletedDetail): OutcomeClaim[] {
  const { monitorId, reportUri, accountId: account = '', region = '' } = detail;
  const copy = claimedReport(detail, TOLD);
  const report = s3.objects.get(`${reportUri.slice('s3://'.length)}report.json`);
  if (copy && report !== undefined) s3.set(copy.bucket, copy.key, report);
  const monitorIds = [monitorId];
  return [[{ ...TOLD, monitorIds }], [{ monitorIds }]].map((reports) => ({ account, region, detail, reports }));
}

/** The page of the run whose files lie in a folder, beside those of its baseline. */
export function pageOf({ s3 }: Listener, folder: string): string {
  const json = (key: string) => JSON.parse(s3.objects.get(key) ?? 'null') ?? undefined;
  const files = (of: string): ComparedFiles => ({
    statistics: json(`${of}/statistics.json`),
    constraints: json(`${of}/constraints.json`),
    analysis: json(`${of}/analysis.json`),
  });
  const report: ExecutionReport = json(`${folder}/report.json`);
  const variants = (report.outcome.variants ?? []).map(({ variant }) => [
    variant,
    files(`${folder}/variants/${variant}`),
  ]);
  return renderRunReport({
    report,
    run: files(folder),
    baseline: files(`${BASELINE.bucket}/${BASELINE.prefix}`),
    variants: Object.fromEntries(variants),
    violations: json(`${folder}/constraint_violations.json`)?.violations,
    earlier: [report],
  });
}

/** Hands every event on that there is, to the digest and to the gate, which look at its report, or believe it. */
export async function toldOn(heard: Listener): Promise<void> {
  process.env[GATE_ENV.tableName] = 'gate';
  process.env[GATE_ENV.pipelineName] = 'retrain';
  process.env[GATE_ENV.settings] = JSON.stringify({
    triggerId: 'Stack/Retraining',
    cooldownSeconds: 60,
    parameters: {},
  });
  try {
    for (const [index, detail] of heard.details().entries()) {
      const eventId = String(index);
      for (const claim of claimsOf(heard, detail as ExecutionCompletedDetail)) {
        const topicArn = 'arn:aws:sns:eu-west-1:111122223333:topic';
        await heard.call('digest', () => digestHandler({ ...claim, eventId, topicArn }));
        await heard.call('gate', () => gateHandler({ ...claim, id: eventId }));
      }
    }
  } finally {
    for (const name of Object.values(GATE_ENV)) delete process.env[name];
  }
}
