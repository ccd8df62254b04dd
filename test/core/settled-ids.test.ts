import { App, AspectPriority, Aspects, type CfnElement, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct, type IConstruct } from 'constructs';
import { InlineRole } from '../../lib/core/inline-role';
import { settleLogicalIds } from '../../lib/core/settled-ids';

/** Counts how often ids are derived. */
class CountingStack extends Stack {
  public derived = 0;

  protected allocateLogicalId(element: CfnElement): string {
    this.derived += 1;
    return super.allocateLogicalId(element);
  }
}

/** Something of this library with one resource, to which so many others refer; `settled` or as it would be, with or without a role before it. */
function stackWith({ settled = true, references = 0, app = new App(), hasRole = false } = {}) {
  const stack = new CountingStack(app, 'Stack');
  if (hasRole) roleIn(stack);
  const own = new Construct(stack, 'Own');
  if (settled) settleLogicalIds(own);
  const resource = new CfnResource(own, 'Resource', { type: 'AWS::SNS::Topic' });
  for (let index = 0; index < references; index++) new CfnOutput(stack, `Output${index}`, { value: resource.ref });
  const other = new CfnResource(stack, 'Other', { type: 'AWS::SNS::Topic' });
  return { stack, resource, other };
}

function roleIn(stack: Stack): void {
  const role = new InlineRole(stack, 'Role', { assumedBy: 'sagemaker.amazonaws.com', description: 'role' });
  role.allow({ actions: ['sns:Publish'], resources: ['*'] });
}

function idsOf(stack: Stack): string[] {
  return Object.keys(Template.fromStack(stack).toJSON().Resources).sort();
}

describe('the logical ids of what a construct of this library makes', () => {
  test('are what they would be, in references as well', () => {
    const templates = [true, false].map((settled) => Template.fromStack(stackWith({ settled, references: 3 }).stack));
    expect(templates[0].toJSON()).toEqual(templates[1].toJSON());
  });

  test('are derived for at most half of the references', () => {
    const derivedFor = (references: number, settled: boolean) => {
      const { stack } = stackWith({ references, settled });
      Template.fromStack(stack);
      const ofOutputs = references * 4; // each has an id of its own
      return stack.derived - ofOutputs;
    };
    const further = (settled: boolean) => derivedFor(20, settled) - derivedFor(10, settled);
    expect(further(true)).toBeLessThanOrEqual(further(false) / 2);
  });

  test('are derived for none of the references that are looked for after a role of this library', () => {
    const derivedWith = (textOf: (resource: CfnResource) => string) => {
      const { stack, resource } = stackWith({ hasRole: true });
      for (let index = 0; index < 10; index++) new CfnOutput(stack, `Output${index}`, { value: textOf(resource) });
      Template.fromStack(stack);
      return stack.derived;
    };
    expect(derivedWith(({ ref }) => ref)).toBe(derivedWith(() => 'no reference'));
  });

  test.each([false, true])('are those that users chose, by renaming or overriding, with a role: %s', (hasRole) => {
    const withRole = hasRole ? [expect.stringMatching(/^Role/)] : [];
    const renamed = stackWith({ hasRole });
    const [, id] = idsOf(stackWith().stack);
    renamed.stack.renameLogicalId(id, 'Renamed');
    expect(idsOf(renamed.stack)).toEqual(['Other', 'Renamed', ...withRole]);
    const overridden = stackWith({ hasRole });
    overridden.resource.overrideLogicalId('Chosen');
    expect(idsOf(overridden.stack)).toEqual(['Chosen', 'Other', ...withRole]);
  });

  test('are those that an aspect chose, whenever it comes', () => {
    const { stack } = stackWith({ hasRole: true });
    const visit = (node: IConstruct) => {
      if (CfnResource.isCfnResource(node)) node.overrideLogicalId(`Chosen${node.node.path.replaceAll('/', '')}`);
    };
    Aspects.of(stack).add({ visit }, { priority: AspectPriority.READONLY });
    expect(idsOf(stack)).toEqual(['ChosenStackOther', 'ChosenStackOwnResource', 'ChosenStackRoleResource']);
  });

  test('may be locked, as another stack refers to them', () => {
    const app = new App();
    const { stack, resource } = stackWith({ app });
    const [, id] = idsOf(stackWith().stack);
    new CfnOutput(new Stack(app, 'Consumer'), 'Output', { value: resource.ref });
    expect(idsOf(stack)).toContain(id);
  });

  test('may be chosen later, for the next synthesis', () => {
    const { stack, resource } = stackWith();
    const [app, other] = [stack.node.root as App, 'Later'];
    app.synth();
    resource.overrideLogicalId(other);
    const { template } = app.synth({ force: true }).getStackByName('Stack');
    expect(Object.keys(template.Resources)).toContain(other);
  });

  test('stay as free as ever where others made them', () => {
    const { stack, other } = stackWith();
    const overridden = jest.spyOn(other, 'overrideLogicalId');
    Template.fromStack(stack);
    expect(overridden).not.toHaveBeenCalled();
  });
});
