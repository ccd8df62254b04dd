import { App, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { monitorIdOf, stackNameOf } from '../../lib/outcome/monitor-id';

const inStack = (...ids: string[]) =>
  ids.reduce<Construct>((scope, id) => new Construct(scope, id), new Stack(new App(), 'Stack'));

describe("a monitor's id", () => {
  test('is its path from the stack on, known at synthesis', () => {
    const id = monitorIdOf(inStack('Monitoring', 'DataQuality'));
    expect(id).toBe('Stack/Monitoring/DataQuality');
    expect(Token.isUnresolved(id)).toBe(false);
  });

  test('begins with the name that the stack is deployed under', () => {
    const stack = new Stack(new App(), 'Stack', { stackName: 'churn-prod' });
    expect(monitorIdOf(new Construct(stack, 'DataQuality'))).toBe('churn-prod/DataQuality');
  });

  test('differs between the stages of an app', () => {
    const app = new App();
    const idIn = (stage: string) =>
      monitorIdOf(new Construct(new Stack(new Stage(app, stage), 'Stack'), 'DataQuality'));
    expect([idIn('Beta'), idIn('Prod')]).toEqual(['Beta-Stack/DataQuality', 'Prod-Stack/DataQuality']);
  });

  test('is a plain string in a nested stack, too', () => {
    const nested = new NestedStack(new Stack(new App(), 'Stack'), 'Nested');
    const id = monitorIdOf(new Construct(nested, 'DataQuality'));
    expect(id).toMatch(/^[A-Za-z0-9-]+\/DataQuality$/);
    expect(Token.isUnresolved(id)).toBe(false);
  });

  test.each(['Data Quality', 'Prüfung', 'a*b', `\${x}`])(
    'has a hash in place of what S3 keys do not carry: %s',
    (id) => {
      expect(monitorIdOf(inStack(id))).toMatch(/^Stack\/[A-Za-z0-9_.-]+-[0-9a-f]{8}$/);
    },
  );

  test('keeps apart what differs only in replaced characters', () => {
    const ids = ['a b', 'a*b', 'a-b'].map((id) => monitorIdOf(inStack(id)));
    expect(new Set(ids).size).toBe(3);
  });

  test.each([
    ['of 200 characters is kept', 194, 'Stack/a{194}'],
    ['of 201 characters ends in a hash', 195, 'Stack/a{185}-[0-9a-f]{8}'],
  ])('%s', (_, length, expected) => {
    const id = monitorIdOf(inStack('a'.repeat(length)));
    expect(id).toMatch(new RegExp(`^${expected}$`));
    expect(id).toHaveLength(200);
  });

  test('keeps apart long paths that differ at the end only', () => {
    const long = 'a'.repeat(250);
    expect(monitorIdOf(inStack(`${long}1`))).not.toBe(monitorIdOf(inStack(`${long}2`)));
  });

  test.each(['Stack/DataQuality', 'Stack/Monitoring/DataQuality'])('names its stack: %s', (id) => {
    expect(stackNameOf(id)).toBe('Stack');
  });
});
