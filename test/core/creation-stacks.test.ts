import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { withoutCreationStacks } from '../../lib/core/creation-stacks';
import { newMonitor } from '../monitor/fixtures';

const CONTEXT = 'aws:cdk:disable-creation-stack-traces';

/** The stack traces that a resource below a construct of the library, and one beside it, keep. */
function tracesIn(context: { [key: string]: unknown } = {}) {
  const stack = new Stack(new App({ context }), 'Stack');
  const scope = new Construct(stack, 'Scope');
  withoutCreationStacks(scope);
  const [below, beside] = [scope, stack].map((parent) => new CfnResource(parent, 'Topic', { type: 'AWS::SNS::Topic' }));
  return { below: below.creationStack, beside: beside.creationStack };
}

describe('the stack trace of a creation', () => {
  test('is kept by the resources of users, and not by those of the library', () => {
    const { below, beside } = tracesIn();
    expect(below).toEqual([]);
    expect(beside.join()).toContain('creation-stacks.test.ts');
  });

  test('is kept by all where the context says so', () => {
    expect(tracesIn({ [CONTEXT]: false }).below.join()).toContain('creation-stacks.test.ts');
  });

  test('is kept by none where the context says so', () => {
    expect(tracesIn({ [CONTEXT]: true })).toEqual({ below: [], beside: [] });
  });

  test('is kept by all for a debugger', () => {
    process.env.CDK_DEBUG = 'true';
    try {
      expect(tracesIn().below.join()).toContain('creation-stacks.test.ts');
    } finally {
      delete process.env.CDK_DEBUG;
    }
  });

  test('is not kept by the resources of a monitor', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const resources = newMonitor(stack)
      .node.findAll()
      .filter((child) => CfnResource.isCfnResource(child));
    expect(resources.length).toBeGreaterThan(0);
    expect(resources.flatMap(({ creationStack }) => creationStack)).toEqual([]);
  });
});
