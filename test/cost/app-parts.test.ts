import { appParts } from '../../lib/cost/app-parts';

const schedule = (Input: string) => ({ Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Input } } });

/** A stack whose watcher expects two monitors of one front door, and a schedule of the app's own. */
const stat = { MetricStat: {} };

const template = {
  Resources: {
    Watch: schedule(
      JSON.stringify({
        reconcilerId: 'Stack',
        monitors: [
          { id: 'a', monitoringId: 'door', kind: 'DataQuality', engine: 'serverless', everyHours: 1, runMetrics: true },
          { id: 'b', monitoringId: 'door', kind: 'ModelBias', engine: 'model-monitor', everyHours: 24 },
        ],
      }),
    ),
    Run: schedule(JSON.stringify({ mode: 'monitor', featureMetrics: ['age', 'tenure'] })),
    Own: schedule('good morning'),
    Other: schedule('{"hello":1}'),
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
    Share: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a / b' }, stat, stat] } },
    Unusual: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Metrics: [{ Expression: 'ANOMALY_DETECTION_BAND(a)' }, stat], ThresholdMetricId: 'band' },
    },
    Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: {} },
    Function: { Type: 'AWS::Lambda::Function', Properties: { Architectures: ['arm64'] } },
  },
};

test('monitors of both engines are counted by what the watcher expects, and schedules of the app are not', () => {
  expect(appParts({ stacks: [{ id: 'Stack', name: 'Stack', template, titles: new Map() }] })).toEqual({
    monitors: [
      { engine: 'serverless', kind: 'DataQuality', hours: 1 },
      { engine: 'model-monitor', kind: 'ModelBias', hours: 24 },
    ],
    watchers: 1,
    alarms: 1 + 2 + 3, // metrics, edges of a band among them
    compositeAlarms: 1,
    metrics: 2 + 1 + 1 + 4 + 2, // monitors, front door, watcher, metrics of runs, features
    isArm: true,
  });
});
