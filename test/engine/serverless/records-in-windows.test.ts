import { TimeWindow } from '../../../lib/analysis/reading/time-window';
import { hasRecordsOf, hourBefore, hourPrefixes, objectTimes } from '../../../lib/engine/serverless/captured-keys';
import { hourPath } from '../../../lib/outcome/contract';
import type { RunWindow } from '../../../lib/outcome/run-times';
import { random } from '../../analysis/data-quality/detectors/traffic';

// Each captured record is in one window, or told by one, whatever clocks said: of whole and of parts of hours, of names that say when a file was begun and of others.

const DAY = Date.parse('2026-03-04T00:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SEED = 20260304;

interface Captured {
  readonly key: string;
  readonly modified: Date;
  /** of a record */
  readonly time: number;
}

function windowsOf(hours: number): RunWindow[] {
  const length = hours * HOUR;
  return Array.from({ length: (4 * 24 * HOUR) / length }, (_, index) => {
    const start = DAY - 24 * HOUR + index * length;
    return { start: new Date(start), end: new Date(start + length) };
  });
}

/** As a run of the window sees it; nothing where it does not read the file. */
function placeOf(window: RunWindow, { key, modified, time }: Captured) {
  const folders = hourPrefixes(['v/'], { start: hourBefore(window).start, end: window.end });
  if (!folders.some((folder) => key.startsWith(folder)) || !hasRecordsOf(window, { key, modified })) return undefined;
  const seen = new TimeWindow(window.start.getTime(), window.end.getTime());
  seen.enter(objectTimes({ key, modified }));
  return seen.placeOf(time);
}

/** Clocks of who writes, of who names and of S3 differ, by minutes and by hours; some files are written for hours, or again on another day. */
function drawn(next: () => number): Captured {
  const near = () => (next() - 0.5) * [MINUTE, 10 * MINUTE, 3 * HOUR][Math.floor(next() * 3)];
  const begun = DAY + Math.floor(next() * 24 * 60) * MINUTE + Math.floor(next() * 3) * 1000;
  const name = new Date(begun).toISOString().slice(14, 23).replaceAll(/[:.]/g, '-');
  const written = begun + Math.floor(next() * 12) * 5 * MINUTE + (next() < 0.1 ? 20 * HOUR * next() : 0) + near();
  return {
    key: `v/${hourPath(new Date(begun))}/${next() < 0.7 ? `${name}-` : ''}a.jsonl`,
    modified: new Date(Math.floor(written / 1000) * 1000), // as S3 says it
    time: Math.round(begun + next() * 20 * MINUTE + near()),
  };
}

test.each([0.25, 0.5, 1, 2, 24])('of windows of %p hours, one has a record or tells of it', (hours) => {
  const windows = windowsOf(hours);
  const next = random(SEED);
  const counts = { inside: 0, elsewhere: 0 };
  for (let draw = 0; draw < 3000; draw++) {
    const captured = drawn(next);
    const { begun } = objectTimes(captured) as { readonly begun: number };
    const near = windows.filter(
      ({ start, end }) => end.getTime() > begun - 3 * HOUR && start.getTime() < begun + 4 * HOUR,
    );
    const places = near.map((window) => placeOf(window, captured)).filter((place) => place && place !== 'beside');
    expect({ captured, places }).toEqual({ captured, places: [expect.any(String)] });
    counts[places[0] as keyof typeof counts] += 1;
  }
  expect(counts.inside).toBeGreaterThan(2500);
  expect(counts.elsewhere).toBeGreaterThan(30);
});
