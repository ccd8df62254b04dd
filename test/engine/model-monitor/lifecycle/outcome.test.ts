import type { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import { THROTTLED } from '../../../../lib/cloud/account/faults';
import type { ExecutionPlan } from '../../../../lib/cloud/account/sagemaker/monitoring-executions';
import type { Cloud } from '../../../../lib/cloud/deployment/cloud';
import { MonitoringEngine } from '../../../../lib/engine/monitoring-engine';
import type { MonitorKindName } from '../../../../lib/kind/kind-sheet';
import { ModelMonitoring } from '../../../../lib/model-monitoring';
import { AlertPolicy } from '../../../../lib/monitor/alert-policy';
import { ModelProblem } from '../../../../lib/monitor/model-problem';
import { MonitoredData } from '../../../../lib/monitor/monitored-data';
import type { ExecutionCompletedDetail, ExecutionReport } from '../../../../lib/outcome/contract';
import { quietFiles, REPORT_FILES } from '../../../handlers/report-files';
import { givenBaseline, newEndpoint } from '../../../monitor/fixtures';
import { accountForEach } from '../../lifecycle';
import { biasAnalysis, shapAnalysis } from '../clarify';
import { givenLabels, givenTransforms } from '../quality';

// What becomes of executions in a deployed stack: the reconciler of the template concludes them, in virtual time, with its own role; its
// event, the rule, the digest, the alarms and the topic are those of the template, too.

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
const KINDS = Object.keys(REPORT_FILES) as MonitorKindName[];
let cloud: Cloud;
const synthesized = accountForEach((opened) => {
  cloud = opened;
});

/** A synthesized app whose stack has a monitor of each kind, of one endpoint or of batch transform jobs. */
function assembly(input: 'endpoint' | 'batch', hasBus = false): string {
  return synthesized((stack) => watchEveryKind(stack, input, hasBus));
}

function watchEveryKind(stack: Stack, input: 'endpoint' | 'batch', hasBus: boolean): void {
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    ...(input === 'endpoint'
      ? { data: MonitoredData.endpoint(newEndpoint(stack)) }
      : { data: MonitoredData.batchTransform(givenTransforms(stack)) }),
    engine: MonitoringEngine.modelMonitor(),
    notificationTopic: new sns.Topic(stack, 'Topic'),
    eventBus: hasBus ? new events.EventBus(stack, 'Bus') : undefined,
  });
  monitoring.onViolations('Ours');
  new events.Rule(stack, 'Others', { eventPattern: { source: ['cdk-sagemaker-monitoring'] } });
  const baseline = givenBaseline(stack);
  const groundTruth = givenLabels(stack);
  const problem = ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 });
  const each = { baseline, alertPolicy: AlertPolicy.everyWindow() };
  monitoring.addDataQualityMonitor('DataQuality', each);
  monitoring.addModelQualityMonitor('ModelQuality', { ...each, groundTruth, problem });
  monitoring.addModelBiasMonitor('ModelBias', { ...each, groundTruth, analysis: biasAnalysis() });
  monitoring.addModelExplainabilityMonitor('ModelExplainability', { ...each, analysis: shapAnalysis() });
}

/** Deploys, and passes the time until the monitors are known to the reconciler and the next full hour is there. */
async function deployed(input: 'endpoint' | 'batch' = 'endpoint', hasBus = false): Promise<void> {
  expect(await cloud.deploy(assembly(input, hasBus))).toMatchObject({ status: 'CREATE_COMPLETE' });
  await cloud.pass({ hours: 1 });
  await cloud.pass({ minutes: 60 - cloud.now.getUTCMinutes() });
}

/** Begins the execution of this hour, of the monitor of a kind. */
function begin(kind: MonitorKindName, plan: ExecutionPlan): void {
  const hour = new Date(Math.floor(cloud.now.getTime() / 3_600_000) * 3_600_000);
  const { MonitoringScheduleName } = cloud.resource({ type: SCHEDULE, name: `Monitoring${kind}Schedule` }).attributes;
  cloud.schedules.execute(String(MonitoringScheduleName), { scheduledTime: hour, ...plan });
}

/** An execution that finds what the files of its kind say. */
function findings(kind: MonitorKindName): ExecutionPlan {
  const list = JSON.stringify(REPORT_FILES[kind].violations);
  return { outcome: 'CompletedWithViolations', files: { ...quietFiles(kind), 'constraint_violations.json': list } };
}

const outcomes = () =>
  cloud.account.recorder.events
    .filter(({ source }) => source === 'cdk-sagemaker-monitoring')
    .map(({ detail }) => detail as ExecutionCompletedDetail);
const statuses = () =>
  outcomes()
    .map(({ monitorKind, status }) => `${monitorKind} ${status}`)
    .sort();
const subjects = () => cloud.account.recorder.messages.flatMap(({ subject = '' }) => subject);
const alarmed = () =>
  cloud.account.recorder.alarmChanges
    .filter(({ to }) => to === 'ALARM')
    .map(({ alarmArn }) => cloud.account.recorder.title(alarmArn));

