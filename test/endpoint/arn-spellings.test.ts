import { Lazy } from 'aws-cdk-lib';
import { spellingsOf } from '../../lib/endpoint/arn-spellings';

const arnOf = (name: string) => `arn:aws:sagemaker:eu-west-1:111122223333:endpoint/${name}`;

test('a name with capitals is permitted in both spellings', () => {
  expect(spellingsOf(arnOf('Churn-Live'), 'Churn-Live')).toEqual([arnOf('Churn-Live'), arnOf('churn-live')]);
});

test('the rest of the ARN keeps its case', () => {
  const ofAccount = 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/My/Churn';
  expect(spellingsOf(ofAccount, 'Churn')[1]).toMatch(/My\/churn$/);
});

test.each([
  ['a name without capitals', arnOf('churn'), 'churn'],
  ['a name that nobody knows', arnOf('Churn'), undefined],
  ['a name with which the ARN does not end', arnOf('churn'), 'Churn'],
  ['a name that the deployment knows', arnOf('Churn'), Lazy.string({ produce: () => 'Churn' })],
])('%s is permitted as the ARN is', (_, arn, name) => {
  expect(spellingsOf(arn, name)).toEqual([arn]);
});
