import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { monitoringScheduleName } from '../../../lib/engine/model-monitor/schedule-name';

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Stack/1a2b3c4d-5e6f-11ee-8c99-0242ac120002';
/** The service's own pattern. */
const ALLOWED = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** The name as CloudFormation makes it. */
function nameOf(ids: string[], stack = new Stack(new App(), 'Stack')): string {
  const scope = ids.reduce<Construct>((parent, id) => new Construct(parent, id), stack);
  const resolved = stack.resolve(monitoringScheduleName(scope));
  const [delimiter, [slug, select]] = resolved['Fn::Join'];
  const [, { 'Fn::Split': split }] = select['Fn::Select'];
  expect(split[1]['Fn::Select'][1]['Fn::Split'][1]).toEqual({ Ref: 'AWS::StackId' });
  const stackUuid = STACK_ID.split('/')[split[1]['Fn::Select'][0]];
  return [slug, stackUuid.split(split[0])[select['Fn::Select'][0]]].join(delimiter);
}

describe('the name of a monitoring schedule', () => {
  test("is the path in lower case, its hash and a fragment of the stack's id", () => {
    expect(nameOf(['Monitoring', 'DataQuality'])).toMatch(/^monitoring-dataquality-[0-9a-f]{8}-1a2b3c4d$/);
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

  test('changes with the path only', () => {
    expect(nameOf(['Monitoring', 'DataQuality'], new Stack(new App(), 'Another', { stackName: 'other' }))).toBe(
      nameOf(['Monitoring', 'DataQuality']),
    );
  });

  test('takes the id of the nested stack that the schedule is in', () => {
    const nested = new NestedStack(new Stack(new App(), 'Stack'), 'Nested');
    const resolved = nested.resolve(monitoringScheduleName(new Construct(nested, 'DataQuality')));
    expect(JSON.stringify(resolved)).toContain('{"Ref":"AWS::StackId"}');
  });
});
