import { alarmBound } from '../detectors/alarm-bound';
import { random } from '../detectors/traffic';
import { drawnMixed, mixed } from './mixed-traffic';
import { drawn, foundIn, textBaseline } from './text-traffic';

const SEED = Number(process.env.SEED ?? 20200602);
const next = random(SEED);
const WINDOWS = 10_000;
const POWER = 0.99;
/** A baseline that drew no text has a column of numbers. */
const NAMED = ['numbers_among_text_check', 'baseline_drift_check'];

/** A baseline of numbers with text among them, and a window of as many standard deviations more. */
function checksOf(deviations: number): string[] {
  const usual = drawnMixed(next);
  const baseline = textBaseline(drawn(500, next, { income: mixed(usual) }));
  const mean = usual.mean + deviations * usual.deviation;
  const { findings } = foundIn(drawn(200, next, { income: mixed({ ...usual, mean }) }), baseline);
  return findings.map(({ entry }) => entry.constraint_check_type);
}

const counted = (deviations: number, isCounted: (checks: readonly string[]) => boolean) =>
  Array.from({ length: WINDOWS }, () => checksOf(deviations)).filter(isCounted).length;

test(`of ${WINDOWS} windows of numbers with text among them no more alarm than one in a thousand explains (seed ${SEED})`, () => {
  expect(counted(0, (checks) => checks.length > 0)).toBeLessThanOrEqual(alarmBound(WINDOWS, 0.001, 1000));
}, 600_000);

test(`of ${WINDOWS} windows whose numbers move by their standard deviation 99 of 100 are named (seed ${SEED})`, () => {
  const missed = counted(1, (checks) => !checks.some((check) => NAMED.includes(check)));
  expect(missed).toBeLessThanOrEqual(alarmBound(WINDOWS, 1 - POWER, 1000));
}, 600_000);
