import { type TestedPair, testSentence } from '../../lib/notification/test-sentence';

const tested = (kept: Partial<TestedPair['kept']>): string =>
  testSentence({
    ...{ reference: 'blue', candidate: 'green' },
    kept: { windows: 12, until: '2026-03-04T09:00:00.000Z', metrics: [], ...kept },
  });

const difference = { value: 0.0123, low: -0.004, high: 0.03 };

test('a test that goes on says so, and of each measure where the difference is', () => {
  expect(tested({ metrics: [{ metric: 'accuracy', difference }, { metric: 'predictions' }] })).toBe(
    'green is neither known to be better nor to be worse than blue yet, after 12 windows until 2026-03-04T09:00:00.000Z: accuracy +0.0123 (-0.004 to 0.03); predictions not known yet',
  );
});

test('one that has ended says what it has come to, with units', () => {
  expect(tested({ outcome: 'Worse', windows: 1, metrics: [{ metric: 'modelLatency', difference }] })).toBe(
    'green is worse than blue, after 1 window until 2026-03-04T09:00:00.000Z: modelLatency +0.0123 (-0.004 to 0.03) ms',
  );
});
