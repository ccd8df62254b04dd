import { App, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { Migrated } from '../../examples/migrate-from-l1/app';
import { HandWritten } from '../../examples/migrate-from-l1/l1-stack';
import { type CloudFormationTemplate, type Resource, templatesOf, temporaryFolder } from '../project/synthesis';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const STRICT = { '@aws-cdk/core:strictCfnValidateErrors': true };

const before = templateOf((app) => new HandWritten(app, 'Credit', { env: ENV }));
const between = templateOf((app) => new Migrated(app, 'Credit', { env: ENV, besideHandWritten: true }));
const after = templateOf((app) => new Migrated(app, 'Credit', { env: ENV }));

function templateOf(add: (app: App) => void): CloudFormationTemplate {
  const app = new App({ outdir: temporaryFolder() });
  add(app);
  return [...templatesOf(app).values()][0];
}

/** The resources whose logical id begins so, by it. */
function resourcesOf({ Resources }: CloudFormationTemplate, beginning: string): { [id: string]: Resource } {
  return Object.fromEntries(Object.entries(Resources).filter(([id]) => id.startsWith(beginning)));
}

/** The only resource of a type whose logical id begins so, its properties. */
function propertiesOf(template: CloudFormationTemplate, type: string, beginning: string): { [name: string]: unknown } {
  const found = Object.values(resourcesOf(template, beginning)).filter(({ Type }) => Type === type);
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

test('the endpoint stays as it is through all steps, and so does its role', () => {
  // the reports lie in the same bucket, whose policy stays as well
  const endpoint = resourcesOf(before, 'Credit');
  expect(Object.values(endpoint).map(({ Type }) => Type)).toContain('AWS::SageMaker::Endpoint');
  expect(resourcesOf(between, 'Credit')).toEqual(endpoint);
  expect(resourcesOf(after, 'Credit')).toEqual(endpoint);
});

test('the step between changes nothing of the hand-written monitors, but what happens when they leave the stack', () => {
  const ids = Object.keys(resourcesOf(before, 'HandWritten'));
  expect(Object.keys(resourcesOf(between, 'HandWritten'))).toEqual(ids);
  for (const id of ids) {
    const { Type, Properties } = before.Resources[id];
    const retained = Type.startsWith('AWS::SageMaker::')
      ? { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }
      : {};
    expect(between.Resources[id]).toEqual({ Type, Properties, ...retained });
  }
  expect(resourcesOf(after, 'HandWritten')).toEqual({});
});

test('the step between adds what is there after it, under the same ids', () => {
  expect(resourcesOf(between, 'Monitoring')).toEqual(resourcesOf(after, 'Monitoring'));
});

describe('the same is watched', () => {
  test('[A1][A2][B12] as often', () => {
    const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
    const expressionOf = (template: CloudFormationTemplate, beginning: string) =>
      propertiesOf(template, SCHEDULE, beginning).MonitoringScheduleConfig;
    for (const [kind, ScheduleExpression] of [
      ['DataQuality', 'cron(0 * ? * * *)'],
      ['ModelQuality', 'cron(0 6 ? * * *)'],
    ]) {
      const config = { MonitoringType: kind, ScheduleConfig: { ScheduleExpression } };
      expect(expressionOf(before, `HandWritten${kind}`)).toMatchObject(config);
      expect(expressionOf(after, `Monitoring${kind}`)).toMatchObject(config);
    }
  });

  test('[A2][B10][B13][B19] with the same labels, attributes and hours', () => {
    const type = 'AWS::SageMaker::ModelQualityJobDefinition';
    const { ModelQualityJobInput: was } = propertiesOf(before, type, 'HandWritten');
    const { ModelQualityJobInput: is } = propertiesOf(after, type, 'Monitoring');
    const hours = { StartTimeOffset: `-PT${31 * 24}H`, EndTimeOffset: `-PT${30 * 24}H` };
    expect(was).toMatchObject({ EndpointInput: { StartTimeOffset: '-P31D', EndTimeOffset: '-P30D' } });
    expect(is).toMatchObject({
      EndpointInput: { ProbabilityAttribute: '0', ProbabilityThresholdAttribute: 0.5, ...hours },
      GroundTruthS3Input: (was as { GroundTruthS3Input: object }).GroundTruthS3Input,
    });
  });

  test('[D8][D10] against the same files', () => {
    const type = 'AWS::SageMaker::DataQualityJobDefinition';
    const statisticsOf = (template: CloudFormationTemplate, beginning: string) =>
      (propertiesOf(template, type, beginning).DataQualityBaselineConfig as { StatisticsResource: object })
        .StatisticsResource;
    expect(statisticsOf(after, 'Monitoring')).toEqual(statisticsOf(before, 'HandWritten'));
    const made = Object.values(after.Resources).filter(({ Type }) => Type === 'Custom::SageMakerMonitoringBaseline');
    const specs = JSON.stringify(made.map(({ Properties }) => Properties.Spec));
    for (const text of ['baselines/data-quality/constraints.json', 'baselines/model-quality/constraints.json']) {
      expect(specs).toContain(text);
    }
  });
});

test('[F1][defect 5] names are given to nothing that is replaced', () => {
  const named = (template: CloudFormationTemplate) =>
    Object.values(template.Resources).filter(({ Properties }) => 'JobDefinitionName' in (Properties ?? {})).length;
  expect([named(before), named(between), named(after)]).toEqual([2, 2, 0]);
});

test('the hand-written stack passes the CloudFormation rules, warnings included: they know none of its traps', () => {
  const app = new App({ context: STRICT, outdir: temporaryFolder() });
  new HandWritten(app, 'Credit', { env: ENV });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  app.synth();
});
