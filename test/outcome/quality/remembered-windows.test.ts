import type { QualityWindow } from '../../../lib/outcome/quality/contract';
import { apart, rememberedWindows } from '../../../lib/outcome/quality/remembered-windows';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 4, hour)).toISOString();
const window = (hour: number, hours = 1, accuracy = 0.9): QualityWindow => ({
  start: at(hour),
  end: at(hour + hours),
  quality: [{ realized: { accuracy: [accuracy, 0.01] } }],
});
const remembered = (own: QualityWindow, before: readonly QualityWindow[], most = 42) =>
  rememberedWindows({ ...own, before, most });

test('a report remembers what the one before it remembers, and its own window', () => {
  expect(remembered(window(2), [window(0), window(1)])).toEqual([window(0), window(1), window(2)]);
});

test('no more windows are remembered than are looked at: the oldest is forgotten', () => {
  expect(remembered(window(3), [window(0), window(1), window(2)], 3)).toEqual([window(1), window(2), window(3)]);
});

test('a window of which nothing is known leaves what was remembered as it is', () => {
  for (const quality of [[], [{}], [{ variant: 'blue' }]])
    expect(remembered({ ...window(2), quality }, [window(0), window(1)])).toEqual([window(0), window(1)]);
  expect(remembered({ ...window(2), quality: [] }, [])).toEqual([]);
});

test('a window that is analysed anew takes the place of what it was', () => {
  expect(remembered(window(1, 1, 0.5), [window(0), window(1)])).toEqual([window(0), window(1, 1, 0.5)]);
});

test('a window that comes late knows nothing of those after it', () => {
  expect(remembered(window(1), [window(0), window(2), window(3)])).toEqual([window(0), window(1)]);
});

test('of windows that lie over each other those are before that begin and end before', () => {
  const all = [window(1, 2), window(1, 3), window(1, 4), window(2, 1), window(3, 1)];
  expect(remembered(window(2, 2), all)).toEqual([window(1, 2), window(2, 2)]);
});

test('of windows that lie over each other those are taken that share nothing, from the last one back', () => {
  const all = [0, 1, 2, 3, 4, 5].map((hour) => window(hour, 3));
  expect(apart(all)).toEqual([window(2, 3), window(5, 3)]);
  expect(apart([0, 1, 2].map((hour) => window(hour)))).toHaveLength(3);
  expect(apart([])).toEqual([]);
});
