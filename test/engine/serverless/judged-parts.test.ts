import { unreadableWords } from '../../../lib/engine/serverless/handler/judged-parts';

describe('what is unreadable', () => {
  const counts = { recordCount: 0, outsideWindow: 0 };

  test('is told with the first places', () => {
    const samples = [1, 2, 3, 4].map((line) => ({ file: 's3://b/k', line, reason: 'empty-data', detail: 'age' }));
    const unreadable = { ...counts, unreadableCount: 4, byReason: { 'empty-data': 4 }, samples };
    const place = (line: number) => `s3://b/k line ${line} (empty-data)`;
    expect(unreadableWords(unreadable)).toBe(`4 records are unreadable: ${[1, 2, 3].map(place).join(', ')}`);
  });

  test('is told with its reasons, where no place is known', () => {
    const unreadable = { ...counts, unreadableCount: 1, byReason: { 'too-many-rows': 1 }, samples: [] };
    expect(unreadableWords(unreadable)).toBe('1 record is unreadable: too-many-rows');
  });
});
