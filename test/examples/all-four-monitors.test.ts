import { MonitorKind } from '../../lib';
import { allFourMonitors, batchTransform } from '../project/apps';
import { type CloudFormationTemplate, templatesOf, temporaryFolder } from '../project/synthesis';

const APPS = [
  { name: 'of an endpoint', make: allFourMonitors, input: 'EndpointInput' },
  { name: 'of batch transform jobs', make: batchTransform, input: 'BatchTransformInput' },
];

const KINDS = Object.values(MonitorKind);

function templateOf({ make }: (typeof APPS)[number]): CloudFormationTemplate {
  return [...templatesOf(make({ outdir: temporaryFolder() })).values()][0];
}

function propertiesOf({ Resources }: CloudFormationTemplate, type: string): { readonly [name: string]: unknown }[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);
}

describe.each(APPS)('all four monitors $name', (app) => {
  const template = templateOf(app);

  test('[A1][A2][A3][A4][A5] come from one construct: a schedule and a definition of each kind', () => {
    const schedules = propertiesOf(template, 'AWS::SageMaker::MonitoringSchedule');
    const configs = schedules.map(({ MonitoringScheduleConfig }) => MonitoringScheduleConfig as Schedule);
    expect(configs.map(({ MonitoringType }) => MonitoringType).sort()).toEqual([...KINDS].sort());
    for (const kind of KINDS) {
      const [definition, ...others] = propertiesOf(template, `AWS::SageMaker::${kind}JobDefinition`);
      expect(others).toEqual([]);
      expect(Object.keys(definition[`${kind}JobInput`] as object)).toContain(app.input);
    }
  });

  test('[D1][D7][defect 3][defect 6] have a baseline each, by a job and in a folder of its own', () => {
    const specs = propertiesOf(template, 'Custom::SageMakerMonitoringBaseline').map(({ Spec }) => JSON.stringify(Spec));
    const outputs = specs.map((spec) => /model-monitoring\/[^"\\]+\/baseline/.exec(spec)?.[0]);
    expect(specs.filter((spec) => spec.includes('ProcessingInputs'))).toHaveLength(4);
    expect(new Set(outputs).size).toBe(4);
    expect(specs.filter((spec) => spec.includes('MODEL_QUALITY'))).toHaveLength(1);
    expect(specs.filter((spec) => spec.includes('/sagemaker-clarify-processing:'))).toHaveLength(2);
  });

  test('[G1][G2][G3][G4][G5] have an alarm on drift each, and three that they share, which all go to the topic', () => {
    const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');
    const drift = alarms.filter(({ MetricName }) => MetricName === 'Violations');
    expect(new Set(drift.map(({ Dimensions }) => JSON.stringify(Dimensions))).size).toBe(KINDS.length);
    const [topic] = Object.keys(template.Resources).filter((id) => id.startsWith('Alerts'));
    expect(alarms).toHaveLength(4 + 3);
    expect(alarms.map(({ AlarmActions }) => AlarmActions)).toEqual(alarms.map(() => [{ Ref: topic }]));
  });
});

interface Schedule {
  readonly MonitoringType: string;
}
