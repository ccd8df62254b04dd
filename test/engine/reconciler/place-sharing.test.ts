import type { Reconciled } from '../../../lib/engine/reconciler/contract';
import { othersAt, reconcilersNow } from '../../../lib/engine/reconciler/place-sharing';

const HOME = { accountId: '111122223333', region: 'eu-west-1' };
const OTHER = { accountId: '444455556666', region: 'eu-west-1' };
const ELSEWHERE = { accountId: '111122223333', region: 'us-east-1' };
const at = (time: string) => `2026-03-04T${time}Z`;

const remembered = (...by: Reconciled['by'] & object): Reconciled => ({
  since: at('00:00:00'),
  until: at('09:00:00'),
  engine: 'serverless',
  everyHours: 1,
  startHour: 0,
  by,
});

test('a place of which nothing is remembered, or not by whom, is one’s own', () => {
  const { by, ...former } = remembered();
  for (const before of [undefined, former, remembered({ ...HOME, until: at('09:00:00') })]) {
    expect(othersAt(before, HOME, at('10:00:00'))).toEqual([]);
  }
});

test.each([
  ['another account', OTHER],
  ['another region', ELSEWHERE],
])('a reconciler of %s is another one, for three hours after it has come', (_, other) => {
  const one = { ...other, until: at('09:00:00') };
  const before = remembered({ ...HOME, until: at('09:00:00') }, one);
  expect(othersAt(before, HOME, at('08:00:00'))).toEqual([one]);
  expect(othersAt(before, HOME, at('12:00:00'))).toEqual([one]);
  expect(othersAt(before, HOME, at('12:00:01'))).toEqual([]);
});

test('who comes is remembered with its reconciliation, and who is gone is not', () => {
  const [own, one] = [
    { ...HOME, until: at('09:00:00') },
    { ...OTHER, until: at('09:30:00') },
  ];
  expect(reconcilersNow(undefined, HOME, at('10:00:00'))).toEqual([{ ...HOME, until: at('10:00:00') }]);
  expect(reconcilersNow(remembered(own, one), HOME, at('10:00:00'))).toEqual([one, { ...HOME, until: at('10:00:00') }]);
  expect(reconcilersNow(remembered(own, one), HOME, at('12:30:01'))).toEqual([{ ...HOME, until: at('12:30:01') }]);
});
