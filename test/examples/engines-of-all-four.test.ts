import { type IMonitoringEngine, MonitoringEngine } from '../../lib';
import { allFourMonitors, batchTransform } from '../project/apps';
import { type Resource, templatesOf, temporaryFolder } from '../project/synthesis';

// The same app on either engine: what differs is what runs the analyses, and nothing that a user or somebody on call meets.

type Resources = { readonly [id: string]: Resource };

const resourcesOf = (engine: IMonitoringEngine): Resources =>
  [...templatesOf(allFourMonitors({ outdir: temporaryFolder() }, engine)).values()][0].Resources;

const serverless = resourcesOf(MonitoringEngine.serverless());
const modelMonitor = resourcesOf(MonitoringEngine.modelMonitor());

/** Logical ids without the hashes in them. */
const named = (ids: readonly string[]) => ids.map((id) => id.replace(/[0-9A-F]{8}/g, '')).sort();

const onlyIn = (these: Resources, those: Resources) => named(Object.keys(these).filter((id) => !(id in those)));

const inBoth = Object.keys(serverless).filter((id) => id in modelMonitor);
const isSame = (id: string) => JSON.stringify(serverless[id]) === JSON.stringify(modelMonitor[id]);

/** Ids that are there once for each name. */
const eachOf = (names: readonly string[], of: (name: string) => readonly string[]) => names.flatMap(of);

const MONITORS = ['Bias', 'DataQuality', 'Explainability', 'ModelQuality'];
const RECONCILER = 'SageMakerMonitoringReconciler';

test('what both engines have differs in what makes baselines and seeks runs that are missed', () => {
  expect(named(inBoth.filter((id) => !isSame(id)))).toEqual([
    'SageMakerMonitoringBaselines',
    'SageMakerMonitoringBaselinesRole',
    `${RECONCILER}ReconcileRole`,
    `${RECONCILER}Schedule`,
    `${RECONCILER}Turns`,
  ]);
});

test('alarms, messages, pages, training, data, model and endpoint are the same', () => {
  const same = named(inBoth.filter(isSame));
  expect(same).toEqual(
    [
      ...eachOf(MONITORS, (name) => [`Monitoring${name}AlarmsDrift`]),
      'MonitoringHealth',
      'SageMakerMonitoringAlarmsHeartbeatAlarm',
      'SageMakerMonitoringAlarmsUndeliveredAlarm',
      ...['Alerts', 'AlertsPolicy', 'MonitoringDigestRule'],
      ...eachOf(['Digest', 'Pages'], (name) =>
        ['', 'EventInvokeConfig', 'Role', 'Rules'].map((part) => `SageMakerMonitoring${name}Function${part}`),
      ),
      'SageMakerMonitoringPagesRule',
      ...['SageMakerMonitoringDeadLetters', 'SageMakerMonitoringDeadLettersPolicy', 'SageMakerMonitoringHandlerLogs'],
      ...['RetrainingGate', 'RetrainingGateEventInvokeConfig', 'RetrainingGateRole', 'RetrainingRule'],
      ...['SageMakerMonitoringRetrainingLeases', `${RECONCILER}GiveTurns`, `${RECONCILER}GiveTurnsRole`],
      ...[`${RECONCILER}Reconcile`, `${RECONCILER}SchedulerRole`],
      ...['Data', 'DataPolicy', 'Model', 'ModelRole', 'Endpoint', 'EndpointConfig'],
      'RetrainingRuleAllowEventRuleCreditRiskRetrainingGate',
    ].sort(),
  );
});

test('serverless() alone has its machine, extracts, and an endpoint that is asked for attributions', () => {
  const machine = ['', 'Logs', 'Role', 'SchedulerRole', 'DistributedMapPolicy'];
  const functions = eachOf(['Conclude', 'Explain', 'Plan', 'Profile'], (name) => [name, `${name}Role`]);
  expect(onlyIn(serverless, modelMonitor)).toEqual(
    [
      ...eachOf(MONITORS, (name) => [`Monitoring${name}ServerlessBaseline`, `Monitoring${name}ServerlessSchedule`]),
      ...['Config', 'Endpoint'].map((part) => `MonitoringExplainabilityServerlessPredictor${part}`),
      ...[...machine, ...functions].map((part) => `SageMakerMonitoringAnalysis${part}`),
      ...['SageMakerMonitoringExtracts', 'SageMakerMonitoringExtractsPolicy'],
    ].sort(),
  );
});

test('modelMonitor() alone has definitions, schedules and roles of the service, and what waits for its jobs', () => {
  const configured = eachOf(['Bias', 'Explainability'], (name) => [
    `${name}AnalysisConfig`,
    `${name}BaselineAnalysisConfig`,
  ]);
  const drain = ['', 'Draining', 'DrainingOtherDrains', 'DrainingRole', 'Handler', 'HandlerRole', 'Machine'];
  expect(onlyIn(modelMonitor, serverless)).toEqual(
    [
      ...eachOf(MONITORS, (name) =>
        ['Baseline', 'JobDefinition', 'Role', 'Schedule'].map((part) => `Monitoring${name}${part}`),
      ),
      ...configured.map((name) => `Monitoring${name}`),
      ...['AnalysisConfigs', 'AnalysisConfigsRole'].map((part) => `SageMakerMonitoring${part}`),
      ...['', 'Job', 'JobRole', 'Logs', 'Role'].map((part) => `SageMakerMonitoringBaselineJobs${part}`),
      ...[...drain, 'MachineLogs', 'MachineRole', 'Rest'].map((part) => `SageMakerMonitoringDrain${part}`),
    ].sort(),
  );
});

test('the app of transform jobs runs on either engine, and what both have differs in the same', () => {
  const of = (engine: IMonitoringEngine): Resources =>
    [...templatesOf(batchTransform({ outdir: temporaryFolder() }, engine)).values()][0].Resources;
  const [one, other] = [of(MonitoringEngine.serverless()), of(MonitoringEngine.modelMonitor())];
  const both = Object.keys(one).filter((id) => id in other);
  const differing = both.filter((id) => JSON.stringify(one[id]) !== JSON.stringify(other[id]));
  expect(named(differing)).toEqual(named(inBoth.filter((id) => !isSame(id))));
  const alarms = both.filter((id) => one[id].Type === 'AWS::CloudWatch::Alarm');
  expect(alarms).toHaveLength(MONITORS.length + 3);
  expect(onlyIn(one, other)).toEqual(onlyIn(serverless, modelMonitor));
  expect(onlyIn(other, one)).toEqual(onlyIn(modelMonitor, serverless));
});
