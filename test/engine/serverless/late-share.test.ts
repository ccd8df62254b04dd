import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exponential, lateShare, logNormal } from './late-share';

const WINDOWS = { 'an hour': 60, '15 minutes': 15 };
const SETTLE_MINUTES = [2, 4, 10];

/** "0.45 %" of a share. */
const percent = (share: number) => `${Number((share * 100).toPrecision(2))} %`;

const rows = Object.entries(WINDOWS).flatMap(([window, minutes]) =>
  [1, 2, 5].map((mean) => {
    const cells = SETTLE_MINUTES.map((settle) =>
      [exponential(mean), logNormal(mean)].map((delay) => percent(lateShare(delay, minutes, settle))).join(', '),
    );
    return `| ${window} | ${mean} min | ${cells.join(' | ')} |`;
  }),
);

test('the documentation has the shares of late records, as they are computed', () => {
  const page = readFileSync(join(__dirname, '../../../docs/captured-data.md'), 'utf8');
  const found = page.split('\n').filter((line) => /^\| (an hour|15 minutes) \|/.test(line));
  expect(found).toEqual(rows);
});

test('a delay without memory is late as the integral says', () => {
  const exact = (mean: number, minutes: number, settle: number) =>
    (mean / minutes) * Math.exp(-settle / mean) * (1 - Math.exp(-minutes / mean));
  for (const settle of SETTLE_MINUTES) {
    expect(lateShare(exponential(2), 60, settle)).toBeCloseTo(exact(2, 60, settle), 6);
  }
});

test('a delay of another tail has the mean that it is given', () => {
  const mean = lateShare(logNormal(2), 2000, 0) * 2000; // the integral of the tail
  expect(mean).toBeCloseTo(2, 2);
});
