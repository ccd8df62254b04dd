import { requestDate, requestTime } from '../../lib/runtime/request-time';

test.each([
  ['?X-Amz-Date=20260304T101530Z&X-Amz-Expires=7200', '20260304T101530Z', '2026-03-04T10:15:30.000Z'],
  ['?X-Amz-Algorithm=a&X-Amz-Date=20261231T235959Z', '20261231T235959Z', '2026-12-31T23:59:59.000Z'],
])('a pre-signed URL says when it was made: %s', (query, text, date) => {
  const url = `https://s3.example/r${query}`;
  expect(requestTime(url)).toBe(text);
  expect(requestDate(url)?.toISOString()).toBe(date);
});

test.each([
  '?AWSAccessKeyId=a&Expires=1431008011',
  '?X-Amz-Date=yesterday',
  '?X-Amz-Date=20260304T101530Z5',
  'X-Amz-Date=20260304T101530Z',
])('any other says nothing: %s', (query) => {
  expect(requestTime(`https://s3.example/r${query}`)).toBeUndefined();
  expect(requestDate(`https://s3.example/r${query}`)).toBeUndefined();
});
