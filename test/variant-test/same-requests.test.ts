import { withRequests } from '../../lib/variant-test/handler/same-requests';

const ROWS = { reference: 10, candidate: 8 };
const distance = (value: number) => ({ value, low: value, high: value });

test('what met none counts as rows, and as none of the same request', () => {
  expect(withRequests(undefined, { rows: ROWS })).toEqual({ ...ROWS, shared: 0 });
});

test('a window whose rows could not be held adds nothing', () => {
  const before = { ...ROWS, shared: 5, agreeing: 4 };
  expect(withRequests(before, {})).toEqual(before);
});

test('agreeing answers are added up, also past a window in which nothing met', () => {
  const first = withRequests(undefined, { rows: ROWS, agreement: { requests: 5, rows: 6, agreeing: 4 } });
  expect(first).toEqual({ ...ROWS, shared: 6, agreeing: 4 });
  const second = withRequests(first, { rows: ROWS });
  expect(second).toEqual({ reference: 20, candidate: 16, shared: 6, agreeing: 4 });
  expect(withRequests(second, { rows: ROWS, agreement: { requests: 1, rows: 2, agreeing: 1 } })).toMatchObject({
    shared: 8,
    agreeing: 5,
  });
});

test('the distance of regressions is the mean of all rows that met', () => {
  const first = withRequests(undefined, { rows: ROWS, agreement: { requests: 1, rows: 1, meanDistance: distance(8) } });
  expect(first).toEqual({ ...ROWS, shared: 1, meanDistance: 8 });
  const second = withRequests(first, { rows: ROWS, agreement: { requests: 3, rows: 3, meanDistance: distance(4) } });
  expect(second).toMatchObject({ shared: 4, meanDistance: 5 });
  expect(withRequests(second, { rows: ROWS })).toMatchObject({ shared: 4, meanDistance: 5 });
});
