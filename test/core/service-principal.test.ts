import { serviceOfThisAccount } from '../../lib/core/service-principal';
import { newStack } from '../monitor/fixtures';

describe('a service of this account', () => {
  test('acts for this account only', () => {
    expect(serviceOfThisAccount(newStack(), 'states.amazonaws.com')).toEqual({
      assumedBy: 'states.amazonaws.com',
      conditions: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
    });
  });

  test('may act for one resource only', () => {
    const { conditions } = serviceOfThisAccount(newStack(), 'scheduler.amazonaws.com', 'arn:group');
    expect(conditions).toEqual({
      StringEquals: { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': 'arn:group' },
    });
  });
});
