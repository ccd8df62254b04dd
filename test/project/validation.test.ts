import { CfnResource, CloudFormationValidatePlugin, type Stack, Validations } from 'aws-cdk-lib';
import { birdStrikes } from './apps';
import { temporaryFolder } from './synthesis';
import { STRICT } from './validated';

// the matrix of all monitors is validated by its own test, whole apps by the long test beside this one
test('fails for a template that breaks a rule', () => {
  const app = birdStrikes({ context: STRICT, outdir: temporaryFolder() });
  new CfnResource(app.node.findChild('BirdStrikes') as Stack, 'Wrong', {
    type: 'AWS::SageMaker::MonitoringSchedule',
    properties: { MonitoringScheduleName: 'x'.repeat(64), MonitoringScheduleConfig: {} },
  });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  expect(() => app.synth()).toThrow();
});
