import { CfnResource, CloudFormationValidatePlugin, type Stack, Validations } from 'aws-cdk-lib';
import { APP_NAMES, APPS, birdStrikes } from './apps';
import { temporaryFolder } from './synthesis';

const CONTEXT = { '@aws-cdk/core:strictCfnValidateErrors': true };

test.each(APP_NAMES)('the templates of %s pass the CloudFormation rules, warnings included', (name) => {
  const app = APPS[name]({ context: CONTEXT, outdir: temporaryFolder() });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  app.synth();
});

test('fails for a template that breaks a rule', () => {
  const app = birdStrikes({ context: CONTEXT, outdir: temporaryFolder() });
  new CfnResource(app.node.findChild('BirdStrikes') as Stack, 'Wrong', {
    type: 'AWS::SageMaker::MonitoringSchedule',
    properties: { MonitoringScheduleName: 'x'.repeat(64), MonitoringScheduleConfig: {} },
  });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  expect(() => app.synth()).toThrow();
});
