import { Aws } from 'aws-cdk-lib';
import { validatePrefix } from '../../lib/core/s3-prefix';

const ADDRESS = [
  'the prefix alone, without scheme, bucket or ARN',
  'leave them out: the bucket is given beside it',
] as const;

describe('an S3 prefix', () => {
  test.each(['monitoring', 'team-a/churn_v2/data-capture', "it's(odd)!", Aws.STACK_NAME])('may be %s', (prefix) => {
    expect(validatePrefix('prefix', prefix)).toEqual([]);
  });

  test.each([
    ['', 'a prefix of at least one character', "name a folder, such as 'monitoring'"],
    ['/monitoring', 'no leading slash', 'remove the slash at the start'],
    ['monitoring/', 'no trailing slash', 'remove the slash at the end'],
    ['a//b', "no '//'", 'use one slash between two parts'],
    ['a/../b', "no part that is '.' or '..'", 'name the folder itself'],
    ['a/*', "letters, digits, / and the characters !-_.'()", 'replace the other characters'],
    ['a/?', "letters, digits, / and the characters !-_.'()", 'replace the other characters'],
    ['a b', "letters, digits, / and the characters !-_.'()", 'replace the other characters'],
    [`\${aws:username}`, "letters, digits, / and the characters !-_.'()", 'replace the other characters'],
    ['s3://churn/monitoring', ...ADDRESS],
    ['s3://churn', ...ADDRESS],
    ['arn:aws:s3:::churn/monitoring', ...ADDRESS],
    [`s3://${Aws.ACCOUNT_ID}-churn/monitoring`, ...ADDRESS],
    [`/${Aws.STACK_NAME}`, 'no leading slash', 'remove the slash at the start'],
    [`${Aws.STACK_NAME}/`, 'no trailing slash', 'remove the slash at the end'],
  ])('fails as %j, and says what to change', (got, allowed, advice) => {
    expect(validatePrefix('output', got)).toEqual([{ prop: 'output', got, allowed, advice }]);
  });

  test('fails with all faults at once', () => {
    expect(validatePrefix('prefix', '/a b//c/').map(({ advice }) => advice)).toEqual([
      'remove the slash at the start',
      'remove the slash at the end',
      'use one slash between two parts',
      'replace the other characters',
    ]);
  });

  test('fails for the bare slash on both ends only', () => {
    expect(validatePrefix('prefix', '/')).toHaveLength(2);
  });
});
