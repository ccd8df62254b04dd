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
    Run: schedule(
      JSON.stringify({
        mode: 'monitor',
        featureMetrics: ['age', 'tenure'],
        signalMetrics: true,
        variants: { read: ['live', 'spare'], comparison: { reference: 'live', candidate: 'spare', metric: true } },
        monitor: { id: 'a', kind: 'DataQuality', endpointName: 'churn' },
        capture: { bucket: 'data', prefix: 'captured' },
        baseline: {},
      }),
    ),
    Look: schedule(
      JSON.stringify({
        settings: {
          stopOn: [],
          checks: [
            { issue: 'NotFalling', metric: 'held' },
            { issue: 'Apart', metric: 'held', trainingMetric: 'loss' },
            { issue: 'NotANumber', metric: 'nan' },
          ],
        },
      }),
    ),
    LookAtTime: schedule(JSON.stringify({ settings: { stopOn: ['Stuck'] } })),
    Own: schedule('good morning'),
    Other: schedule('{"hello":1}'),
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Tags: [{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'a' }] },
    },
    Share: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a / b' }, stat, stat] } },
    Unusual: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Metrics: [{ Expression: 'ANOMALY_DETECTION_BAND(a)' }, stat], ThresholdMetricId: 'band' },
    },
    Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: {} },
    Models: { Type: 'AWS::CloudWatch::Dashboard', Properties: {} },
    Pages: {
      Type: 'AWS::Events::Rule',
      Properties: { Targets: [{ InputTransformer: { InputTemplate: '{"buckets":[]}' } }] },
    },
    Function: { Type: 'AWS::Lambda::Function', Properties: { Architectures: ['arm64'] } },
  },
};

test('monitors of both engines are counted by what the watcher expects, and schedules of the app are not', () => {
  expect(appParts({ stacks: [{ id: 'Stack', name: 'Stack', template, titles: new Map() }] })).toEqual({
    monitors: [
      { engine: 'serverless', kind: 'DataQuality', hours: 1, reading: { section: expect.any(String) } },
      { engine: 'model-monitor', kind: 'ModelBias', hours: 24 },
    ],
    watchers: 1,
    trainingWatches: 2,
    trainingMetrics: 3, // each once of a watch
    alarms: 1 + 2 + 3, // metrics, edges of a band among them
    compositeAlarms: 1,
    dashboards: 1,
    metrics: expect.closeTo(1 + 1 + (1 + 4 + 2 + 2 + 1) + 1 / 24, 10), // watcher, front door, the hourly monitor with metrics of runs, features, signals and variants, the daily one
    isArm: true,
    hasPages: true,
    tagged: 1,
  });
});

describe('what a monitor reads', () => {
  const CAPTURE = { bucket: 'data', prefix: 'captured' };
  const request = (others: object) => ({
    mode: 'monitor',
    featureMetrics: [],
    monitor: { id: 'a', kind: 'DataQuality', endpointName: 'churn' },
    capture: CAPTURE,
    baseline: {},
    ...others,
  });

  function readingOf(others: object, resources: object = {}) {
    const monitors = [{ id: 'a', kind: 'DataQuality', engine: 'serverless', everyHours: 1 }];
    const Resources = {
      Watch: schedule(JSON.stringify({ reconcilerId: 'Stack', monitors })),
      Run: schedule(JSON.stringify(request(others))),
      ...resources,
    };
    return appParts({ stacks: [{ id: 'Stack', name: 'Stack', template: { Resources }, titles: new Map() }] })
      .monitors[0].reading;
  }

  const extracts = { bucket: 'extracts', prefix: 'extracts/Stack' };

  test("is the data of others where extracts are left of the same endpoint, and nobody else's", () => {
    const [one, same, other] = ['churn', 'churn', 'fraud'].map((endpointName) =>
      readingOf({ extracts, monitor: { id: 'a', kind: 'DataQuality', endpointName } }),
    );
    expect(one).toEqual(same);
    expect(other?.data).not.toBe(one?.data);
    expect(readingOf({})).not.toHaveProperty('data');
  });

  test('makes the same of it whatever is asked of groups, and another thing with another filter', () => {
    const groups = { question: {}, predicted: { column: 0 }, threshold: 0.5 };
    expect(readingOf({ groups })?.section).toBe(readingOf({ groups: { ...groups, threshold: 0.7 } })?.section);
    expect(readingOf({ filter: { not: [] } })?.section).not.toBe(readingOf({})?.section);
  });

  test('has a limit, and then is shared by windows of one length alone', () => {
    const limited = (windowHours: number) => readingOf({ extracts, maximumBytes: 2 ** 30, windowHours });
    expect(limited(1)).toMatchObject({ maximumBytes: 2 ** 30 });
    expect(limited(1)).toEqual(limited(1));
    expect(limited(24)?.data).not.toBe(limited(1)?.data);
  });

  test('has the hours of its labels', () => {
    const labels = { place: { bucket: 'data', prefix: 'labels' }, startHours: 25, endHours: 24 };
    expect(readingOf({ labels })?.labels).toEqual({ place: 'data/labels', hours: 25 });
  });

  test('asks a model at an endpoint whose memory the template says, or at one that is billed otherwise', () => {
    const model = { endpointName: 'Predictor.EndpointName', recordsPerRequest: 200, requestsAtOnce: 4 };
    const explanation = { headers: ['x', 'y'], recordCount: 10, baseline: { text: '1,2\n3,4\n' }, model };
    const configOf = (variant: object) => ({
      Predictor: {
        Type: 'AWS::SageMaker::Endpoint',
        Properties: { EndpointConfigName: { 'Fn::GetAtt': ['Config', 'EndpointConfigName'] } },
      },
      Config: { Type: 'AWS::SageMaker::EndpointConfig', Properties: { ProductionVariants: [variant] } },
    });
    const serverless = readingOf({ explanation }, configOf({ ServerlessConfig: { MemorySizeInMB: 3072 } }));
    expect(serverless?.asked).toEqual({ requests: 11, atOnce: 4, memory: 3 });
    const instances = readingOf({ explanation }, configOf({ InstanceType: 'ml.m5.large' }));
    expect(instances?.asked).toEqual({ requests: 11, atOnce: 4, memory: undefined });
  });
});