describe.each(['endpoint', 'batch'] as const)('of a stack with monitors of all kinds, input %s', (input) => {
  test('[A5] violations are concluded once, alarmed about and told, each in the words of its kind', async () => {
    await deployed(input);
    for (const kind of KINDS) begin(kind, findings(kind));
    await cloud.pass({ hours: 3 });
    expect(statuses()).toEqual(KINDS.map((kind) => `${kind} CompletedWithViolations`).sort());
    expect(
      outcomes()
        .map(({ violationCount }) => violationCount)
        .sort(),
    ).toEqual([1, 2, 2, 3]);
    for (const { reportUri } of outcomes()) {
      const report: ExecutionReport = JSON.parse(cloud.text(`${reportUri}report.json`) ?? '{}');
      expect(report.published).toEqual(['metrics', 'featureMetrics', 'event']);
    }
    const of = input === 'endpoint' ? `${outcomes()[0].endpointName}` : 'batch transform';
    const short = of.slice(0, 10); // long names give way to what is said about them
    for (const words of [
      new RegExp(`^3 violations in data quality of ${short}.*, since `),
      new RegExp(`^2 metrics of model quality of ${short}.*, since `),
      new RegExp(`^Bias of ${short}.* is farther from 0 than its baseline in 2 metrics, since `),
      new RegExp(`^Feature attributions of ${short}.* have drifted.*, since `),
    ])
      expect(subjects().map((subject) => (words.test(subject) ? words : subject))).toContain(words);
    for (const kind of KINDS)
      expect(alarmed().filter((name) => name.includes(`${kind}`) && name.includes('Drift'))).toHaveLength(1);
  });
});

describe('of a stack with monitors of all kinds', () => {
  test('[B21] runs without data, without labels, stopped and never begun are told apart', async () => {
    await deployed();
    begin('DataQuality', { outcome: 'Failed', withoutJob: true, failureReason: 'Job inputs had no data' });
    const labels = 'No S3 objects found under S3 URL "s3://labels/truth/2026/01/05/01" given in input data source.';
    begin('ModelQuality', { outcome: 'Failed', withoutJob: true, failureReason: labels });
    begin('ModelBias', { outcome: 'Stopped' });
    await cloud.pass({ hours: 3 });
    expect(statuses()).toEqual(['DataQuality NoData', 'ModelBias Failed', 'ModelQuality Failed']);
    const reasons = outcomes().map(({ monitorKind, failureReason }) => `${monitorKind}: ${failureReason}`);
    expect(reasons).toContainEqual(expect.stringContaining('ModelQuality: GroundTruthNotFound: no labels'));
    const health = cloud.account.recorder.metrics.filter(({ name }) => name === 'Health').map(({ value }) => value);
    expect([...new Set(health)].sort()).toEqual([0, 2, 3]); // no data, failed, and of attributions a run that never began
    expect(alarmed().filter((name) => name.endsWith('Health'))).toHaveLength(1); // one alarm for all monitors
  });

  test.each([
    ['the default bus', false, ['Digest/Rule', 'Others', 'Ours']],
    ['a bus of their own', true, ['Digest/Rule', 'Ours']],
  ])('an outcome goes to %s, and to the rules that listen there', async (_, hasBus, rules) => {
    await deployed('endpoint', hasBus);
    begin('ModelBias', findings('ModelBias'));
    await cloud.pass({ hours: 3 });
    expect(statuses()).toEqual(['ModelBias CompletedWithViolations']);
    const { matches, title } = {
      matches: cloud.account.recorder.matches,
      title: cloud.account.recorder.title.bind(cloud.account.recorder),
    };
    const matched = matches.filter(({ event }) => event.source === 'cdk-sagemaker-monitoring');
    const names = matched.map(({ ruleArn }) => title(ruleArn).replace(/^Monitoring\/|^SageMakerMonitoring/, '')).sort();
    expect(names).toEqual([...rules, expect.stringMatching(/^Pages\/Rule/)]);
  });

  test('a throttled list, a refused event and a lost answer end in one outcome', async () => {
    await deployed();
    begin('ModelBias', findings('ModelBias'));
    cloud.faults.next('SageMaker', 'ListMonitoringExecutions', THROTTLED);
    cloud.faults.next('EventBridge', 'PutEvents', { error: { code: 'InternalException', status: 400 } });
    cloud.faults.next('S3', 'PutObject', { answerLost: true });
    await cloud.pass({ hours: 3 });
    expect(statuses()).toEqual(['ModelBias CompletedWithViolations']);
    const violations = cloud.account.recorder.metrics.filter(
      ({ name, dimensions }) => name === 'Violations' && JSON.stringify(dimensions).includes('ModelBias'),
    );
    expect(violations.map(({ value }) => value)).toEqual([2]);
  });

  test('a deleted stack leaves what was concluded', async () => {
    await deployed();
    begin('ModelQuality', findings('ModelQuality'));
    await cloud.pass({ hours: 3 });
    const [{ reportUri }] = outcomes();
    expect(await cloud.destroy('Stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(cloud.text(`${reportUri}report.json`)).toContain('"CompletedWithViolations"');
  });
});
