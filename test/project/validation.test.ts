import { CfnResource, CloudFormationValidatePlugin, type Stack, Validations } from 'aws-cdk-lib';
import { birdStrikes } from './apps';
import { temporaryFolder } from './synthesis';
import { STRICT, validated } from './validated';

// `npm test` validates, beside these, the matrix of all monitors; the long test beside this one the apps that are left.
test('the templates of birdStrikes pass the CloudFormation rules, warnings included', () => {
  expect(() => validated('birdStrikes')).not.toThrow();
});

test('fails for a template that breaks a rule', () => {
  const app = birdStrikes({ context: STRICT, outdir: temporaryFolder() });
  new CfnResource(app.node.findChild('BirdStrikes') as Stack, 'Wrong', {
    type: 'AWS::SageMaker::MonitoringSchedule',
    properties: { MonitoringScheduleName: 'x'.repeat(64), MonitoringScheduleConfig: {} },
  });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  expect(() => app.synth()).toThrow();
});
