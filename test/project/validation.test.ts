import { type App, CfnResource, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { APP_NAMES, APPS, birdStrikes } from './apps';
import { NAG_ACKNOWLEDGEMENTS } from './nag-acknowledgements';
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

test.each(APP_NAMES)('[E10] %s passes cdk-nag, with what is acknowledged', (name) => {
  const app = APPS[name]({ outdir: temporaryFolder() });
  acknowledge(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
});

test('each acknowledgement is about a finding that is there', () => {
  const found = APP_NAMES.flatMap((name) => findings(APPS[name]({ outdir: temporaryFolder() })));
  const acknowledged = NAG_ACKNOWLEDGEMENTS.map(({ path, id }) => `${path} ${id}`);
  expect(acknowledged.filter((one) => !found.includes(one))).toEqual([]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
});

test('each acknowledgement is about one resource, by its whole id, with a reason', () => {
  for (const name of APP_NAMES) {
    const app = APPS[name]({ outdir: temporaryFolder() });
    for (const { path } of NAG_ACKNOWLEDGEMENTS) {
      const construct = app.node.findAll().find((one) => one.node.path === path);
      if (construct) expect(CfnResource.isCfnResource(construct) || Stack.isStack(construct)).toBe(true);
      if (construct) expect(Stack.isStack(construct)).toBe(false);
    }
  }
  for (const { id, reason } of NAG_ACKNOWLEDGEMENTS) {
    expect(reason).toMatch(/\w+( \S+){3,}/);
    expect(id).not.toMatch(/-IAM[45]$/); // these need the finding itself in brackets
  }
});

function acknowledge(app: App): void {
  for (const { path, id, reason } of NAG_ACKNOWLEDGEMENTS) {
    const construct = app.node.findAll().find((one) => one.node.path === path);
    if (construct) Validations.of(construct).acknowledge({ id, reason });
  }
}

/** "path id" of everything that cdk-nag finds in an app without acknowledgements. */
function findings(app: App): string[] {
  app.synth();
  return new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName}`),
    );
}
