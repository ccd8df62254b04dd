import { Aws, Tags } from 'aws-cdk-lib';
import { resourceOf } from '../../monitor/readable-template';
import { stackWith } from './job';

const TAGGED = ['AWS::SageMaker::DataQualityJobDefinition', 'AWS::SageMaker::MonitoringSchedule'];

const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`Key${index}`, '']));

describe.each(TAGGED)('the tags of %s', (type) => {
  test('are none when nothing is said', () => {
    expect(resourceOf(stackWith(), type).Properties.Tags).toBeUndefined();
  });

  test('[F6] are what the options say', () => {
    const stack = stackWith({ tags: { Team: 'Risk', Stack: Aws.STACK_NAME } });
    expect(resourceOf(stack, type).Properties.Tags).toEqual([
      { Key: 'Stack', Value: `\${AWS::StackName}` },
      { Key: 'Team', Value: 'Risk' },
    ]);
  });

  test('[E9][F6] are joined by those of the app', () => {
    const stack = stackWith({ tags: { Team: 'Risk' } });
    Tags.of(stack).add('Stage', 'test');
    expect(resourceOf(stack, type).Properties.Tags).toEqual([
      { Key: 'Stage', Value: 'test' },
      { Key: 'Team', Value: 'Risk' },
    ]);
  });
});

test.each<[string, { [key: string]: string }]>([
  ['50', tags(50)],
  ['a key of 128 and a value of 256 characters', { ['k'.repeat(128)]: 'v'.repeat(256) }],
  ['all characters that are allowed', { 'a_.:/=+-@ 1é': '_.:/=+-@ 1é' }],
  ['an empty value', { Empty: '' }],
])('tags may be %s', (_, given) => {
  expect(() => stackWith({ tags: given })).not.toThrow();
});

test.each<[string, { [key: string]: string }, string]>([
  ['51', tags(51), `'tags' is "51 tags", allowed is a whole number, 1 to 50 tags`],
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
