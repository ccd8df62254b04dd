import { serviceOfThisAccount } from '../../lib/core/service-principal';
import { newStack } from '../monitor/fixtures';

describe('a service of this account', () => {
  test('acts for this account only', () => {
    const stack = newStack();
    const { policyFragment } = serviceOfThisAccount(stack, 'states.amazonaws.com');
    expect(stack.resolve(policyFragment.principalJson)).toEqual({ Service: ['states.amazonaws.com'] });
    expect(policyFragment.conditions).toEqual({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
  });

  test('may act for one resource only', () => {
    const { policyFragment } = serviceOfThisAccount(newStack(), 'scheduler.amazonaws.com', 'arn:group');
    expect(policyFragment.conditions).toEqual({
      StringEquals: { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': 'arn:group' },
    });
  });
});
