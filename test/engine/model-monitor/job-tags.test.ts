import { Aws, Tags } from 'aws-cdk-lib';
import { resourceOf } from '../../monitor/readable-template';
import { stackWith } from './job';

const TAGGED = ['AWS::SageMaker::DataQualityJobDefinition', 'AWS::SageMaker::MonitoringSchedule'];

const MONITOR = { Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/DataQuality' };

const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`Key${index}`, '']));

describe.each(TAGGED)('the tags of %s', (type) => {
  test('say on a bill which monitor they are of', () => {
    expect(resourceOf(stackWith(), type).Properties.Tags).toEqual([MONITOR]);
  });

  test('say it otherwise where somebody does', () => {
    const stack = stackWith({ tags: { [MONITOR.Key]: 'mine' } });
    expect(resourceOf(stack, type).Properties.Tags).toEqual([{ ...MONITOR, Value: 'mine' }]);
  });

  test('[F6] are what the options say', () => {
    const stack = stackWith({ tags: { Team: 'Risk', Stack: Aws.STACK_NAME } });
    expect(resourceOf(stack, type).Properties.Tags).toEqual([
      MONITOR,
      { Key: 'Stack', Value: `\${AWS::StackName}` },
      { Key: 'Team', Value: 'Risk' },
    ]);
  });

  test('[E9][F6] are joined by those of the app', () => {
    const stack = stackWith({ tags: { Team: 'Risk' } });
    Tags.of(stack).add('Stage', 'test');
    expect(resourceOf(stack, type).Properties.Tags).toEqual([
      MONITOR,
      { Key: 'Stage', Value: 'test' },
      { Key: 'Team', Value: 'Risk' },
    ]);
  });
});

test.each<[string, { [key: string]: string }]>([
  ['49', tags(49)],
  ['a key of 128 and a value of 256 characters', { ['k'.repeat(128)]: 'v'.repeat(256) }],
  ['all characters that are allowed', { 'a_.:/=+-@ 1é': '_.:/=+-@ 1é' }],
  ['an empty value', { Empty: '' }],
])('tags may be %s', (_, given) => {
  expect(() => stackWith({ tags: given })).not.toThrow();
});

test.each<[string, { [key: string]: string }, string]>([
  ['50', tags(50), `'tags' is "50 tags", allowed is a whole number, 1 to 49 tags`],
  ['an empty key', { '': 'v' }, `'tags' is "", allowed is a key of 1 to 128 letters`],
  ['a key of 129 characters', { ['k'.repeat(129)]: 'v' }, 'allowed is a key of 1 to 128 letters'],
  ['a key with #', { 'a#': 'v' }, `'tags' is "a#", allowed is a key`],
  ['a key of AWS', { 'aws:stage': 'v' }, `'tags' is "aws:stage", allowed is a key`],
  ['a key of AWS in capitals', { 'AWS:stage': 'v' }, `'tags' is "AWS:stage", allowed is a key`],
  ['a value of 257 characters', { a: 'v'.repeat(257) }, `'tags.a' is "vvv`],
  ['a value with #', { a: '#' }, `'tags.a' is "#", allowed is at most 256 letters`],
])('tags cannot be %s', (_, given, message) => {
  expect(() => stackWith({ tags: given })).toThrow(message);
});
