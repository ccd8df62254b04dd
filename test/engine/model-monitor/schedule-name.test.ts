import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { monitoringScheduleName } from '../../../lib/engine/model-monitor/schedule/schedule-name';

/** The service's own pattern. */
const ALLOWED = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

function nameOf(ids: string[], stack = new Stack(new App(), 'Stack')): string {
  return monitoringScheduleName(ids.reduce<Construct>((parent, id) => new Construct(parent, id), stack));
}

describe('the name of a monitoring schedule', () => {
  test("is the path in lower case, its hash and that of the stack's name", () => {
    expect(nameOf(['Monitoring', 'DataQuality'])).toMatch(/^monitoring-dataquality-[0-9a-f]{8}-[0-9a-f]{8}$/);
  });

  test.each([
    ['short', ['D']],
    ['long', ['a'.repeat(300)]],
    ['deep', Array.from({ length: 40 }, (_, index) => `Level${index}`)],
    ['of other alphabets', ['监控']],
    ['with hyphens at the ends', ['-a-', '--b--']],
    ['cut at a hyphen', [`${'a'.repeat(20)}-${'b'.repeat(44)}`]],
  ])('is allowed for a path that is %s', (_, ids) => {
    const name = nameOf(ids);
    expect(name).toMatch(ALLOWED);
    expect(name.length).toBeLessThanOrEqual(63);
    expect(name).toBe(name.toLowerCase());
  });

  test('uses the 63 characters that are allowed', () => {
    expect(nameOf(['a'.repeat(300)])).toHaveLength(63);
  });

  test('keeps apart paths that are alike in the characters of a name', () => {
    const paths = [
      ['Data_Quality'],
      ['Data-Quality'],
      ['data-quality'],
      ['Data', 'Quality'],
      [`${'a'.repeat(99)}x`, 'b'.repeat(60)],
      [`${'a'.repeat(99)}y`, 'b'.repeat(60)],
    ];
    expect(new Set(paths.map((path) => nameOf(path))).size).toBe(paths.length);
  });

  test('changes with the path and the name of the stack only', () => {
    const ids = ['Monitoring', 'DataQuality'];
    const another = (stackName: string) => nameOf(ids, new Stack(new App(), 'Another', { stackName }));
    expect(another('Stack')).toBe(nameOf(ids));
    expect(another('Other')).not.toBe(nameOf(ids));
  });

  test('takes the id of a nested stack, whose name the deployment alone knows', () => {
    const nested = new NestedStack(new Stack(new App(), 'Stack'), 'Nested');
    const resolved = nested.resolve(monitoringScheduleName(new Construct(nested, 'DataQuality')));
    expect(JSON.stringify(resolved)).toContain('{"Ref":"AWS::StackId"}');
  });
});
